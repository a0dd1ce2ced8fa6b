import type { Lanes } from './assembler';
import { columnsOf, type Geometry } from './convolution';

/** Packs a kernel [kh, kw, c, f] for `assembleConvolution`: by blocks of filters. */
export function packKernel(kernel: Float32Array, panels: Float32Array, g: Geometry, wide: Lanes): void {
  pack(kernel, panels, [g.kernelHeight * g.kernelWidth * g.channels, g.filters], [g.filters, 1], wide);
}

/**
 * Packs a kernel [kh, kw, c, f] for `assembleInputGradient`: row by row, by blocks of the kw * c numbers that a row
 * covers.
 */
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

/** Packs a matrix [rows, columns] with these strides by blocks of columns. */
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
