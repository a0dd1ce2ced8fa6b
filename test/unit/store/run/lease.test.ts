import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isAlive, processStart } from '../../../../src/store/processIdentity';
import { heartbeatSeconds, nextLease, RunLease } from '../../../../src/store/run/lease';
import { createdAfter } from '../../../../src/core/run/newestFirst';
import { createRunFolder, listRuns, newRunId, readRun, writeRun } from '../../../../src/store/run/runFolder';
import type { RunRecord } from '../../../../src/core/run/runRecord';
import { runRecord } from '../../support/runRecord';
import { temporaryFolder } from '../../support/temporaryFolder';

const folder = temporaryFolder();
const children: ChildProcess[] = [];
let runFolder: string;
let made = 0;

beforeEach(async () => {
  runFolder = await createRunFolder(folder.path, `run-${made++}`);
});
afterEach(() => void vi.useRealTimers());
afterAll(() => void children.map(child => child.kill('SIGKILL')));

function startProcess(): number {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  children.push(child);
  return child.pid!;
}

/** The status of a run whose process is said to be this one. */
async function statusOf(changes: Partial<RunRecord>): Promise<string> {
  await writeRun(runFolder, runRecord({ status: 'training', host: os.hostname(), ...changes }));
  return (await readRun(runFolder)).status;
}

/** Sets the time of the heartbeat, in seconds from now. */
function setHeartbeat(seconds: number): void {
  const time = new Date(Date.now() + seconds * 1000);
  fs.writeFileSync(path.join(runFolder, 'heartbeat'), '');
  fs.utimesSync(path.join(runFolder, 'heartbeat'), time, time);
}

describe('the lease of a run', () => {
  it('is taken by one of many that try at once', async () => {
    const taken = await Promise.allSettled(Array.from({ length: 20 }, () => RunLease.take(runFolder, 0)));
    expect(taken.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const other of taken)
      if (other.status === 'rejected')
        expect(other.reason).toMatchObject({
          code: 'mismatch',
          message: expect.stringMatching(
            /^Run run-\d+ is being trained already, in another window or program; wait for it to end\.$/,
          ),
        });
  });

  it('is lost to who takes the run over, and is not got back', async () => {
    const first = await RunLease.take(runFolder, await nextLease(runFolder));
    await first.hold();
    const seen = await nextLease(runFolder);
    const second = await RunLease.take(runFolder, seen);
    await expect(first.hold()).rejects.toMatchObject({
      code: 'mismatch',
      message: expect.stringMatching(/was resumed in another window or program/),
    });
    await second.hold();
    const third = await RunLease.take(runFolder, await nextLease(runFolder));
    // Who looked before that is too late, though the number is free again.
    await expect(RunLease.take(runFolder, seen)).rejects.toMatchObject({ code: 'mismatch' });
    await third.hold();
    expect(fs.readdirSync(runFolder)).toEqual(['heartbeat.2']);
  });

  it('says that the folder is gone, and does not make it again', async () => {
    const lease = await RunLease.take(runFolder, 0);
    fs.renameSync(runFolder, `${runFolder}-renamed`);
    await expect(lease.hold()).rejects.toMatchObject({
      code: 'write-failed',
      message: expect.stringMatching(
        /^The folder of run run-\d+ was deleted or renamed while it trained; resume the run where its folder is now, or train again\.$/,
      ),
    });
    expect(fs.existsSync(runFolder)).toBe(false);
  });
});

describe('whether a run goes on', () => {
  it('does not depend on the clock where its process is on this machine', async () => {
    const pid = startProcess();
    const pidStart = (await processStart(pid))!;
    expect(pidStart).toBeTruthy();
    for (const seconds of [0, -3 * 3600, 3 * 3600]) {
      setHeartbeat(seconds);
      // Asleep or not, and with a clock set forth or back.
      expect([seconds, await statusOf({ pid, pidStart })]).toEqual([seconds, 'training']);
      // The number is another process's by now.
      expect([seconds, await statusOf({ pid, pidStart: `${pidStart}0` })]).toEqual([seconds, 'interrupted']);
    }
    process.kill(pid, 'SIGSTOP');
    expect(await statusOf({ pid, pidStart })).toBe('training');
    process.kill(pid, 'SIGKILL');
    await once(children.at(-1)!, 'exit');
    expect(await statusOf({ pid, pidStart })).toBe('interrupted');
  });

  it.each([
    [0, 'training'],
    [-5 * heartbeatSeconds, 'training'],
    [-600, 'interrupted'],
    // Far ahead of the clock: of a machine whose clock is wrong, or was before it was set back.
    [600, 'interrupted'],
    [10 * 365 * 24 * 3600, 'interrupted'],
  ])('is told by the heartbeat on another machine: one of %i s from now reads as %s', async (seconds, status) => {
    setHeartbeat(seconds);
    expect(await statusOf({ pid: process.pid, host: 'another machine' })).toBe(status);
  });

  it.skipIf(process.platform !== 'linux')('is told of a process that is dead and not yet buried', async () => {
    // The shell does not wait for it.
    const shell = spawn('sh', ['-c', 'sleep 0.2 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
    children.push(shell);
    const pid = Number(String((await once(shell.stdout, 'data'))[0]));
    const pidStart = (await processStart(pid))!;
    await expect.poll(() => processStart(pid)).toBe('ended');
    setHeartbeat(0);
    expect([isAlive(pid), await statusOf({ pid, pidStart })]).toEqual([true, 'interrupted']);
  });

  it.skipIf(process.platform === 'win32')('is found out by ps where there is no /proc', async () => {
    const start = await processStart(process.pid, 'darwin');
    expect(start).toMatch(/\d\d:\d\d:\d\d \d{4}$/);
    expect(await processStart(process.pid, 'darwin')).toBe(start);
    expect(await processStart(2 ** 22 + 1, 'darwin')).toBeUndefined();
  });
});

describe('a clock that is set back', () => {
  it('leaves runs in the order in which they were made', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const data = path.join(folder.path, 'order');
    fs.mkdirSync(data);
    const ids = [];
    for (const clock of [
      '2026-11-22T10:00:00Z',
      '2026-11-22T09:00:00Z',
      '2026-11-22T09:00:00Z',
      '2020-01-01T00:00:00Z',
      '2026-12-01T00:00:00Z',
    ]) {
      vi.setSystemTime(clock);
      const id = newRunId(new Date(), 'quick');
      const created = createdAfter((await listRuns(data)).map(({ run }) => run));
      await writeRun(await createRunFolder(data, id), runRecord({ id, created }));
      ids.unshift(id);
    }
    expect((await listRuns(data)).map(({ run }) => run.id)).toEqual(ids);
    expect((await listRuns(data))[0]!.run.created).toBe('2026-12-01T00:00:00.000Z');
  });

  it('gives no two runs the same id, not in the same moment either', () => {
    const now = new Date(2026, 10, 2, 3, 4, 5);
    expect(new Set(Array.from({ length: 500 }, () => newRunId(now, 'quick'))).size).toBe(500);
  });

  it('refuses a run whose folder is there', async () => {
    await expect(createRunFolder(folder.path, path.basename(runFolder))).rejects.toMatchObject({
      code: 'write-failed',
      message: expect.stringMatching(/^There is a run run-\d+ already; try again for one with another name\.$/),
    });
  });
});
