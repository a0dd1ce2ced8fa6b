import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { corpus } from '../../../fixtures/corpus';
import { changingFiles } from '../../../fixtures/corpus/changingFiles';
import { specialFiles } from '../../../fixtures/corpus/specialFiles';
import { expectRight, expectSame } from '../../support/expectRight';
import { countByIndex, readByIndex, readBytes, readHeaderOf, readWhole } from '../../support/readAllWays';
import { temporaryFolder } from '../../support/temporaryFolder';

const folder = temporaryFolder();

/** Problems that a reader of whole files keeps; all are counted. */
const keptProblems = 1000;

describe('the corpus of broken and odd files', () => {
  it('has more than 150 kinds, each with a name of its own and a sentence', () => {
    const all = [...corpus, ...specialFiles, ...changingFiles];
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    expect(all.length).toBeGreaterThan(150);
    for (const { name, what } of all) {
      expect(name).toMatch(/^[a-z0-9-]+$/);
      expect(what).toMatch(/^[A-Z0-9].*\.$/);
    }
  });

  it.each(corpus.map(odd => [odd.name, odd] as const))(
    '%s: the right images or one error, by every reader',
    async (name, { content, right }) => {
      const place = path.join(folder.path, name);
      await mkdir(place);
      const file = path.join(place, 'train.csv');
      await writeFile(file, content);

      const whole = await readWhole(file);
      expectRight(whole, right);
      const header = await readHeaderOf(file);
      if ('code' in header) expectSame(header, whole);
      const counted = await countByIndex(file);
      if ('rows' in whole) expectSame(counted, { images: [], problems: [], rows: whole.rows });
      else if (whole.code === 'bad-row') expectSame(counted, whole);
      // What is large is so for its size alone, and read once by each reader.
      for (const whileBuilding of content.length > 50_000 ? [false] : [false, true]) {
        const byIndex = await readByIndex(file, whileBuilding);
        // To a preview, a file without rows is nothing wrong.
        if ('code' in whole && whole.code === 'empty-file' && !('code' in header))
          expectSame(byIndex, { images: [], problems: [], rows: 0 });
        else
          expectSame(
            'problems' in byIndex ? { ...byIndex, problems: byIndex.problems.slice(0, keptProblems) } : byIndex,
            whole,
          );
      }
      for (const blockBytes of blockSizes(content.length))
        expectSame(await readBytes(content, blockBytes), whole, `in blocks of ${blockBytes} bytes`);
    },
  );
});

/** So many that a block ends at every byte of a small file, with all or with much of a line before it. */
function blockSizes(length: number): readonly number[] {
  if (length > 3000) return length > 50_000 ? [] : [length >> 1];
  return [
    ...Array.from({ length: 24 }, (_, at) => at + 1),
    ...Array.from({ length: Math.ceil(length / 13) }, (_, at) => 25 + 13 * at),
  ];
}
