import type { ChainLayer } from '../../core/network';
import type { Kernels } from './kernels';
import { batchNormEpsilon } from './model';

/**
 * Takes the gradient of a layer's output, stores the gradients of its weights and returns the gradient of its input.
 */
type Backward<T> = (dy: T) => T | undefined;

/** The inputs of a pass over a batch. */
export interface Pass<T> {
  /** [n, side, side, 1]. */
  readonly images: T;
  /** [n, classes]: probabilities. */
  readonly targets: T;
  /** The trainable weights, in the order of the model: kernels [kh, kw, c, filters] or [inputs, units], vectors [c]. */
  readonly weights: readonly T[];
}

/** The results of a pass over a batch. */
export interface Found<T> {
  /** [n, classes]. */
  readonly logits: T;
  /** The gradient of each trainable weight, in its shape, then mean and variance [c] of each batch normalisation. */
  readonly gradients: readonly T[];
}

/**
 * Computes the gradients of a network from images [n, side, side, 1]. The network is a chain, so each layer's gradient
 * is written out and no tape is kept; JavaScript does no work per pixel.
 */
export function chainGradients<T>(
  kernels: Kernels<T>,
  layers: readonly ChainLayer[],
  { images, targets, weights }: Pass<T>,
): Found<T> {
  const backwards: Backward<T>[] = [];
  const gradients: T[] = [];
  const statistics: T[] = [];
  let x = images;
  let taken = 0;

  layers.forEach((spec, index) => {
    /** A layer before this one is trainable, so this one's input needs a gradient. */
    const needsInputGradient = taken > 0;
    const first = taken;
    const take = (): T => weights[taken++]!;
    const input = x;
    switch (spec.type) {
      case 'crop':
        x = kernels.crop(input, spec.pixels);
        break;
      case 'conv': {
        const kernel = take();
        const active = spec.activation === 'relu';
        // Pooling before bias and ReLU gives the same result as after them, and leaves them a quarter of the work.
        const pools = poolsFirst(layers, index);
        const z = kernels.conv(input, kernel, spec.padding);
        const most = pools ? kernels.maxPool(z) : z;
        const y = (x = active ? kernels.biasRelu(most, take()) : most);
        backwards.push(dy => {
          const dMost = active ? kernels.reluGradient(dy, y) : dy;
          const dz = pools ? kernels.maxPoolGradient(dMost, z, most) : dMost;
          gradients[first] = kernels.convKernelGradient(input, dz, kernels.shapeOf(kernel), spec.padding);
          if (active) gradients[first + 1] = kernels.biasGradient(dMost);
          return needsInputGradient
            ? kernels.convInputGradient(kernels.shapeOf(input), dz, kernel, spec.padding)
            : undefined;
        });
        break;
      }
      case 'batchNorm': {
        const { y, mean, variance, gradient } = kernels.batchNorm(input, take(), take(), batchNormEpsilon);
        statistics.push(mean, variance);
        x = y;
        backwards.push(dy => {
          const { dx, gamma, beta } = gradient(dy);
          gradients[first] = gamma;
          gradients[first + 1] = beta;
          return dx;
        });
        break;
      }
      case 'relu': {
        const y = (x = kernels.relu(input));
        backwards.push(dy => kernels.reluGradient(dy, y));
        break;
      }
      case 'maxPool': {
        if (poolsFirst(layers, index - 1)) break;
        const y = (x = kernels.maxPool(input));
        backwards.push(dy => kernels.maxPoolGradient(dy, input, y));
        break;
      }
      case 'dropout': {
        const mask = kernels.dropoutMask(kernels.shapeOf(input), spec.rate, index);
        x = kernels.mul(input, mask);
        backwards.push(dy => kernels.mul(dy, mask));
        break;
      }
      case 'flatten': {
        const shape = kernels.shapeOf(input);
        x = kernels.reshape(input, [shape[0]!, shape.slice(1).reduce((product, size) => product * size, 1)]);
        backwards.push(dy => kernels.reshape(dy, shape));
        break;
      }
      case 'dense':
      case 'output': {
        const kernel = take();
        const active = spec.type === 'dense' && spec.activation === 'relu';
        const product = kernels.matMul(input, kernel);
        const y = (x = active ? kernels.biasRelu(product, take()) : kernels.bias(product, take()));
        backwards.push(dy => {
          const dz = active ? kernels.reluGradient(dy, y) : dy;
          gradients[first] = kernels.matMul(input, dz, 'a');
          gradients[first + 1] = kernels.biasGradient(dz);
          return needsInputGradient ? kernels.matMul(dz, kernel, 'b') : undefined;
        });
        break;
      }
    }
  });

  let dy: T | undefined = kernels.crossEntropyGradient(x, targets);
  for (const backward of backwards.reverse()) dy = dy && backward(dy);
  return { logits: x, gradients: [...gradients, ...statistics] };
}

/** Whether this layer is a convolution with ReLU, followed by a max pool. */
function poolsFirst(layers: readonly ChainLayer[], index: number): boolean {
  const layer = layers[index];
  return layer?.type === 'conv' && layer.activation === 'relu' && layers[index + 1]?.type === 'maxPool';
}
