import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanTitle, fullName, longestTitle, shortName, titleProblem } from '../../../../src/core/run/runName';
import { createRunFolder, listRuns, writeRun } from '../../../../src/store/run/runFolder';
import { readTitle, writeTitle } from '../../../../src/store/run/titleFile';
import { temporaryFolder } from '../../support/temporaryFolder';
import { runRecord } from '../../support/runRecord';

describe('a title', () => {
  it('is one line, bounded, and stays as it is when it is cleaned again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), text => {
        const title = cleanTitle(text);
        expect([...title].length).toBeLessThanOrEqual(longestTitle);
        expect(title).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]|^\s|\s$/u);
        expect(cleanTitle(title)).toBe(title);
      }),
    );
    expect(cleanTitle('  a\n\tb \u202ec  ')).toBe('a b c');
  });

  it('is refused with a sentence when it is too long', () => {
    expect(titleProblem('x'.repeat(longestTitle))).toBeUndefined();
    expect(titleProblem(`  ${'x'.repeat(longestTitle)}  `)).toBeUndefined();
    expect(titleProblem('é'.repeat(longestTitle + 3))).toBe('A title has at most 80 characters, and this one has 83.');
  });

  it('takes the place of the default name', () => {
    const run = runRecord({ config: { preset: 'quick' } });
    expect(shortName({ run, title: 'mine' })).toBe('mine');
    expect(shortName({ run })).toBe('quick');
    expect(fullName({ run, title: 'mine' })).toBe('mine');
    expect(fullName({ run })).toMatch(/^quick, \d+ \w+, \d\d:\d\d$/);
    expect(shortName({ run: runRecord({ data: { validationRows: 0 } }) })).toBe('notebook on all rows');
  });
});

describe('the file of a title', () => {
  const folder = temporaryFolder();
  const runFolder = (): string => path.join(folder.path, '.digits', 'runs', 'a');

  it('keeps a title, which the list of runs has; an empty one takes it away', async () => {
    await createRunFolder(folder.path, 'a');
    await writeRun(runFolder(), runRecord());
    expect((await listRuns(folder.path))[0]).not.toHaveProperty('title');
    await writeTitle(runFolder(), ' first\ntry ');
    expect(await readTitle(runFolder())).toBe('first try');
    expect((await listRuns(folder.path))[0]).toMatchObject({ title: 'first try', run: { id: 'a' } });
    await writeTitle(runFolder(), '  ');
    expect(await readTitle(runFolder())).toBeUndefined();
    expect(fs.readdirSync(runFolder())).toEqual(['run.json']);
    await writeTitle(runFolder(), '');
  });

  it('is none where it is damaged, or was made by another hand', async () => {
    for (const content of ['', '{"title":', 'null', '[]', '{"title":7}', '{"title":" "}']) {
      await folder.write('.digits/runs/a/title.json', content);
      expect(await readTitle(runFolder())).toBeUndefined();
    }
    await folder.write('.digits/runs/a/title.json', JSON.stringify({ title: 'y'.repeat(1000) }));
    expect(await readTitle(runFolder())).toBe('y'.repeat(longestTitle));
  });

  it('is not written where the run is gone', async () => {
    await expect(writeTitle(path.join(folder.path, 'nowhere'), 'x')).rejects.toMatchObject({ code: 'no-run' });
  });
});
