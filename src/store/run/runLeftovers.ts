import fs from 'node:fs/promises';
import path from 'node:path';
import { deleteCheckpoint } from './checkpoint';
import { readRun, runsFolder } from './runFolder';

/** How long a run's folder may be without a record, in ms: a training that has just begun makes one at once. */
const patience = 60_000;

/** Removes what processes that were killed left among a data set's runs: the checkpoint of one that was done, a folder that no run came into. */
export async function removeRunLeftovers(dataFolder: string): Promise<void> {
  const names = await fs.readdir(runsFolder(dataFolder)).catch(() => []);
  await Promise.all(names.map(name => removeLeftover(path.join(runsFolder(dataFolder), name)).catch(() => undefined)));
}

async function removeLeftover(runFolder: string): Promise<void> {
  const names = await fs.readdir(runFolder);
  if (names.includes('run.json')) {
    if (names.includes('checkpoint.safetensors') && (await readRun(runFolder)).status === 'done')
      await deleteCheckpoint(runFolder);
    return;
  }
  const isOurs = names.every(name =>
    /^(heartbeat|images\.safetensors|\.(run\.json|images\.safetensors)\..*\.tmp)$/.test(name),
  );
  if (isOurs && Date.now() - (await fs.stat(runFolder)).mtimeMs > patience)
    await fs.rm(runFolder, { recursive: true, force: true });
}
