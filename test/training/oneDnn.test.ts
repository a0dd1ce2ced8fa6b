import { fork } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { chain } from '../../src/core/network';
import type { WorkerEvents, WorkerMethods } from '../../src/protocol/worker';
import { Rpc } from '../../src/protocol/rpc';

// oneDNN tells of each of its kernels where it is asked to; TensorFlow would call it by itself only where a processor has AVX-512.
test.runIf(process.arch === 'x64')('the native engine convolves with oneDNN, whatever the processor', async () => {
  const child = fork(path.resolve(import.meta.dirname, '../../dist/training.js'), ['worker'], {
    serialization: 'advanced',
    silent: true,
    env: { ...process.env, TF_ENABLE_ONEDNN_OPTS: undefined, DNNL_VERBOSE: '1' },
  });
  child.stderr!.resume();
  let output = '';
  child.stdout!.on('data', (text: Buffer) => (output += text.toString()));
  try {
    const rpc = new Rpc<WorkerEvents, WorkerMethods>(
      { send: message => void child.send(message as object), listen: onMessage => void child.on('message', onMessage) },
      { stepped: () => undefined },
    );
    await rpc.call('loadEngine', 'native');
    const side = 8;
    const { weights } = await rpc.call('build', {
      layers: chain(
        [{ type: 'conv', filters: 8, size: 3, padding: 'same', activation: 'relu' }, { type: 'flatten' }],
        side,
        0,
        3,
      ),
      side,
      seed: 1,
      labelSmoothing: 0,
    });
    expect(await rpc.call('predict', { weights, pixels: new Uint8Array(side * side), ink: 255 })).toHaveLength(3);
  } finally {
    // It ends with its parent, and says all of it then.
    child.disconnect();
  }
  await expect.poll(() => output, { timeout: 30_000 }).toMatch(/^(onednn|dnnl)_verbose,.*exec,cpu,convolution,/m);
});
