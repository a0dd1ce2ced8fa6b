import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { RunRecord } from '../../../../src/core/run/runRecord';
import { writeEvaluation } from '../../../../src/store/run/evaluations';
import {
  createRunFolder,
  historyFile,
  predictionsFile,
  runFile,
  writePredictions,
} from '../../../../src/store/run/runFolder';
import { writeRunFiles } from '../../../../src/store/run/runFiles';
import { predictionsEpoch, readRunMoment } from '../../../../src/store/run/runMoment';
import { writeTitle } from '../../../../src/store/run/titleFile';
import { epochRecords, runRecord } from '../../support/runRecord';
import { temporaryFolder } from '../../support/temporaryFolder';

const folder = temporaryFolder();

/** What a training writes for an epoch, file by file in its order. The rows of the predictions tell their epoch. */
function filesOf(
  runFolder: string,
  epoch: number,
  status: RunRecord['status'],
  version: 'present' | 'earlier' = 'present',
) {
  const predictions = {
    rows: Uint32Array.of(epoch),
    labels: Uint16Array.of(0),
    probabilities: Float32Array.of(0.5, 0.5),
  };
  const history = epochRecords(Array.from({ length: epoch }, (_, i) => (i + 1) / 1000));
  const record = runRecord({
    id: path.basename(runFolder),
    status,
    keeps: 'best',
    bestEpoch: epoch,
    valAccuracy: history.at(-1)!.valAccuracy!,
    pid: process.pid,
    host: os.hostname(),
  });
  return [
    predictionsFile(runFolder, 'validation', predictions, version === 'present' ? predictionsEpoch(epoch) : undefined),
    historyFile(runFolder, history),
    runFile(runFolder, record),
  ] as const;
}

describe('a run is read as of one moment', () => {
  it('while a training writes its epochs, file after file', async () => {
    const runFolder = await createRunFolder(folder.path, 'training');
    await writeRunFiles(runFolder, filesOf(runFolder, 1, 'training'));
    // By which it is known to be trained.
    fs.writeFileSync(path.join(runFolder, 'heartbeat'), '');
    let ended = false;
    const seen = new Set<number>();
    const writing = (async () => {
      // Until some epochs were read: on a busy machine reading takes as long as several of them.
      for (let epoch = 2; seen.size < 4 && epoch <= 500; epoch++) {
        for (const file of filesOf(runFolder, epoch, 'training')) {
          await writeRunFiles(runFolder, [file]);
          await wait(15);
        }
        // An epoch takes longer than its files.
        await wait(150);
      }
      ended = true;
    })();
    while (!ended) {
      const { run, history, validation } = await readRunMoment(runFolder);
      expect([run.bestEpoch, history.length]).toEqual([validation!.rows[0], validation!.rows[0]]);
      expect(run.valAccuracy).toBe(history.at(-1)!.valAccuracy);
      seen.add(run.bestEpoch!);
      await wait(3);
    }
    await writing;
    expect(seen.size).toBeGreaterThanOrEqual(4);
  });

  it.each([1, 2])('where its process died after %d files of an epoch, too', async written => {
    const runFolder = await createRunFolder(folder.path, `died-${written}`);
    await writeRunFiles(runFolder, filesOf(runFolder, 1, 'failed'));
    await writeRunFiles(runFolder, filesOf(runFolder, 2, 'failed').slice(0, written));
    const { run, history, validation } = await readRunMoment(runFolder);
    expect([run.bestEpoch, validation!.rows[0], history.length]).toEqual([2, 2, written]);
    // Not that of the epoch before.
    expect(run.valAccuracy).toBe(written === 1 ? undefined : history[1]!.valAccuracy);
  });

  it('and as it is where an earlier version made it, or where it has no validation set', async () => {
    const runFolder = await createRunFolder(folder.path, 'earlier');
    await writeRunFiles(runFolder, filesOf(runFolder, 3, 'done', 'earlier'));
    expect((await readRunMoment(runFolder)).run.bestEpoch).toBe(3);
    fs.rmSync(path.join(runFolder, 'validation.safetensors'));
    expect(await readRunMoment(runFolder)).toMatchObject({ run: { bestEpoch: 3 }, validation: undefined });
  });
});

describe('a run that is deleted or renamed', () => {
  const predictions = { rows: Uint32Array.of(1), labels: Uint16Array.of(0), probabilities: Float32Array.of(1, 0) };
  it.each<[string, (runFolder: string) => Promise<unknown>]>([
    [
      'an evaluation',
      to => writeEvaluation(to, '/x.csv', { fingerprint: 'x', epoch: 1, images: 1, right: 0 }, predictions),
    ],
    ['predictions', to => writePredictions(to, 'test', predictions)],
    ['a title', to => writeTitle(to, 'mine')],
    ['its record', to => writeRunFiles(to, [runFile(to, runRecord())])],
    ['all files of an epoch', to => writeRunFiles(to, filesOf(to, 1, 'training'))],
  ])('is named, and not made again, where %s should be written', async (_, write) => {
    for (const how of ['deleted', 'renamed', 'all runs deleted']) {
      const runFolder = await createRunFolder(folder.path, 'gone');
      const elsewhere = path.join(folder.path, 'elsewhere');
      if (how === 'renamed') fs.renameSync(runFolder, elsewhere);
      else fs.rmSync(how === 'all runs deleted' ? path.dirname(runFolder) : runFolder, { recursive: true });
      const before = fs.readdirSync(folder.path, { recursive: true });
      await expect(write(runFolder), how).rejects.toMatchObject({
        code: 'no-run',
        message: 'Run gone was deleted or renamed meanwhile; choose another run.',
      });
      expect(fs.readdirSync(folder.path, { recursive: true })).toEqual(before);
      fs.rmSync(elsewhere, { recursive: true, force: true });
    }
  });
});
