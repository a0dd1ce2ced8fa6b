import type { TFJSBinding } from '@tensorflow/tfjs-node/dist/tfjs_binding';
import { sizeOf } from '../../../core/optimizer';
import { chainGradients } from '../../network/chainGradients';
import { classesOf, score, targetsOf, type GradientFinder, type Gradients, type StepPlan } from '../../network/gradients';
import { float, Graph, int32, type GraphTensor } from './graph';
import { graphKernels } from './graphKernels';
import { GraphSession } from './session';

/** Finds gradients by one graph of TensorFlow's: a step is one call, whatever the network. */
export class GraphGradients implements GradientFinder {
  private readonly plan: StepPlan;
  private readonly session: GraphSession;

  private constructor(plan: StepPlan, session: GraphSession) {
    this.plan = plan;
    this.session = session;
  }

  /** Builds the graph of a step. */
  static async make(binding: TFJSBinding, plan: StepPlan): Promise<GraphGradients> {
    return new GraphGradients(plan, await GraphSession.load(binding, stepGraph(plan), ['gradients', 'logits']));
  }

  find(weights: Float32Array, images: Float32Array, classes: Int32Array, seed: readonly [number, number]): Gradients {
    const { side, layers, labelSmoothing } = this.plan;
    const count = classesOf(layers);
    const [gradients, logits] = this.session.run([
      { name: 'weights', shape: [weights.length], values: weights },
      { name: 'images', shape: [classes.length, side, side, 1], values: images },
      { name: 'targets', shape: [classes.length, count], values: targetsOf(classes, count, labelSmoothing) },
      { name: 'seed', shape: [2], values: Int32Array.from(seed) },
    ]) as [Float32Array, Float32Array];
    return { gradients, ...score(logits, classes) };
  }

  dispose(): void {
    this.session.dispose();
  }
}

/** Weights cross as one array, and so do gradients: as the optimizer has them. */
function stepGraph({ layers, side, tensors, images: n }: StepPlan): Graph {
  const graph = new Graph();
  const whole = (values: readonly number[]): GraphTensor => graph.constant(values, 'int32');
  const axis = graph.constant([0], 'int32', []);
  const kernels = graphKernels(graph, graph.input('seed', 'int32', [2]));
  const sizes = tensors.map(sizeOf);
  const all = graph.input('weights', 'float', [sizes.reduce((sum, size) => sum + size, 0)]);
  const parts = graph.several('SplitV', [all, whole(sizes), axis], { T: float, Tlen: int32, num_split: { whole: sizes.length } }, sizes.map(size => [size]));
  const weights = parts.map((part, i) => kernels.reshape(part, tensors[i]!.shape));

  const { logits, gradients } = chainGradients(kernels, layers, {
    images: graph.input('images', 'float', [n, side, side, 1]),
    targets: graph.input('targets', 'float', [n, classesOf(layers)]),
    weights,
  });
  const flat = gradients.map((gradient, i) => kernels.reshape(gradient, [sizes[i]!]));
  graph.output('gradients', graph.one('ConcatV2', [...flat, axis], { T: float, Tidx: int32, N: { whole: flat.length } }, all.shape));
  graph.output('logits', logits);
  return graph;
}
