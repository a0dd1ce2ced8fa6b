import { DigitsError } from '../../core/errors';
import type { EngineInfo, EngineName } from '../../core/run/runRecord';
import type { Kernels } from './kernels';
import { loadNativeEngine } from './native';
import { nativeKernels } from './nativeKernels';

/** Loads an engine into this process. Throws `no-engine`. */
export async function loadEngine(name: EngineName): Promise<{ readonly engine: EngineInfo; readonly kernels: Kernels }> {
  if (name === 'portable') throw new DigitsError('no-engine', 'The portable engine is not part of this version of Digits; set "digits.engine" to "auto" or "native".');
  const engine = await loadNativeEngine();
  return { engine, kernels: nativeKernels() };
}
