import type * as tf from '../../network/tf';
import type { Padding } from '../../network/kernels';
import type { Lanes } from './assembler';
import { assembleConvolution, assembleInputGradient, assembleKernelGradient, type Geometry } from './convolution';
import { packKernel, packTransposed } from './packKernel';
import type { Heap } from './heap';

type Shape = tf.Tensor4D['shape'];
type Numbers = Pick<tf.Tensor4D, 'dataId' | 'shape'>;
type Assembled = (...values: number[]) => void;

const bytes = 4;
// What each block of columns reads again should stay in the L2 cache of a core.
const cachedBytes = 256 * 1024;

/**
 * Convolutions and their gradients. Assembles code for a shape when it first occurs. Shapes are those of
 * {@link Kernels}.
 */
export class Convolutions {
  private readonly heap: Heap;
  private readonly wide: Lanes;
  private readonly functions = new Map<string, Assembled>();

  constructor(heap: Heap, wide: Lanes) {
    this.heap = heap;
    this.wide = wide;
  }

  /** Writes the convolution of `x` [n, h, w, c] and `kernel` [kh, kw, c, f] to `y` [n, h', w', f]. */
  convolve(x: Numbers, kernel: Numbers, y: Numbers, padding: Padding): void {
    const g = geometry(x.shape, kernel.shape, padding);
    const panels = this.packed(kernel, packKernel, g);
    const from = this.bordered(x, g, padding);
    const to = this.heap.address(y);
    const convolution = this.assembled('convolution', assembleConvolution, g);
    inParts(x.shape[0], g, (images, offset, outOffset) => convolution(from + offset, panels, to + outOffset, images));
  }

  /** Writes the gradient of the kernel [kh, kw, c, f], from `x` [n, h, w, c] and `dy` [n, h', w', f]. */
  kernelGradient(x: Numbers, dy: Numbers, gradient: Numbers, padding: Padding): void {
    const g = geometry(x.shape, gradient.shape, padding);
    const from = this.bordered(x, g, padding);
    const [slope, to] = [this.heap.address(dy), this.heap.address(gradient)];
    this.heap.view(to, count(gradient.shape)).fill(0);
    const add = this.assembled('kernelGradient', assembleKernelGradient, g);
    inParts(x.shape[0], g, (images, offset, outOffset) => add(from + offset, slope + outOffset, to, images));
  }

  /** Writes the gradient of the input to `dx` [n, h, w, c], from `dy` [n, h', w', f] and `kernel` [kh, kw, c, f]. */
  inputGradient(dy: Numbers, kernel: Numbers, dx: Numbers, padding: Padding): void {
    const g = geometry(dx.shape, kernel.shape, padding);
    const panels = this.packed(kernel, packTransposed, g);
    const from = this.heap.address(dy);
    const size = dx.shape[0] * g.height * g.width * g.channels;
    const to = padding === 'same' ? this.heap.scratch('bordered', size) : this.heap.address(dx);
    this.heap.view(to, size).fill(0);
    const add = this.assembled('inputGradient', assembleInputGradient, g);
    inParts(dx.shape[0], g, (images, offset, outOffset) => add(from + outOffset, panels, to + offset, images));
    if (padding === 'same')
      this.copyRows(dx, g, (inner, bordered, length, all) => all.copyWithin(inner, bordered, bordered + length));
  }

  private assembled(
    kind: string,
    make: (memory: WebAssembly.Memory, g: Geometry, wide: Lanes) => Assembled,
    g: Geometry,
  ): Assembled {
    const key = [kind, ...Object.values(g)].join();
    const assembled = this.functions.get(key) ?? make(this.heap.memory, g, this.wide);
    this.functions.set(key, assembled);
    return assembled;
  }

  /** Packs the kernel [kh, kw, c, f] into panels. Returns their address. */
  private packed(kernel: Numbers, pack: typeof packKernel, g: Geometry): number {
    const size = count(kernel.shape);
    const panels = this.heap.scratch('panels', size);
    pack(this.heap.view(this.heap.address(kernel), size), this.heap.view(panels, size), g, this.wide);
    return panels;
  }

  /** The address of the images [n, h, w, c], with the border of zeros that the padding asks for. */
  private bordered(x: Numbers, g: Geometry, padding: Padding): number {
    if (padding === 'valid') return this.heap.address(x);
    const size = x.shape[0] * g.height * g.width * g.channels;
    const address = this.heap.scratch('bordered', size);
    this.heap.view(address, size).fill(0);
    this.copyRows(x, g, (inner, bordered, length, all) => all.copyWithin(bordered, inner, inner + length));
    return address;
  }

  /**
   * Calls `copy` for each row of the images, with its place in `inner` and in the bordered images, as indices of `all`.
   */
  private copyRows(
    inner: Numbers,
    g: Geometry,
    copy: (inner: number, bordered: number, length: number, all: Float32Array) => void,
  ): void {
    const [images, height, width, channels] = inner.shape;
    const size = images * g.height * g.width * g.channels;
    const bordered = this.heap.scratch('bordered', size) / bytes;
    const first = this.heap.address(inner) / bytes;
    const all = new Float32Array(this.heap.memory.buffer);
    // As in TensorFlow, an odd border is wider at the bottom and on the right.
    const [top, left] = [(g.kernelHeight - 1) >> 1, (g.kernelWidth - 1) >> 1];
    for (let image = 0; image < images; image++) {
      for (let row = 0; row < height; row++) {
        copy(
          first + (image * height + row) * width * channels,
          bordered + ((image * g.height + top + row) * g.width + left) * channels,
          width * channels,
          all,
        );
      }
    }
  }
}

function count(shape: Shape): number {
  return shape.reduce((product, length) => product * length);
}

/** The convolution of the input with its border; shapes: [n, h, w, c] and [kh, kw, c, f]. */
function geometry(
  [, height, width, channels]: Shape,
  [kernelHeight, kernelWidth, , filters]: Shape,
  padding: Padding,
): Geometry {
  const border = padding === 'same' ? 1 : 0;
  return {
    height: height + border * (kernelHeight - 1),
    width: width + border * (kernelWidth - 1),
    channels,
    kernelHeight,
    kernelWidth,
    filters,
  };
}

/** Calls `run` for a few images at a time, with their offsets in input and output, in bytes. */
function inParts(images: number, g: Geometry, run: (images: number, offset: number, outOffset: number) => void): void {
  const inBytes = g.height * g.width * g.channels * bytes;
  const outBytes = (g.height - g.kernelHeight + 1) * (g.width - g.kernelWidth + 1) * g.filters * bytes;
  const part = Math.max(Math.floor(cachedBytes / (inBytes + outBytes)), 1);
  for (let first = 0; first < images; first += part)
    run(Math.min(part, images - first), first * inBytes, first * outBytes);
}
