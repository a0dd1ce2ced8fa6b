import type { EngineInfo, EngineName } from '../../core/run/runRecord';
import type { GradientFinder, StepPlan } from '../network/gradients';
import { GraphGradients } from './graph/graphGradients';
import { loadNativeEngine } from './native';
import { loadPortableEngine } from './portable';
import { portableKernels } from './portableKernels';
import { TensorGradients } from './tensorGradients';

/** An engine that is loaded. */
export interface LoadedEngine {
  readonly engine: EngineInfo;
  /** Gets the steps of a network ready. */
  gradients(plan: StepPlan): Promise<GradientFinder>;
}

/** Loads an engine into this process. Throws `no-engine`. */
export async function loadEngine(name: EngineName): Promise<LoadedEngine> {
  switch (name) {
    case 'native': {
      const { engine, binding } = await loadNativeEngine();
      return { engine, gradients: plan => GraphGradients.make(binding, plan) };
    }
    case 'portable': {
      const engine = await loadPortableEngine();
      const kernels = portableKernels();
      return { engine, gradients: async plan => new TensorGradients(plan, kernels) };
    }
  }
}
