import { sizeOf } from '../../../core/optimizer';
import { chainGradients } from '../../network/chainGradients';
import { classesOf, targetsOf, type StepPlan } from '../../network/gradients';
import { float, int32, type Graph, type GraphTensor } from './graph';
import { graphKernels } from './graphKernels';
import type { Feed } from './session';

/**
 * Adds a pass over a batch, which is given by {@link batchFeeds}. Its output "logits" is what the network says; the gradients
 * are one a tensor of the plan, in the same order.
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

/** What a pass is given beside the weights. */
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

/** How many numbers each tensor of a plan has. */
export function sizesOf({ tensors }: StepPlan): number[] {
  return tensors.map(sizeOf);
}

/** The tensors of a plan that lie in one, one after the other. */
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

/** All elements of these tensors, one after the other. */
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
