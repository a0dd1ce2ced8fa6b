import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { shellWord } from '../../../src/cli/shellWord';
import { temporaryFolder } from '../support/temporaryFolder';

const folder = temporaryFolder();
const names = [
  'data',
  'my data',
  '$(touch x)',
  '`touch x`',
  "it's",
  '"quoted"',
  'a\nb',
  "a\n'b\\",
  'tab\there',
  '*',
  '~',
  '-rf',
  '#x',
  'größe/数字',
  'a;touch x',
  'a&&touch x',
  '!!',
  '',
];

describe('a word for a shell', () => {
  it.each(names.filter(name => name !== ''))('is %j again, in bash, and runs nothing', name => {
    const printed = execFileSync('bash', ['-c', `printf %s ${shellWord(name, 'linux')}`], {
      cwd: folder.path,
      encoding: 'utf8',
    });
    expect(path.normalize(printed)).toBe(path.normalize(name));
    expect(fs.readdirSync(folder.path)).toEqual([]);
  });

  it('has one line whatever it holds', () => {
    for (const name of names) expect(shellWord(name, 'linux')).not.toMatch(/[\r\n]/);
  });

  it('stays as it is where a shell takes it so', () => {
    expect(shellWord('data/mnist-1.0_a', 'linux')).toBe('data/mnist-1.0_a');
    expect(shellWord('my data', 'win32')).toBe('"my data"');
  });
});
