import type { EngineInfo, EngineName } from '../../core/run/runRecord';
import type { Kernels } from './kernels';
import { loadNativeEngine } from './native';
import { nativeKernels } from './nativeKernels';
import { loadPortableEngine } from './portable';
import { portableKernels } from './portableKernels';

/** Loads an engine into this process. Throws `no-engine`. */
export async function loadEngine(name: EngineName): Promise<{ readonly engine: EngineInfo; readonly kernels: Kernels }> {
  switch (name) {
    case 'native':
      return { engine: await loadNativeEngine(), kernels: nativeKernels() };
    case 'portable':
      return { engine: await loadPortableEngine(), kernels: portableKernels() };
  }
}
