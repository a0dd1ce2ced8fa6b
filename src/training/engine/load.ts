import type { EngineInfo, EngineName } from '../../core/run/runRecord';
import type { OptimizerSpec } from '../../core/presets';
import type { GradientFinder, ResidentState, ResidentTraining, StepPlan } from '../network/gradients';
import { GraphGradients } from './graph/graphGradients';
import { GraphRmsProp } from './graph/graphRmsProp';
import { loadNativeEngine } from './native';
import { loadPortableEngine } from './portable';
import { portableKernels } from './portableKernels';
import { TensorGradients } from './tensorGradients';

/** A loaded engine. */
export interface LoadedEngine {
  readonly engine: EngineInfo;
  /** Prepares the steps of a training. */
  gradients(plan: StepPlan): GradientFinder;
  /**
   * Prepares a training whose weights stay in the engine, where it has an RMSprop. All tensors of the plan must be
   * trainable.
   */
  rmsProp?(
    plan: StepPlan,
    optimizer: Extract<OptimizerSpec, { readonly type: 'rmsProp' }>,
    state: ResidentState,
  ): ResidentTraining;
}

/** Loads an engine into this process. Throws `no-engine`. */
export async function loadEngine(name: EngineName): Promise<LoadedEngine> {
  switch (name) {
    case 'native': {
      const { engine, binding } = await loadNativeEngine();
      return {
        engine,
        gradients: plan => GraphGradients.make(binding, plan),
        rmsProp: (plan, optimizer, state) => GraphRmsProp.make(binding, plan, optimizer, state),
      };
    }
    case 'portable': {
      const engine = await loadPortableEngine();
      const kernels = portableKernels();
      return { engine, gradients: plan => new TensorGradients(plan, kernels) };
    }
  }
}
