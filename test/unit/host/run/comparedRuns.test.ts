import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeFileAtomic } from '../../../../src/store/atomicFile';
import { createRunFolder, historyFile, writeRun } from '../../../../src/store/run/runFolder';
import { writeTitle } from '../../../../src/store/run/titleFile';
import { comparedRuns, otherRunIds } from '../../../../src/host/run/comparedRuns';
import { epochRecords, runRecord } from '../../support/runRecord';
import { temporaryFolder } from '../../support/temporaryFolder';

const folder = temporaryFolder();
const runs = { watch: () => undefined };

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

  it('are never the run itself', () => {
    expect(otherRunIds(path.join(folder.path, '.digits', 'runs', 'own'), ['a', 'own'])).toEqual(['a']);
  });
});
