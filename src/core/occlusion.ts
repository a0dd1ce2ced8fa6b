/**
 * How an image is covered part by part with paper (Zeiler and Fergus 2014, "Visualizing and Understanding Convolutional
 * Networks", section 4.2): each cell of a grid in turn, and a margin around it. What a cell's colour says is then exactly
 * what happened when it was covered.
 */
export interface OcclusionGrid {
  readonly side: number;
  /** Pixels along a cell; the last cell of a line may have fewer. */
  readonly cell: number;
  /** Pixels that a patch reaches beyond its cell, on each side. */
  readonly margin: number;
  /** Cells along the side. */
  readonly cells: number;
}

/** What a network loses with each part of an image. */
export interface OcclusionMap {
  readonly grid: OcclusionGrid;
  /** The class that the network sees in the whole image, as an index, and its probability. */
  readonly predicted: number;
  readonly probability: number;
  /** By how much that probability falls when a cell is covered, row by row; below zero where it rises. */
  readonly drops: Float32Array;
}

/** The first and the last pixel row and column of a part of an image, counted from 1. */
export interface PixelBox {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** The grid for images of this side: patches of about an eighth of it, which overlap by half, and of three pixels at least. */
export function occlusionGrid(side: number): OcclusionGrid {
  const cell = Math.max(1, Math.round(side / 16));
  const margin = Math.max(1, Math.round((side / 8 - cell) / 2));
  return { side, cell, margin, cells: Math.ceil(side / cell) };
}

/** The pixels that are covered with a cell, margin included. */
export function patchOf({ side, cell, margin, cells }: OcclusionGrid, index: number): PixelBox {
  const row = Math.floor(index / cells) * cell;
  const column = (index % cells) * cell;
  return {
    top: Math.max(row - margin, 0) + 1,
    bottom: Math.min(row + cell + margin, side),
    left: Math.max(column - margin, 0) + 1,
    right: Math.min(column + cell + margin, side),
  };
}

/** Copies of an image, one after the other, each with one patch covered; `cells` says which. */
export interface CoveredImages {
  readonly cells: readonly number[];
  readonly pixels: Uint8Array;
}

/** Covers an image part by part. Patches without ink are left out: paper on paper changes nothing. */
export function coverImage(image: Uint8Array, grid: OcclusionGrid): CoveredImages {
  const covered: { readonly cell: number; readonly copy: Uint8Array }[] = [];
  for (let cell = 0; cell < grid.cells ** 2; cell++) {
    const { top, bottom, left, right } = patchOf(grid, cell);
    const copy = image.slice();
    let hasInk = false;
    for (let row = top - 1; row < bottom; row++) {
      const line = copy.subarray(row * grid.side + left - 1, row * grid.side + right);
      hasInk ||= line.some(value => value > 0);
      line.fill(0);
    }
    if (hasInk) covered.push({ cell, copy });
  }
  const pixels = new Uint8Array(covered.length * image.length);
  covered.forEach(({ copy }, i) => pixels.set(copy, i * image.length));
  return { cells: covered.map(({ cell }) => cell), pixels };
}

/** The map, given the probabilities of the whole image and of the covered ones (images x classes). */
export function occlusionMap(
  grid: OcclusionGrid,
  cells: readonly number[],
  whole: Float32Array,
  covered: Float32Array,
): OcclusionMap {
  const classes = whole.length;
  const predicted = whole.reduce((best, value, index) => (value > whole[best]! ? index : best), 0);
  const drops = new Float32Array(grid.cells ** 2);
  cells.forEach((cell, i) => (drops[cell] = whole[predicted]! - covered[i * classes + predicted]!));
  return { grid, predicted, probability: whole[predicted]!, drops };
}

/** A fall of the probability that is none, as people read it. */
const LEAST_DROP = 0.005;

/**
 * The part that matters most: the cell whose covering costs the most and all that join it and cost at least half as much.
 * Undefined where no part matters.
 */
export function mostImportant({ grid, drops }: OcclusionMap): PixelBox | undefined {
  const { cells, cell, side } = grid;
  const first = drops.reduce((best, value, index) => (value > drops[best]! ? index : best), 0);
  const most = drops[first]!;
  if (!(most >= LEAST_DROP)) return undefined;
  const found = new Set([first]);
  for (const index of found) {
    const column = index % cells;
    const beside = [
      index - cells,
      index + cells,
      ...(column > 0 ? [index - 1] : []),
      ...(column < cells - 1 ? [index + 1] : []),
    ];
    for (const next of beside) if (next >= 0 && next < drops.length && drops[next]! >= most / 2) found.add(next);
  }
  const rows = [...found].map(index => Math.floor(index / cells));
  const columns = [...found].map(index => index % cells);
  return {
    top: Math.min(...rows) * cell + 1,
    bottom: Math.min((Math.max(...rows) + 1) * cell, side),
    left: Math.min(...columns) * cell + 1,
    right: Math.min((Math.max(...columns) + 1) * cell, side),
  };
}
