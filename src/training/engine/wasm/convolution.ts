import { assemble, i32, single, type Code, type FunctionBody, type Lanes, type Local } from './assembler';

/** A convolution of stride 1 without border: images [height, width, channels], kernel [kernelHeight, kernelWidth, channels, filters]. */
export interface Geometry {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  readonly filters: number;
}

// All three work on the images as they are: what a row of the kernel meets of an image, kernelWidth x channels numbers,
// lies side by side, so that a convolution is a sum of matrix products whose rows overlap in memory.

/** Neighbouring columns of a matrix in blocks of one width, which one piece of code computes one after the other. */
export interface Columns {
  readonly first: number;
  readonly blocks: number;
  readonly lanes: Lanes;
  /** How many times the lanes a block has. */
  readonly vectors: number;
  /** Numbers of a block. */
  readonly width: number;
}

// A tile of 4 rows and 2 vectors has 8 sums: with their factors and products they fit the 15 registers that V8 uses on x64.
// Measured: tiles of 5 or 6 rows are half as slow again, for they don't; so are loops unrolled twice.
const tileRows = 4;
const tileVectors = 2;

const bytes = 4;

export function columnsOf(count: number, wide: Lanes): Columns[] {
  const width = tileVectors * wide.count;
  const blocks = Math.floor(count / width);
  const columns: Columns[] = blocks ? [{ first: 0, blocks, lanes: wide, vectors: tileVectors, width }] : [];
  let first = blocks * width;
  for (const lanes of [wide, single]) {
    const vectors = Math.floor((count - first) / lanes.count);
    if (vectors) columns.push({ first, blocks: 1, lanes, vectors, width: vectors * lanes.count });
    first += vectors * lanes.count;
  }
  return columns;
}

/** Sums of products of some rows and a block of columns, in registers. */
class Tile {
  readonly rows: number;
  readonly columns: Columns;
  private readonly f: FunctionBody;
  private readonly sums: readonly Local[];
  private readonly factors: readonly Local[];
  private readonly each: Local;

  constructor(f: FunctionBody, rows: number, columns: Columns) {
    const { lanes, vectors } = columns;
    this.rows = rows;
    this.columns = columns;
    this.f = f;
    this.sums = Array.from({ length: rows * vectors }, () => f.local(lanes.type));
    this.factors = Array.from({ length: vectors }, () => f.local(lanes.type));
    this.each = f.local(lanes.type);
  }

  clear(): void {
    for (const sum of this.sums) this.f.set(sum, this.columns.lanes.each(0));
  }

  /** Adds the products of a number of each row, `rowStride` bytes from one to the next, and the block at `columns`. */
  multiplyAdd(rows: Code, rowStride: number, columns: Code): void {
    const { f, factors, each } = this;
    const { lanes } = this.columns;
    factors.forEach((factor, v) => f.set(factor, lanes.load(columns, v * lanes.count * bytes)));
    for (let row = 0; row < this.rows; row++) {
      f.set(each, lanes.loadEach(rows, row * rowStride));
      factors.forEach((factor, v) => {
        const sum = this.sums[row * factors.length + v]!;
        f.set(sum, lanes.add(sum, lanes.mul(each, factor)));
      });
    }
  }

  /** Writes the sums of a row, or adds them to what is there. */
  store(row: number, address: Code, offset: number, way: 'write' | 'add'): void {
    const { lanes, vectors } = this.columns;
    for (let v = 0; v < vectors; v++) {
      const sum = this.sums[row * vectors + v]!;
      const place = offset + v * lanes.count * bytes;
      this.f.do(lanes.store(address, way === 'add' ? lanes.add(lanes.load(address, place), sum) : sum, place));
    }
  }
}

/** Calls `compute` for tiles that have `count` rows together. */
function forTiles(
  f: FunctionBody,
  counter: Local,
  count: number,
  columns: Columns,
  compute: (tile: Tile) => void,
): void {
  const whole = Math.floor(count / tileRows);
  const rest = count % tileRows;
  if (whole) f.repeat(counter, i32.of(whole), () => compute(new Tile(f, tileRows, columns)));
  if (rest) compute(new Tile(f, rest, columns));
}

/** What the assembled functions take: addresses, and how many images there are one behind the other. */
export type Convolution = (x: number, panels: number, y: number, images: number) => void;
export type KernelGradient = (x: number, dy: number, gradient: number, images: number) => void;
export type InputGradient = (dy: number, panels: number, dx: number, images: number) => void;

/** The convolution; its panels are those of {@link packKernel}. */
export function assembleConvolution(memory: WebAssembly.Memory, g: Geometry, wide: Lanes): Convolution {
  const { rowLength, rowGap, outHeight, outWidth } = lengths(g);
  return assemble(memory, ['i32', 'i32', 'i32', 'i32'], (f, x, panels, y, images) => {
    const [block, image, row, column, kernelRow, k] = [
      f.local('i32'),
      f.local('i32'),
      f.local('i32'),
      f.local('i32'),
      f.local('i32'),
      f.local('i32'),
    ];
    const [pixel, place, panel, target] = [f.local('i32'), f.local('i32'), f.local('i32'), f.local('i32')];

    const compute = (tile: Tile): void => {
      tile.clear();
      f.set(place, pixel);
      f.set(panel, panels);
      f.repeat(kernelRow, i32.of(g.kernelHeight), () => {
        f.repeat(k, i32.of(rowLength), () => {
          tile.multiplyAdd(place, g.channels * bytes, panel);
          f.advance(place, bytes);
          f.advance(panel, tile.columns.width * bytes);
        });
        f.advance(place, (g.width * g.channels - rowLength) * bytes);
      });
      for (let i = 0; i < tile.rows; i++) tile.store(i, target, i * g.filters * bytes, 'write');
      f.advance(pixel, tile.rows * g.channels * bytes);
      f.advance(target, tile.rows * g.filters * bytes);
    };

    for (const columns of columnsOf(g.filters, wide)) {
      f.repeat(block, i32.of(columns.blocks), () => {
        f.set(pixel, x);
        f.set(target, y);
        f.repeat(image, images, () => {
          f.repeat(row, i32.of(outHeight), () => {
            forTiles(f, column, outWidth, columns, compute);
            f.advance(pixel, rowGap * bytes);
          });
          f.advance(pixel, (g.kernelHeight - 1) * g.width * g.channels * bytes);
        });
        f.advance(panels, g.kernelHeight * rowLength * columns.width * bytes);
        f.advance(y, columns.width * bytes);
      });
    }
  });
}

/** Adds the gradient of the kernel to what is there. */
export function assembleKernelGradient(memory: WebAssembly.Memory, g: Geometry, wide: Lanes): KernelGradient {
  const { rowLength, rowGap, outHeight, outWidth } = lengths(g);
  return assemble(memory, ['i32', 'i32', 'i32', 'i32'], (f, x, dy, gradient, images) => {
    const [block, image, row, column, kernelRow, k] = [
      f.local('i32'),
      f.local('i32'),
      f.local('i32'),
      f.local('i32'),
      f.local('i32'),
      f.local('i32'),
    ];
    const [start, pixel, dyPixel, target] = [f.local('i32'), f.local('i32'), f.local('i32'), f.local('i32')];

    const compute = (tile: Tile): void => {
      tile.clear();
      f.set(pixel, start);
      f.set(dyPixel, dy);
      f.repeat(image, images, () => {
        f.repeat(row, i32.of(outHeight), () => {
          f.repeat(column, i32.of(outWidth), () => {
            tile.multiplyAdd(pixel, bytes, dyPixel);
            f.advance(pixel, g.channels * bytes);
            f.advance(dyPixel, g.filters * bytes);
          });
          f.advance(pixel, rowGap * bytes);
        });
        f.advance(pixel, (g.kernelHeight - 1) * g.width * g.channels * bytes);
      });
      for (let i = 0; i < tile.rows; i++) tile.store(i, target, i * g.filters * bytes, 'add');
      f.advance(start, tile.rows * bytes);
      f.advance(target, tile.rows * g.filters * bytes);
    };

    for (const columns of columnsOf(g.filters, wide)) {
      f.repeat(block, i32.of(columns.blocks), () => {
        f.set(start, x);
        f.set(target, gradient);
        f.repeat(kernelRow, i32.of(g.kernelHeight), () => {
          forTiles(f, k, rowLength, columns, compute);
          f.advance(start, (g.width * g.channels - rowLength) * bytes);
        });
        f.advance(dy, columns.width * bytes);
        f.advance(gradient, columns.width * bytes);
      });
    }
  });
}

/** Adds the gradient of the input to what is there; its panels are those of {@link packTransposed}. */
export function assembleInputGradient(memory: WebAssembly.Memory, g: Geometry, wide: Lanes): InputGradient {
  const { rowLength, rowGap, outHeight, outWidth } = lengths(g);
  return assemble(memory, ['i32', 'i32', 'i32', 'i32'], (f, dy, panels, dx, images) => {
    const [block, image, row, column, kernelRow, k] = [
      f.local('i32'),
      f.local('i32'),
      f.local('i32'),
      f.local('i32'),
      f.local('i32'),
      f.local('i32'),
    ];
    const [dyPixel, panel, target] = [f.local('i32'), f.local('i32'), f.local('i32')];

    const compute = (tile: Tile): void => {
      tile.clear();
      f.set(panel, panels);
      f.repeat(k, i32.of(g.filters), () => {
        tile.multiplyAdd(dyPixel, g.filters * bytes, panel);
        f.advance(dyPixel, bytes);
        f.advance(panel, tile.columns.width * bytes);
      });
      f.advance(dyPixel, (tile.rows - 1) * g.filters * bytes);
      // One pixel after the other: where a block is wider than a pixel, they share numbers.
      for (let i = 0; i < tile.rows; i++) tile.store(i, target, i * g.channels * bytes, 'add');
      f.advance(target, tile.rows * g.channels * bytes);
    };

    f.repeat(kernelRow, i32.of(g.kernelHeight), () => {
      for (const columns of columnsOf(rowLength, wide)) {
        f.repeat(block, i32.of(columns.blocks), () => {
          f.set(dyPixel, dy);
          f.set(target, dx);
          f.repeat(image, images, () => {
            f.repeat(row, i32.of(outHeight), () => {
              forTiles(f, column, outWidth, columns, compute);
              f.advance(target, rowGap * bytes);
            });
            f.advance(target, (g.kernelHeight - 1) * g.width * g.channels * bytes);
          });
          f.advance(panels, g.filters * columns.width * bytes);
          f.advance(dx, columns.width * bytes);
        });
      }
      f.advance(dx, (g.width * g.channels - rowLength) * bytes);
    });
  });
}

/** Numbers that one row of the kernel meets, those of an image row behind the last output, and the size of the output. */
function lengths({ height, width, channels, kernelHeight, kernelWidth }: Geometry) {
  return {
    rowLength: kernelWidth * channels,
    rowGap: (kernelWidth - 1) * channels,
    outHeight: height - kernelHeight + 1,
    outWidth: width - kernelWidth + 1,
  };
}
