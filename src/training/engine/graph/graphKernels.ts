import type { Kernels, Padding } from '../../network/kernels';
import { float, int32, type Graph, type GraphTensor } from './graph';

/**
 * Kernels that add TensorFlow's operations to a graph; shapes are those of {@link Kernels}. `seed`: [2], for dropout.
 */
export function graphKernels(graph: Graph, seed: GraphTensor): Kernels<GraphTensor> {
  const T = float;
  const window = { ksize: { wholes: [1, 2, 2, 1] }, strides: { wholes: [1, 2, 2, 1] }, padding: { text: 'VALID' } };
  const convolution = (padding: Padding) => ({
    T,
    strides: { wholes: [1, 1, 1, 1] },
    padding: { text: padding.toUpperCase() },
  });
  const whole = (values: readonly number[]): GraphTensor => graph.constant(values, 'int32');
  const number = (value: number): GraphTensor => graph.constant([value], 'float', []);
  const relu = (x: GraphTensor): GraphTensor => graph.one('Relu', [x], { T }, x.shape);
  const bias = (x: GraphTensor, added: GraphTensor): GraphTensor => graph.one('BiasAdd', [x, added], { T }, x.shape);
  const mul = (x: GraphTensor, y: GraphTensor): GraphTensor => graph.one('Mul', [x, y], { T }, x.shape);

  return {
    shapeOf: x => x.shape,
    reshape: (x, shape) => graph.reshape(x, shape),
    crop: (x, pixels) => {
      const [n, height, width, channels] = x.shape as [number, number, number, number];
      const size = [n, height - 2 * pixels, width - 2 * pixels, channels];
      return graph.one('Slice', [x, whole([0, pixels, pixels, 0]), whole(size)], { T, Index: int32 }, size);
    },
    conv: (x, kernel, padding) => {
      const [n, height, width] = x.shape as [number, number, number];
      const [kernelHeight, kernelWidth, , filters] = kernel.shape as [number, number, number, number];
      const lost = padding === 'same' ? [0, 0] : [kernelHeight - 1, kernelWidth - 1];
      return graph.one('Conv2D', [x, kernel], convolution(padding), [n, height - lost[0]!, width - lost[1]!, filters]);
    },
    convInputGradient: (shape, dy, kernel, padding) =>
      graph.one('Conv2DBackpropInput', [whole(shape), kernel, dy], convolution(padding), shape),
    convKernelGradient: (x, dy, shape, padding) =>
      graph.one('Conv2DBackpropFilter', [x, whole(shape), dy], convolution(padding), shape),
    maxPool: x => {
      const [n, height, width, channels] = x.shape as [number, number, number, number];
      return graph.one('MaxPool', [x], { T, ...window }, [n, Math.floor(height / 2), Math.floor(width / 2), channels]);
    },
    maxPoolGradient: (dy, x, y) => graph.one('MaxPoolGrad', [x, y, dy], { T, ...window }, x.shape),
    bias,
    relu,
    biasRelu: (x, added) => relu(bias(x, added)),
    reluGradient: (dy, y) => graph.one('ReluGrad', [dy, y], { T }, dy.shape),
    biasGradient: dy => graph.one('BiasAddGrad', [dy], { T }, [dy.shape.at(-1)!]),
    batchNorm: (x, gamma, beta, epsilon) => {
      const attributes = { T, U: float, epsilon: { float: epsilon }, is_training: { flag: true } };
      const none = graph.constant([], 'float');
      const { shape } = gamma;
      const [y, mean, variance, ...kept] = graph.several('FusedBatchNormV3', [x, gamma, beta, none, none], attributes, [
        x.shape,
        shape,
        shape,
        shape,
        shape,
        shape,
      ]) as [GraphTensor, GraphTensor, GraphTensor, ...GraphTensor[]];
      return {
        y,
        mean,
        variance,
        gradient: dy => {
          const [dx, dGamma, dBeta] = graph.several('FusedBatchNormGradV3', [dy, x, gamma, ...kept], attributes, [
            x.shape,
            shape,
            shape,
          ]) as [GraphTensor, GraphTensor, GraphTensor];
          return { dx, gamma: dGamma, beta: dBeta };
        },
      };
    },
    matMul: (a, b, transposed) => {
      const rows = a.shape[transposed === 'a' ? 1 : 0]!;
      const columns = b.shape[transposed === 'b' ? 0 : 1]!;
      return graph.one(
        'MatMul',
        [a, b],
        { T, transpose_a: { flag: transposed === 'a' }, transpose_b: { flag: transposed === 'b' } },
        [rows, columns],
      );
    },
    mul,
    crossEntropyGradient: (logits, targets) => {
      const [, gradient] = graph.several('SoftmaxCrossEntropyWithLogits', [logits, targets], { T }, [
        [logits.shape[0]!],
        logits.shape,
      ]);
      return mul(gradient!, number(1 / logits.shape[0]!));
    },
    dropoutMask: (shape, rate, layer) => {
      const own = graph.one('AddV2', [seed, whole([layer, 0])], { T: int32 }, seed.shape);
      const uniform = graph.one(
        'StatelessRandomUniform',
        [whole(shape), own],
        { dtype: float, T: int32, Tseed: int32 },
        shape,
      );
      const kept = graph.one('GreaterEqual', [uniform, number(rate)], { T }, shape);
      return mul(graph.one('Cast', [kept], { SrcT: { type: 'bool' }, DstT: float }, shape), number(1 / (1 - rate)));
    },
  };
}
