import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRunSummary } from '../../../../src/store/run/readRunSummary';
import { writeFileAtomic } from '../../../../src/store/atomicFile';
import { createRunFolder, historyFile, writeRun } from '../../../../src/store/run/runFolder';
import { writeTitle } from '../../../../src/store/run/titleFile';
import { comparedRuns, otherRunIds } from '../../../../src/host/run/comparedRuns';
import { epochRecords, runRecord } from '../../support/runRecord';
import { temporaryFolder } from '../../support/temporaryFolder';

const folder = temporaryFolder();
const runs = { summary: readRunSummary };

describe('compared runs', () => {
  it('are those that are there, with history and title, in the order asked for', async () => {
    const own = await createRunFolder(folder.path, 'own');
    for (const id of ['a', 'b']) {
      const runFolder = await createRunFolder(folder.path, id);
      await writeRun(runFolder, runRecord({ id }));
      await writeFileAtomic(...historyFile(runFolder, epochRecords([0.9])));
    }
    await writeTitle(path.join(path.dirname(own), 'b'), 'mine');
    const found = await comparedRuns(own, ['b', 'gone', 'a', 'own'], runs);
    expect(found.map(({ id, title, history }) => [id, title, history.length])).toEqual([
      ['b', 'mine', 1],
      ['a', undefined, 1],
    ]);
  });

  it('are asked for by ids alone: nothing outside the folder of runs is read', async () => {
    const own = path.join(folder.path, '.digits', 'runs', 'own');
    for (const ids of [['../../..'], ['/etc'], ['a/b'], 'a', undefined, [1]]) {
      await expect(comparedRuns(own, ids, { summary: () => Promise.reject(new Error('read')) })).rejects.toThrow(
        'no list of run ids',
      );
      expect(() => otherRunIds(own, ids)).toThrow('no list of run ids');
    }
    expect(otherRunIds(own, ['a', 'own', 'a'])).toEqual(['a']);
  });
});
