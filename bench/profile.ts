import type { TFJSBinding } from '@tensorflow/tfjs-node/dist/tfjs_binding';
import type { chain } from '../src/core/network';
import { float, Graph, type GraphTensor } from '../src/training/engine/graph/graph';
import { graphKernels } from '../src/training/engine/graph/graphKernels';
import { GraphSession } from '../src/training/engine/graph/session';
import type { Kernels } from '../src/training/network/kernels';
import { chainGradients } from '../src/training/network/chainGradients';
import { classesOf } from '../src/training/network/gradients';
import { median } from './lib/statistics.mjs';

type GraphKernels = Kernels<GraphTensor>;

/** An operation of a step: which, and on what. */
interface Call {
  readonly kernel: keyof GraphKernels;
  readonly args: readonly unknown[];
}

/** What people call the kernels. Those that only say what is where cost nothing. */
const names: Partial<Record<keyof GraphKernels, string>> = {
  conv: 'convolutions',
  convInputGradient: 'convolutions, gradients for their inputs',
  convKernelGradient: 'convolutions, gradients for their kernels',
  matMul: 'dense layers and their gradients',
  maxPool: 'pools',
  maxPoolGradient: 'pools and their gradients',
  bias: 'bias and ReLU',
  biasRelu: 'bias and ReLU',
  relu: 'bias and ReLU',
  reluGradient: 'bias and ReLU, gradients',
  biasGradient: 'bias and ReLU, gradients',
  dropoutMask: 'dropout',
  mul: 'dropout',
};

/** Milliseconds that the operations of a step take, each run by itself, by what they are; the most first. */
export function profileStep(
  binding: TFJSBinding,
  layers: ReturnType<typeof chain>,
  side: number,
  n: number,
  weights: readonly (readonly number[])[],
  rounds: number,
): [what: string, milliseconds: number][] {
  const found = new Map<string, number>();
  const add = (what: string, milliseconds: number): void => void found.set(what, (found.get(what) ?? 0) + milliseconds);
  for (const call of callsOf(layers, side, n, weights)) {
    const what = names[call.kernel];
    if (what)
      add(
        what,
        timeOf(binding, rounds, (graph, seed) => corner(graph, replay(graph, seed, call))),
      );
  }
  for (const shape of weights) {
    add(
      'RMSprop',
      timeOf(binding, rounds, graph => {
        const [weight, square, momentum, gradient] = [
          filled(graph, shape),
          filled(graph, shape),
          filled(graph, shape),
          graph.read(filled(graph, shape)),
        ];
        const settings = [0.001, 0.9, 0, 1e-8].map(value => graph.constant([value], 'float', []));
        return [
          graph.constant([1], 'float'),
          graph.effect('ResourceApplyRMSProp', [weight, square, momentum, ...settings, gradient], { T: float }),
        ];
      }),
    );
  }
  return [...found].sort(([, a], [, b]) => b - a);
}

/** The operations of a step, as its graph is built. */
function callsOf(
  layers: ReturnType<typeof chain>,
  side: number,
  n: number,
  weights: readonly (readonly number[])[],
): Call[] {
  const calls: Call[] = [];
  const graph = new Graph();
  const kernels = graphKernels(graph, graph.input('seed', 'int32', [2]));
  const recording = new Proxy(kernels, {
    get:
      (_, kernel: keyof GraphKernels) =>
      (...args: unknown[]) => {
        calls.push({ kernel, args });
        return (kernels[kernel] as (...args: unknown[]) => unknown)(...args);
      },
  });
  chainGradients(recording, layers, {
    images: graph.input('images', 'float', [n, side, side, 1]),
    targets: graph.input('targets', 'float', [n, classesOf(layers)]),
    weights: weights.map((shape, i) => graph.input(`weight_${i}`, 'float', shape)),
  });
  return calls;
}

/** Adds an operation on tensors that are there already. */
function replay(graph: Graph, seed: GraphTensor, { kernel, args }: Call): GraphTensor {
  const kernels = graphKernels(graph, seed);
  const given = args.map(arg => (isTensor(arg) ? graph.read(filled(graph, arg.shape)) : arg));
  // A pool leaves its gradient where the maxima were.
  if (kernel === 'maxPoolGradient') given[2] = kernels.maxPool(given[1] as GraphTensor);
  return (kernels[kernel] as (...args: unknown[]) => GraphTensor)(...given);
}

const isTensor = (arg: unknown): arg is GraphTensor => typeof arg === 'object' && arg !== null && 'shape' in arg;

/** Variables that a graph has, until it is loaded: each is given numbers around zero. */
const toFill = new WeakMap<Graph, string[]>();

function filled(graph: Graph, shape: readonly number[]): GraphTensor {
  const variable = graph.variable(shape);
  const seed = graph.constant([shape.length, toFill.get(graph)?.length ?? 0], 'int32');
  const numbers = graph.one(
    'StatelessRandomNormal',
    [graph.constant(shape, 'int32'), seed],
    { dtype: float, T: { type: 'int32' }, Tseed: { type: 'int32' } },
    shape,
  );
  toFill.set(graph, [...(toFill.get(graph) ?? []), graph.assign(variable, numbers)]);
  return variable;
}

/** The first number of a tensor: TensorFlow computes nothing that nobody asks for. */
function corner(graph: Graph, { name, shape }: GraphTensor): [GraphTensor] {
  const place = (value: number): GraphTensor =>
    graph.constant(
      shape.map(() => value),
      'int32',
    );
  return [
    graph.one(
      'Slice',
      [{ name, shape }, place(0), place(1)],
      { T: float, Index: { type: 'int32' } },
      shape.map(() => 1),
    ),
  ];
}

/** Milliseconds of what `build` adds to a graph: what it tells is asked for, and then this operation is done. */
function timeOf(
  binding: TFJSBinding,
  rounds: number,
  build: (graph: Graph, seed: GraphTensor) => readonly [GraphTensor, effect?: string],
): number {
  const graph = new Graph();
  // Given in each run: what depends on constants alone is computed once.
  const seed = { name: 'seed', shape: [2], values: Int32Array.of(1, 2) };
  const [result, effect] = build(graph, graph.input(seed.name, 'int32', seed.shape));
  const one = graph.constant([1], 'float', []);
  graph.output('done', result, effect === undefined ? [] : [effect]);
  graph.output('nothing', one);
  graph.output('filled', one, toFill.get(graph));
  const session = GraphSession.load(binding, graph);
  session.run([seed], ['filled']);
  const time = (output: string): number => {
    const began = performance.now();
    session.run([seed], [output]);
    return performance.now() - began;
  };
  for (let i = 0; i < 5; i++) time('done');
  const milliseconds = median(Array.from({ length: 10 * rounds }, () => time('done') - time('nothing')));
  session.dispose();
  return milliseconds;
}
