import type { OptimizerSpec } from './presets';

/** Where a weight lies among all weights of a network, which are one array. */
export interface TensorSpec {
  readonly name: string;
  readonly shape: readonly number[];
  /** Moved by gradients; the others are means and variances that batch normalisation keeps. */
  readonly trained: boolean;
}

/** The number of a tensor's elements. */
export function sizeOf({ shape }: TensorSpec): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** What an optimizer remembers, for a training that is to go on later. */
export interface OptimizerState {
  readonly steps: number;
  /** First and second moments (Adam), or the second alone (RMSprop): a number a trained weight each. */
  readonly moments: readonly Float32Array[];
}

/** Moves weights against their gradients, in place. */
export interface Optimizer {
  readonly state: OptimizerState;
  /** One step; both arrays hold the trained weights first, in the order of the specs it was made with. */
  update(weights: Float32Array, gradients: Float32Array, rate: number): void;
}

/** The optimizer that a preset asks for, where it was left where there is a state. */
export function makeOptimizer(spec: OptimizerSpec, tensors: readonly TensorSpec[], state?: OptimizerState): Optimizer {
  const trained = tensors.filter(tensor => tensor.trained);
  return spec.type === 'rmsProp' ? new RmsProp(spec, trained, state) : new Adam(spec, trained, state);
}

const count = (tensors: readonly TensorSpec[]): number => tensors.reduce((sum, tensor) => sum + sizeOf(tensor), 0);

/** RMSprop as Keras 2.15 has it: w -= rate * g / sqrt(v + epsilon), v the decaying mean of g squared. */
class RmsProp implements Optimizer {
  private readonly spec: Extract<OptimizerSpec, { readonly type: 'rmsProp' }>;
  private readonly secondMoments: Float32Array;
  private steps: number;

  constructor(spec: RmsProp['spec'], tensors: readonly TensorSpec[], state?: OptimizerState) {
    this.spec = spec;
    this.secondMoments = state?.moments[0]?.slice() ?? new Float32Array(count(tensors));
    this.steps = state?.steps ?? 0;
  }

  get state(): OptimizerState {
    return { steps: this.steps, moments: [this.secondMoments] };
  }

  update(weights: Float32Array, gradients: Float32Array, rate: number): void {
    const {
      secondMoments,
      spec: { decay, epsilon },
    } = this;
    this.steps++;
    for (let i = 0; i < secondMoments.length; i++) {
      const gradient = gradients[i]!;
      const square = decay * secondMoments[i]! + (1 - decay) * gradient * gradient;
      secondMoments[i] = square;
      weights[i] = weights[i]! - (rate * gradient) / Math.sqrt(square + epsilon);
    }
  }
}

/**
 * Adam (Kingma and Ba 2015, algorithm 1, with the corrections of the moments in the rate and in epsilon, as Keras has it),
 * with decoupled weight decay (AdamW).
 */
class Adam implements Optimizer {
  private readonly spec: Extract<OptimizerSpec, { readonly type: 'adam' }>;
  private readonly tensors: readonly TensorSpec[];
  private readonly firstMoments: Float32Array;
  private readonly secondMoments: Float32Array;
  private steps = 0;
  // Powers of the betas, by products: engines of JavaScript differ in the last bits of **.
  private power1 = 1;
  private power2 = 1;

  constructor(spec: Adam['spec'], tensors: readonly TensorSpec[], state?: OptimizerState) {
    this.spec = spec;
    this.tensors = tensors;
    this.firstMoments = state?.moments[0]?.slice() ?? new Float32Array(count(tensors));
    this.secondMoments = state?.moments[1]?.slice() ?? new Float32Array(count(tensors));
    for (let step = 0; step < (state?.steps ?? 0); step++) this.count();
  }

  get state(): OptimizerState {
    return { steps: this.steps, moments: [this.firstMoments, this.secondMoments] };
  }

  update(weights: Float32Array, gradients: Float32Array, rate: number): void {
    const {
      firstMoments,
      secondMoments,
      spec: { beta1, beta2, epsilon, decay },
    } = this;
    this.count();
    const corrected = (rate * Math.sqrt(1 - this.power2)) / (1 - this.power1);
    let from = 0;
    for (const tensor of this.tensors) {
      const to = from + sizeOf(tensor);
      // Kernels alone: a bias or a scale is no complexity.
      const kept = tensor.shape.length > 1 ? 1 - rate * decay : 1;
      for (let i = from; i < to; i++) {
        const gradient = gradients[i]!;
        const mean = beta1 * firstMoments[i]! + (1 - beta1) * gradient;
        const square = beta2 * secondMoments[i]! + (1 - beta2) * gradient * gradient;
        firstMoments[i] = mean;
        secondMoments[i] = square;
        weights[i] = weights[i]! * kept - (corrected * mean) / (Math.sqrt(square) + epsilon);
      }
      from = to;
    }
  }

  private count(): void {
    this.steps++;
    this.power1 *= this.spec.beta1;
    this.power2 *= this.spec.beta2;
  }
}
