import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm/dist/backend_wasm';
import * as tf from '../../network/tf';
import type { Convolutions } from './convolutions';

const name = 'BatchMatMul';
const backendName = 'wasm';

/**
 * Replaces the backend's product of a transposed matrix and another, [inner, rows] and [inner, columns] or
 * [rows, inner] and [columns, inner] to [rows, columns]. The gradients of dense layers are such products, and the
 * backend computes them number by number. A dense layer is a convolution of one row of pixels with a 1x1 kernel.
 */
export function registerTransposedProducts(convolutions: Convolutions): void {
  const kernel = tf.getKernel(name, backendName);
  tf.unregisterKernel(name, backendName);
  tf.registerKernel({
    ...kernel,
    kernelFunc: parameters => {
      const { a, b } = parameters.inputs as unknown as { readonly a: tf.Tensor; readonly b: tf.Tensor };
      const { transposeA, transposeB } = parameters.attrs as unknown as {
        readonly transposeA: boolean;
        readonly transposeB: boolean;
      };
      if (a.shape.length !== 2 || b.shape.length !== 2 || transposeA === transposeB)
        return kernel.kernelFunc(parameters);
      const [[rows, columns], [otherRows, otherColumns]] = [a.shape, b.shape] as [[number, number], [number, number]];
      const product = (parameters.backend as BackendWasm).makeOutput(
        transposeA ? [columns, otherColumns] : [rows, otherRows],
        'float32',
      );
      const matrix = ({ dataId }: tf.TensorInfo, rows: number, columns: number) => ({
        dataId,
        shape: [1, 1, rows, columns] as [number, number, number, number],
      });
      if (transposeA)
        convolutions.kernelGradient(
          matrix(a, rows, columns),
          matrix(b, rows, otherColumns),
          matrix(product, columns, otherColumns),
          'valid',
        );
      else
        convolutions.inputGradient(
          matrix(a, rows, columns),
          matrix(b, otherRows, otherColumns),
          matrix(product, rows, otherRows),
          'valid',
        );
      return product;
    },
  });
}
