import esbuild from 'esbuild';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';
import { deathError, unstartedError } from '../../../src/processes/death';
import { ForkedProcess } from '../../../src/processes/forkedProcess';
import { limitSentence } from '../../../src/processes/limits';

const processes = /because there are too many processes; raise the limit \(ulimit -u\)/;

it.each([
  'Error: spawn /usr/bin/node EAGAIN',
  '#  Assertion failed: (0) == (uv_thread_create(t.get(), start_thread, this))',
  'node[7]: pthread_create: Resource temporarily unavailable',
  "code: 'ERR_WORKER_INIT_FAILED'",
])('names the limit that was met: %s', said => {
  expect(unstartedError(said).message).toMatch(processes);
  for (const [code, signal] of [
    [1, null],
    [null, 'SIGABRT'],
  ] as const)
    expect(deathError({ code, signal, output: said, outOfMemory: false, nearProcessLimit: false }).message).toMatch(
      processes,
    );
});

it.each(['', 'Error: spawn node ENOENT', 'TypeError: x is not a function'])('leaves all else alone: "%s"', said => {
  expect(limitSentence(said)).toBeUndefined();
});

it.skipIf(process.platform === 'win32')('ending a process that got no files ends nothing else', () => {
  esbuild.buildSync({
    entryPoints: ['src/processes/forkedProcess.ts'],
    outfile: 'out/limits.cjs',
    bundle: true,
    platform: 'node',
    logLevel: 'error',
  });
  const script = `
    const { ForkedProcess } = require(${JSON.stringify(path.resolve('out/limits.cjs'))});
    const child = new ForkedProcess('child.js', {});
    child.rpc.call('ask').catch(() => undefined);
    child.dispose();
    setTimeout(() => console.log('still there'), 100);`;
  const limited = ['-c', 'ulimit -n 22; exec "$@"', 'sh', process.execPath, '-e', script];
  // In a group of its own: what it would end is not this test.
  const apart = `require('child_process').spawn('sh', ${JSON.stringify(limited)}, { detached: true, stdio: 'inherit' })`;
  const { stdout } = spawnSync(process.execPath, ['-e', apart], { encoding: 'utf8' });
  expect(stdout).toBe('still there\n');
});

it('a process that can not be started says why, and speaks of no log', async () => {
  const child = new ForkedProcess<object, { ask(nothing: undefined): void }>('child.js', {}, { node: '/no/such/node' });
  await expect(child.rpc.call('ask', undefined)).rejects.toThrow(
    /^The training process could not be started \(spawn \/no\/such\/node ENOENT\)/,
  );
  child.dispose();
});
