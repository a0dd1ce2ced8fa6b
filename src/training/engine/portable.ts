import fs from 'node:fs';
import path from 'node:path';
import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import type { EngineInfo } from '../../core/run/runRecord';
import * as tf from '../network/tf';

/**
 * Loads the WebAssembly backend of tfjs, which runs on one thread, and selects it. Its binaries are in `folder`, by
 * default beside the bundle. Throws `no-engine` where they are missing or do not load.
 */
export async function loadPortableEngine(folder: string = __dirname): Promise<EngineInfo> {
  const { BackendWasm, init, setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm/dist/backend_wasm');
  await import('@tensorflow/tfjs-backend-wasm/dist/register_all_kernels');
  const { version } = await import('@tensorflow/tfjs-backend-wasm/dist/version');
  const simd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
  const file = path.join(folder, simd ? 'tfjs-backend-wasm-simd.wasm' : 'tfjs-backend-wasm.wasm');
  // Of a missing file the loader itself would say that a server should serve it.
  if (!fs.existsSync(file))
    throw new DigitsError('no-engine', sentence`${file}, a part of Digits, is missing; install Digits again.`);
  setWasmPaths(folder + path.sep);
  const { wasm } = await init().catch((error: unknown) => {
    throw new DigitsError(
      'no-engine',
      sentence`The portable engine, ${file}, does not load on this machine.`,
      String((error as Error).message),
    );
  });
  tf.registerBackend('wasm', () => new BackendWasm(wasm));
  await tf.setBackend('wasm');
  return { name: 'portable', library: `tfjs WebAssembly ${version}${simd ? ' (SIMD)' : ''}`, processes: 1, threads: 1 };
}
