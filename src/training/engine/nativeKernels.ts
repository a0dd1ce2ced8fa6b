import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node/dist/nodejs_kernel_backend';
import type { TFEOpAttr, TFJSBinding } from '@tensorflow/tfjs-node/dist/tfjs_binding';
import * as tf from '../tf';
import type { Kernels } from './kernels';

/** TensorFlow's own kernels, called by name: one operation each where tfjs composes several. */
export function nativeKernels(): Kernels {
  const backend = tf.backend() as NodeJSKernelBackend;
  const { binding } = backend;
  const float = typeAttribute(binding, 'T', binding.TF_FLOAT);
  const layout = { name: 'data_format', type: binding.TF_ATTR_STRING, value: 'NHWC' };
  const same = { name: 'padding', type: binding.TF_ATTR_STRING, value: 'SAME' };
  const numbers = (name: string, value: number[]): TFEOpAttr => ({ name, type: binding.TF_ATTR_INT, value });
  const convolution = [float, numbers('strides', [1, 1, 1, 1]), same, layout, numbers('dilations', [1, 1, 1, 1])];
  const pool = [float, numbers('ksize', [1, 2, 2, 1]), numbers('strides', [1, 2, 2, 1]), { ...same, value: 'VALID' }, layout];
  const run = <T extends tf.Tensor>(name: string, attributes: TFEOpAttr[], inputs: tf.Tensor[]): T =>
    backend.executeSingleOutput(name, attributes, inputs) as T;

  return {
    convRelu: (x, kernel, bias) => tf.relu(run<tf.Tensor4D>('BiasAdd', [float, layout], [run('Conv2D', convolution, [x, kernel]), bias])),
    convInputGradient: (shape, dy, kernel) => run('Conv2DBackpropInput', convolution, [tf.tensor1d(shape, 'int32'), kernel, dy]),
    convKernelGradient: (x, dy, shape) => run('Conv2DBackpropFilter', convolution, [x, tf.tensor1d(shape, 'int32'), dy]),
    reluGradient: (dy, y) => run('ReluGrad', [float], [dy, y]),
    biasGradient: dy => run('BiasAddGrad', [float, layout], [dy]),
    maxPoolGradient: (dy, x, y) => run('MaxPoolGrad', pool, [x, y, dy]),
    softmaxCrossEntropy: (logits, classes) => {
      const attributes = [float, typeAttribute(binding, 'Tlabels', binding.TF_INT32)];
      const [loss, gradient] = backend.executeMultipleOutputs('SparseSoftmaxCrossEntropyWithLogits', attributes, [logits, classes], 2);
      return { loss: loss as tf.Tensor1D, gradient: gradient as tf.Tensor2D };
    },
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
