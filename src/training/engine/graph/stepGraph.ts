import { sizeOf } from '../../../core/optimizer';
import { chainGradients } from '../../network/chainGradients';
import { classesOf, targetsOf, type StepPlan } from '../../network/gradients';
import { float, int32, type Graph, type GraphTensor } from './graph';
import { graphKernels } from './graphKernels';
import type { Feed } from './session';

/**
 * Adds a pass over a batch of images [n, side, side, 1], fed by {@link batchFeeds}. Its output "logits" is
 * [n, classes]. Returns a gradient for each tensor of the plan, in its shape and in the same order.
 */
export function stepGraph(
  graph: Graph,
  { layers, side, images: n }: StepPlan,
  weights: readonly GraphTensor[],
): readonly GraphTensor[] {
  const { logits, gradients } = chainGradients(graphKernels(graph, graph.input('seed', 'int32', [2])), layers, {
    images: graph.input('images', 'float', [n, side, side, 1]),
    targets: graph.input('targets', 'float', [n, classesOf(layers)]),
    weights,
  });
  graph.output('logits', logits);
  return gradients;
}

/**
 * The inputs of a pass, other than the weights: images [n, side, side, 1], targets [n, classes], seed [2]. `classes`:
 * [n].
 */
export function batchFeeds(
  { layers, side, labelSmoothing }: StepPlan,
  images: Float32Array,
  classes: Int32Array,
  seed: readonly [number, number],
): Feed[] {
  const n = classes.length;
  const count = classesOf(layers);
  return [
    { name: 'images', shape: [n, side, side, 1], values: images },
    { name: 'targets', shape: [n, count], values: targetsOf(classes, count, labelSmoothing) },
    { name: 'seed', shape: [2], values: Int32Array.from(seed) },
  ];
}

/** The number of elements of each tensor of a plan. */
export function sizesOf({ tensors }: StepPlan): number[] {
  return tensors.map(sizeOf);
}

/** Splits a vector, [sum of all sizes], into the tensors of a plan. */
export function sliceWeights(graph: Graph, all: GraphTensor, plan: StepPlan): GraphTensor[] {
  const sizes = sizesOf(plan);
  const attributes = { T: float, Tlen: int32, num_split: { whole: sizes.length } };
  const parts = graph.several(
    'SplitV',
    [all, graph.constant(sizes, 'int32'), graph.constant([0], 'int32', [])],
    attributes,
    sizes.map(size => [size]),
  );
  return parts.map((part, i) => graph.reshape(part, plan.tensors[i]!.shape));
}

/** Concatenates the elements of tensors of any shapes into a vector, [sum of all sizes]. */
export function joined(graph: Graph, tensors: readonly GraphTensor[]): GraphTensor {
  const flat = tensors.map(tensor =>
    graph.reshape(tensor, [tensor.shape.reduce((product, size) => product * size, 1)]),
  );
  const total = flat.reduce((sum, { shape }) => sum + shape[0]!, 0);
  return graph.one(
    'ConcatV2',
    [...flat, graph.constant([0], 'int32', [])],
    { T: float, Tidx: int32, N: { whole: flat.length } },
    [total],
  );
}
