import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';
import util from 'node:util';
import type { TFJSBinding } from '@tensorflow/tfjs-node/dist/tfjs_binding';
import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import type { EngineInfo } from '../../core/run/runRecord';
import { nativeEngineFolders } from './enginePaths';
import * as tf from '../network/tf';

// tfjs-node 4.22 calls two functions that Node 23 removed; VS Code runs Node 24.
const removed = util as { isNullOrUndefined?: (value: unknown) => boolean; isArray?: (value: unknown) => boolean };
removed.isNullOrUndefined ??= value => value === null || value === undefined;
removed.isArray ??= Array.isArray;

/**
 * Loads TensorFlow's library from the first folder that has it and makes it the backend of tfjs. Throws `no-engine`
 * where it is missing or does not load. TF_NUM_INTRAOP_THREADS limits its threads.
 */
export async function loadNativeEngine(): Promise<{ readonly engine: EngineInfo; readonly binding: TFJSBinding }> {
  // TensorFlow reads these when it loads. Its log lines (CPU features, oneDNN) tell users nothing.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  // Without AVX-512 TensorFlow leaves oneDNN's convolutions off, though they are much faster on such processors too.
  if (process.arch === 'x64') process.env['TF_ENABLE_ONEDNN_OPTS'] ??= '1';

  const folders = nativeEngineFolders(process.env, path.dirname(__dirname));
  const binding = loadBinding(folders);
  const { NodeJSKernelBackend } = await import('@tensorflow/tfjs-node/dist/nodejs_kernel_backend');
  await import('@tensorflow/tfjs-node/dist/register_all_kernels');
  tf.registerBackend('tensorflow', () => new NodeJSKernelBackend(binding, '@tensorflow/tfjs-node'));
  await tf.setBackend('tensorflow');
  await tf.ready();
  const limit = Number(process.env['TF_NUM_INTRAOP_THREADS']);
  const engine: EngineInfo = {
    name: 'native',
    library: `TensorFlow ${binding.TF_Version}`,
    processes: 1,
    threads: limit > 0 ? limit : os.availableParallelism(),
  };
  return { engine, binding };
}

function loadBinding(folders: readonly string[]): TFJSBinding {
  const files = folders.map(folder => path.join(folder, 'lib', 'napi-v8', 'tfjs_binding.node'));
  const file = files.find(candidate => fs.existsSync(candidate));
  const howTo =
    'run "npm run setup" in the folder of Digits, or install the Digits package for your platform, which carries it';
  if (file === undefined) {
    throw new DigitsError(
      'no-engine',
      sentence`TensorFlow, which Digits trains with, is not installed on this machine; ${howTo}.`,
      `Looked for ${files.join(', ')}`,
    );
  }
  try {
    return createRequire(file)(file) as TFJSBinding;
  } catch (error) {
    throw new DigitsError(
      'no-engine',
      sentence`TensorFlow in ${path.resolve(path.dirname(file), '..', '..')} does not load on this machine; ${howTo}.`,
      String(error),
    );
  }
}
