import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RunChanges } from '../../../../src/host/runs/runChanges';
import { createRunFolder, writeRun } from '../../../../src/store/run/runFolder';
import { RunLease } from '../../../../src/store/run/lease';
import { runRecord } from '../../support/runRecord';
import { temporaryFolder } from '../../support/temporaryFolder';

const folder = temporaryFolder();
let announced: string[];
let changes: RunChanges;
let runFolder: string;

beforeEach(() => {
  announced = [];
  changes = new RunChanges(changed => announced.push(path.basename(changed)));
  runFolder = fs.mkdtempSync(path.join(folder.path, 'run-'));
});
afterEach(() => changes.dispose());

/** Replaces a file of the run, as the atomic writer does. */
function write(name: string, content: string): void {
  const temporary = path.join(runFolder, 'new');
  fs.writeFileSync(temporary, content);
  fs.renameSync(temporary, path.join(runFolder, name));
}
const times = (): number => announced.length;

describe('a change of a run', () => {
  it('is announced once, however often it is noticed', async () => {
    write('run.json', 'epoch 1');
    // The training process, and twice the file system: while the first is looked at, and after.
    await Promise.all([changes.notice(runFolder), changes.notice(runFolder)]);
    await changes.notice(runFolder);
    expect(times()).toBe(1);
  });

  it('is announced again when the next one comes, even of the same size', async () => {
    for (const epoch of [1, 2, 3]) {
      write('run.json', `epoch ${epoch}`);
      await Promise.all([changes.notice(runFolder), changes.notice(runFolder)]);
      expect(times()).toBe(epoch);
    }
  });

  it.each(['title.json', 'test.safetensors'])('in %s is announced as well', async name => {
    write('run.json', 'done');
    await changes.notice(runFolder);
    write(name, 'x');
    await changes.notice(runFolder);
    await changes.notice(runFolder);
    expect(times()).toBe(2);
  });

  it('in evaluations is announced as well', async () => {
    fs.mkdirSync(path.join(runFolder, 'evaluations'));
    await changes.notice(runFolder);
    fs.writeFileSync(path.join(runFolder, 'evaluations', 'a.safetensors'), 'x');
    await changes.notice(runFolder);
    expect(times()).toBe(2);
  });

  it('that no file shows is announced whenever it is told, and not again when the file system follows', async () => {
    write('run.json', 'cancelled');
    changes.tell(runFolder);
    changes.tell(runFolder);
    await changes.notice(runFolder);
    expect(times()).toBe(2);
  });

  it('is announced where the run was deleted', async () => {
    write('run.json', 'done');
    await changes.notice(runFolder);
    fs.rmSync(runFolder, { recursive: true });
    await changes.notice(runFolder);
    expect(times()).toBe(2);
  });

  it('in a run that trains elsewhere is announced though the file system says nothing', async () => {
    const own = await createRunFolder(folder.path, 'elsewhere');
    const trains = runRecord({ id: 'elsewhere', status: 'training', pid: process.pid, host: os.hostname() });
    await RunLease.take(own, 0);
    await writeRun(own, trains);
    const polled: string[] = [];
    const polling = new RunChanges(changed => polled.push(changed), 20);
    try {
      await polling.notice(own);
      polling.watch(own, trains, false);
      await writeRun(own, { ...trains, seconds: 7 });
      await vi.waitFor(() => expect(polled).toEqual([own, own]), 5000);
    } finally {
      polling.dispose();
    }
  });
});
