import type { Lanes } from './assembler';
import { columnsOf, type Geometry } from './convolution';

/** Writes the kernel as `assembleConvolution` reads it: block after block of filters. */
export function packKernel(kernel: Float32Array, panels: Float32Array, g: Geometry, wide: Lanes): void {
  pack(kernel, panels, [g.kernelHeight * g.kernelWidth * g.channels, g.filters], [g.filters, 1], wide);
}

/** Writes the kernel as `assembleInputGradient` reads it: for each of its rows, block after block of what the row meets. */
export function packTransposed(kernel: Float32Array, panels: Float32Array, g: Geometry, wide: Lanes): void {
  const size = g.kernelWidth * g.channels * g.filters;
  for (let row = 0; row < g.kernelHeight; row++) {
    pack(
      kernel.subarray(row * size),
      panels.subarray(row * size),
      [g.filters, g.kernelWidth * g.channels],
      [1, g.filters],
      wide,
    );
  }
}

/** Writes a matrix of this size, whose rows and columns are this far apart, block after block of columns. */
function pack(
  matrix: Float32Array,
  panels: Float32Array,
  [rows, columns]: [number, number],
  [rowStride, columnStride]: [number, number],
  wide: Lanes,
): void {
  let to = 0;
  for (const { first, blocks, width } of columnsOf(columns, wide)) {
    for (let start = first; start < first + blocks * width; start += width) {
      for (let row = 0; row < rows; row++) {
        for (let column = start; column < start + width; column++)
          panels[to++] = matrix[row * rowStride + column * columnStride]!;
      }
    }
  }
}
