import { describe, expect, it } from 'vitest';
import { fingerprint } from '../../src/core/csv/fingerprint';
import type { RunRecord } from '../../src/core/run/runRecord';
import { checkTrainFile, runPanelState } from '../../src/host/panels/runState';
import type { LoadedRun, RunAccess } from '../../src/host/runs/runAccess';
import { temporaryFolder } from './support/temporaryFolder';

const folder = temporaryFolder();

/** A run that was trained on train.csv as it is now. */
async function trained(): Promise<LoadedRun> {
  const file = await folder.write('train.csv', 'label,pixel0\n1,2\n');
  const data: Partial<RunRecord['data']> = { file: 'train.csv', fingerprint: await fingerprint(file), classes: [0, 1] };
  return { run: { data } as RunRecord, history: [], validation: undefined, dataFolder: folder.path, testFile: undefined };
}

function access(loaded: LoadedRun, trainsHere = false): RunAccess {
  const never = () => ({ dispose: () => undefined });
  return { onDidChangeRun: never, onDidChangeData: never, onDidProgress: never, onDidEndEpoch: never, load: async () => loaded, progress: () => undefined, trainsHere: () => trainsHere, cancel: () => undefined };
}

describe('the images of a run', () => {
  it('are those of the file that was trained on', async () => {
    const loaded = await trained();
    await expect(checkTrainFile(loaded)).resolves.toBeUndefined();
    expect((await runPanelState('/r', access(loaded))).imagesNote).toBeUndefined();
  });

  it('are refused with a sentence once the file is another, though its images have the same size', async () => {
    const loaded = await trained();
    await folder.write('train.csv', 'label,pixel0\n1,3\n');
    await expect(checkTrainFile(loaded)).rejects.toMatchObject({ code: 'mismatch', message: expect.stringMatching(/^train\.csv has changed/) });
    expect((await runPanelState('/r', access(loaded))).imagesNote).toMatch(/^train\.csv has changed/);
  });
});

describe('the state of a run panel', () => {
  it('offers to cancel only what this window trains', async () => {
    const loaded = await trained();
    expect((await runPanelState('/r', access(loaded, true))).trainsHere).toBe(true);
    expect((await runPanelState('/r', access(loaded, false))).trainsHere).toBe(false);
  });
});
