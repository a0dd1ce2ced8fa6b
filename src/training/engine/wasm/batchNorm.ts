import type * as tf from '../../network/tf';
import type { Kernels, NormalisedBatch } from '../../network/kernels';
import type { Lanes } from './assembler';
import type { Heap } from './heap';
import { assembleMap, assembleSum } from './perChannel';

/**
 * Assembles batch normalisation of [n, h, w, c] and its gradient: a pass for the mean, one for the variance, one for
 * the result.
 */
export function assembleBatchNorm(heap: Heap, wide: Lanes): Kernels<tf.Tensor>['batchNorm'] {
  const { memory } = heap;
  const sum = assembleSum(memory, wide, 1, 0, (_, [x]) => x!);
  const sumOfSquares = assembleSum(memory, wide, 1, 1, (lanes, [x], [mean]) =>
    lanes.mul(lanes.sub(x!, mean!), lanes.sub(x!, mean!)),
  );
  const sumOfProducts = assembleSum(memory, wide, 2, 1, (lanes, [dy, x], [mean]) =>
    lanes.mul(dy!, lanes.sub(x!, mean!)),
  );
  const normalise = assembleMap(memory, wide, 1, 3, (lanes, [x], [mean, scale, beta]) =>
    lanes.add(lanes.mul(lanes.sub(x!, mean!), scale!), beta!),
  );
  const gradientOfInput = assembleMap(memory, wide, 2, 4, (lanes, [dy, x], [mean, scale, slope, shift]) =>
    lanes.sub(lanes.sub(lanes.mul(dy!, scale!), lanes.mul(lanes.sub(x!, mean!), slope!)), shift!),
  );

  return (x, gamma, beta, epsilon) => {
    const images = x.shape[0]!;
    const channels = gamma.size;
    const pixels = x.size / channels;
    const size = [channels, pixels / images, images] as const;
    const [mean, variance, y] = [
      heap.make<tf.Tensor1D>([channels]),
      heap.make<tf.Tensor1D>([channels]),
      heap.make<tf.Tensor4D>(x.shape),
    ];
    const scale = heap.scratch('scale', channels);

    sum(heap.address(x), heap.address(mean), ...size);
    heap.numbers(mean).forEach((total, i, means) => (means[i] = total / pixels));
    sumOfSquares(heap.address(x), heap.address(mean), heap.address(variance), ...size);
    const inverse = heap.numbers(variance).map(total => 1 / Math.sqrt(total / pixels + epsilon));
    heap.numbers(variance).forEach((total, i, variances) => (variances[i] = total / Math.max(pixels - 1, 1)));
    const scales = heap.numbers(gamma).map((value, i) => value * inverse[i]!);
    heap.view(scale, channels).set(scales);
    normalise(heap.address(x), heap.address(mean), scale, heap.address(beta), heap.address(y), channels, pixels);

    const gradient = (dy: tf.Tensor): ReturnType<NormalisedBatch<tf.Tensor>['gradient']> => {
      const [dx, dGamma, dBeta] = [
        heap.make<tf.Tensor4D>(x.shape),
        heap.make<tf.Tensor1D>([channels]),
        heap.make<tf.Tensor1D>([channels]),
      ];
      // Other layers use these scratches too, and may have moved them.
      const [scale, slope, shift] = [
        heap.scratch('scale', channels),
        heap.scratch('slope', channels),
        heap.scratch('shift', channels),
      ];
      sum(heap.address(dy), heap.address(dBeta), ...size);
      sumOfProducts(heap.address(dy), heap.address(x), heap.address(mean), heap.address(dGamma), ...size);
      const gammas = heap.numbers(dGamma);
      gammas.forEach((total, i) => (gammas[i] = total * inverse[i]!));
      heap.view(scale, channels).set(scales);
      heap.view(slope, channels).set(scales.map((value, i) => (value * inverse[i]! * gammas[i]!) / pixels));
      heap.view(shift, channels).set(heap.numbers(dBeta).map((total, i) => (scales[i]! * total) / pixels));
      gradientOfInput(
        heap.address(dy),
        heap.address(x),
        heap.address(mean),
        scale,
        slope,
        shift,
        heap.address(dx),
        channels,
        pixels,
      );
      return { dx, gamma: dGamma, beta: dBeta };
    };
    return { y, mean, variance, gradient };
  };
}
