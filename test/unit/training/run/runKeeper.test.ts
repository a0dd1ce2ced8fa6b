import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fileError } from '../../../../src/store/fileError';
import { heartbeatSeconds } from '../../../../src/store/run/lease';
import { runFile, runsFolder } from '../../../../src/store/run/runFolder';
import { RunKeeper } from '../../../../src/training/run/runKeeper';
import { runRecord } from '../../support/runRecord';
import { temporaryFolder } from '../../support/temporaryFolder';

const folder = temporaryFolder();
const none = new Uint32Array();
const noImages = {
  rows: none,
  classes: new Uint16Array(),
  hashes: { first: none, second: none },
  trained: new Uint16Array(),
};
let keeper: RunKeeper;
let runFolder: string;
let made = 0;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const id = `run-${made++}`;
  runFolder = path.join(runsFolder(folder.path), id);
  keeper = await RunKeeper.create(folder.path, runRecord({ id, status: 'training' }), noImages);
});
afterEach(() => {
  keeper.dispose();
  vi.useRealTimers();
});

describe('who keeps the folder of a run', () => {
  it('beats while all is well, however long an epoch takes, and finds out soon that the folder is gone', async () => {
    const heartbeat = path.join(runFolder, 'heartbeat');
    fs.utimesSync(heartbeat, 0, 0);
    vi.advanceTimersByTime(heartbeatSeconds * 1000);
    await expect.poll(() => fs.statSync(heartbeat).mtimeMs).toBeGreaterThan(0);
    expect(keeper.lost.aborted).toBe(false);
    fs.rmSync(runFolder, { recursive: true });
    vi.advanceTimersByTime(heartbeatSeconds * 1000);
    await expect.poll(() => keeper.lost.aborted).toBe(true);
    expect(keeper.lost.reason).toMatchObject({
      code: 'write-failed',
      message: expect.stringContaining('was deleted or renamed while it trained'),
    });
    await expect(keeper.write(runFile(runFolder, runRecord()))).rejects.toMatchObject({
      message: expect.stringContaining('was deleted or renamed'),
    });
    expect(fs.existsSync(runFolder)).toBe(false);
  });

  it('says of a file that could not be written how the training goes on', async () => {
    const full = fileError('write', 'run.json', Object.assign(new Error('no space'), { code: 'ENOSPC' }));
    expect(await keeper.reasonOf(full, 0)).toMatchObject({
      code: 'disk-full',
      message: 'The disk is full, so run.json could not be written; free some space and try again.',
    });
    expect(await keeper.reasonOf(full, 3)).toMatchObject({
      code: 'disk-full',
      detail: 'no space',
      message: `The disk is full, so run.json could not be written; free some space and try again. Resume run ${path.basename(runFolder)} to continue after epoch 3.`,
    });
    const other = new Error('a fault');
    expect(await keeper.reasonOf(other, 3)).toBe(other);
  });
});
