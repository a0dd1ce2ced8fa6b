import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node/dist/nodejs_kernel_backend';
import type { TFEOpAttr, TFJSBinding } from '@tensorflow/tfjs-node/dist/tfjs_binding';
import * as tf from '../tf';
import type { Kernels, Padding } from './kernels';

/** TensorFlow's own kernels, called by name: one operation each where tfjs composes several. */
export function nativeKernels(): Kernels {
  const backend = tf.backend() as NodeJSKernelBackend;
  const { binding } = backend;
  const float = typeAttribute(binding, 'T', binding.TF_FLOAT);
  const layout = { name: 'data_format', type: binding.TF_ATTR_STRING, value: 'NHWC' };
  const padded = (padding: Padding): TFEOpAttr => ({ name: 'padding', type: binding.TF_ATTR_STRING, value: padding === 'same' ? 'SAME' : 'VALID' });
  const numbers = (name: string, value: number[]): TFEOpAttr => ({ name, type: binding.TF_ATTR_INT, value });
  const convolution = (padding: Padding): TFEOpAttr[] => [float, numbers('strides', [1, 1, 1, 1]), padded(padding), layout, numbers('dilations', [1, 1, 1, 1])];
  const pool = [float, numbers('ksize', [1, 2, 2, 1]), numbers('strides', [1, 2, 2, 1]), padded('valid'), layout];
  const flag = (name: string): TFEOpAttr => ({ name, type: binding.TF_ATTR_BOOL, value: false });
  const nearest = [float, flag('align_corners'), flag('half_pixel_centers')];
  const run = <T extends tf.Tensor>(name: string, attributes: TFEOpAttr[], inputs: tf.Tensor[]): T =>
    backend.executeSingleOutput(name, attributes, inputs) as T;

  return {
    conv: (x, kernel, padding) => run('Conv2D', convolution(padding), [x, kernel]),
    biasRelu: (x, bias) => tf.relu(run<tf.Tensor4D>('BiasAdd', [float, layout], [x, bias])),
    convInputGradient: (shape, dy, kernel, padding) => run('Conv2DBackpropInput', convolution(padding), [tf.tensor1d(shape, 'int32'), kernel, dy]),
    convKernelGradient: (x, dy, shape, padding) => run('Conv2DBackpropFilter', convolution(padding), [x, tf.tensor1d(shape, 'int32'), dy]),
    reluGradient: (dy, y) => run('ReluGrad', [float], [dy, y]),
    biasGradient: dy => run('BiasAddGrad', [float, layout], [dy]),
    maxPoolGradient: (dy, x, y) => {
      const [, height, width] = x.shape;
      if (height % 2 === 1 || width % 2 === 1) return run('MaxPoolGrad', pool, [x, y, dy]);
      // Elementwise, in half the time of MaxPoolGrad: where a pixel is its window's maximum, its share among those that are.
      const size = tf.tensor1d([height, width], 'int32');
      const spread = (small: tf.Tensor4D): tf.Tensor4D => run('ResizeNearestNeighbor', nearest, [small, size]);
      const isMost: tf.Tensor4D = tf.cast(tf.equal(x, spread(y)), 'float32');
      return tf.mul(isMost, spread(tf.div(dy, tf.mul(tf.avgPool(isMost, 2, 2, 'valid'), 4))));
    },
    batchNorm: (x, gamma, beta, epsilon) => {
      const attributes = [
        float,
        typeAttribute(binding, 'U', binding.TF_FLOAT),
        { name: 'epsilon', type: binding.TF_ATTR_FLOAT, value: epsilon },
        layout,
        { name: 'is_training', type: binding.TF_ATTR_BOOL, value: true },
      ];
      const none = tf.tensor1d([]);
      const average = { name: 'exponential_avg_factor', type: binding.TF_ATTR_FLOAT, value: 1 };
      const [y, mean, variance, ...reserve] = backend.executeMultipleOutputs('FusedBatchNormV3', [...attributes, average], [x, gamma, beta, none, none], 6);
      return {
        y: y as tf.Tensor4D,
        mean: mean as tf.Tensor1D,
        variance: variance as tf.Tensor1D,
        gradient: dy => {
          const [dx, dGamma, dBeta] = backend.executeMultipleOutputs('FusedBatchNormGradV3', attributes, [dy, x, gamma, ...reserve], 5);
          return { dx: dx as tf.Tensor4D, gamma: dGamma as tf.Tensor1D, beta: dBeta as tf.Tensor1D };
        },
      };
    },
    softmaxCrossEntropy: (logits, targets) => backend.executeMultipleOutputs('SoftmaxCrossEntropyWithLogits', [float], [logits, targets], 2)[1] as tf.Tensor2D,
    dropoutMask: (shape, rate, seed) => {
      const attributes = [typeAttribute(binding, 'dtype', binding.TF_FLOAT), typeAttribute(binding, 'T', binding.TF_INT32), typeAttribute(binding, 'Tseed', binding.TF_INT32)];
      const uniform = run('StatelessRandomUniform', attributes, [tf.tensor1d([...shape], 'int32'), tf.tensor1d([...seed], 'int32')]);
      return tf.mul(tf.cast(tf.greaterEqual(uniform, rate), 'float32'), 1 / (1 - rate));
    },
  };
}

function typeAttribute(binding: TFJSBinding, name: string, value: number): TFEOpAttr {
  return { name, type: binding.TF_ATTR_TYPE, value };
}
