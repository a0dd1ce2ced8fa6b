import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { writeFileAtomic } from '../../../../src/store/atomicFile';
import { checkpointFile } from '../../../../src/store/run/checkpoint';
import { removeRunLeftovers } from '../../../../src/store/run/runLeftovers';
import { createRunFolder, noteCancelled, readRun, runsFolder, writeRun } from '../../../../src/store/run/runFolder';
import type { RunRecord } from '../../../../src/core/run/runRecord';
import { runRecord } from '../../support/runRecord';
import { temporaryFolder } from '../../support/temporaryFolder';

const folder = temporaryFolder();

async function makeRun(id: string, status: RunRecord['status']): Promise<string> {
  const runFolder = await createRunFolder(folder.path, id);
  // Beyond the highest process number of any system.
  await writeRun(runFolder, runRecord({ id, status, pid: 2 ** 30 }));
  await writeFileAtomic(...checkpointFile(runFolder, { epochs: 1, history: [], finished: [], current: undefined }));
  return runFolder;
}

it('of runs that are done the checkpoint goes, and folders that no run came into; all else stays', async () => {
  await makeRun('done', 'done');
  await makeRun('cancelled', 'cancelled');
  const old = new Date(Date.now() - 120_000);
  for (const [id, files] of [
    ['never', ['heartbeat', '.run.json.1-0123456789ab.tmp']],
    ['images', ['heartbeat', 'images.safetensors', '.images.safetensors.1-0123456789ab.tmp']],
    ['begins', ['heartbeat']],
    ['other', ['notes.txt']],
  ] as const) {
    const place = await createRunFolder(folder.path, id);
    for (const name of files) fs.writeFileSync(path.join(place, name), '');
    if (id !== 'begins') fs.utimesSync(place, old, old);
  }
  await removeRunLeftovers(folder.path);
  const left = fs
    .readdirSync(runsFolder(folder.path), { recursive: true, encoding: 'utf8' })
    .map(name => name.replaceAll(path.sep, '/'))
    .sort();
  expect(left).toEqual([
    'begins',
    'begins/heartbeat',
    'cancelled',
    'cancelled/checkpoint.safetensors',
    'cancelled/run.json',
    'done',
    'done/run.json',
    'other',
    'other/notes.txt',
  ]);
});

it('a run whose process was ended for a cancel is noted as cancelled; one that ended otherwise is not', async () => {
  const killed = await makeRun('killed', 'training');
  expect(await readRun(killed)).toMatchObject({ status: 'interrupted' });
  expect(await noteCancelled(killed)).toMatchObject({ status: 'cancelled' });
  expect(await readRun(killed)).toMatchObject({ status: 'cancelled' });
  expect(await noteCancelled(await makeRun('failed', 'failed'))).toBeUndefined();
  expect(await noteCancelled(path.join(folder.path, 'nothing'))).toBeUndefined();
});
