import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { folderWords } from '../../../src/cli/folderWords';
import { setRunsRoot } from '../../../src/store/run/runPaths';

afterEach(() => setRunsRoot(undefined));

it('a command that is offered names the folder for runs where there is one', () => {
  expect(folderWords('data')).toBe('data');
  setRunsRoot('/runs');
  expect(folderWords('data')).toBe(`data --runs ${path.resolve('/runs')}`);
});
