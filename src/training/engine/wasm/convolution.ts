import { assemble, i32, single, type Code, type FunctionBody, type Lanes, type Local } from './assembler';

/**
 * A convolution of stride 1 without padding: images [n, h, w, c], kernel [kh, kw, c, f], output
 * [n, h - kh + 1, w - kw + 1, f].
 */
export interface Geometry {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  readonly filters: number;
}

// All three work on the images in place: the kw * c numbers that a kernel row covers are contiguous, so a convolution is a
// sum of matrix products whose rows overlap in memory.

/** Adjacent columns of a matrix, in blocks of one width that share code. */
export interface Columns {
  readonly first: number;
  readonly blocks: number;
  readonly lanes: Lanes;
  /** Vectors per block, of `lanes.count` numbers each. */
  readonly vectors: number;
  /** Numbers per block. */
  readonly width: number;
}

// A tile of 4 rows and 2 vectors has 8 sums: with factors and products they fit the 15 registers that V8 uses on x64.
// Measured: tiles of 5 or 6 rows, which do not fit, take half as long again; so do loops unrolled twice.
const tileRows = 4;
const tileVectors = 2;

const bytes = 4;

/** Divides `count` columns into blocks: wide ones first, then what is left over. */
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

/** Sums of products of some rows and a block of columns, kept in registers. */
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

  /** Adds the products of one number of each row and the block at `columns`; rows are `rowStride` bytes apart. */
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

  /** Writes the sums of a row, or adds them to those in memory. */
  store(row: number, address: Code, offset: number, way: 'write' | 'add'): void {
    const { lanes, vectors } = this.columns;
    for (let v = 0; v < vectors; v++) {
      const sum = this.sums[row * vectors + v]!;
      const place = offset + v * lanes.count * bytes;
      this.f.do(lanes.store(address, way === 'add' ? lanes.add(lanes.load(address, place), sum) : sum, place));
    }
  }
}

/** Calls `compute` for tiles that together have `count` rows. */
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

/** An assembled function of addresses; `images`: n. `x`: [n, h, w, c], `y`: [n, h - kh + 1, w - kw + 1, f]. */
export type Convolution = (x: number, panels: number, y: number, images: number) => void;
/** The same; `dy` has the shape of `y`, `gradient` is [kh, kw, c, f]. */
export type KernelGradient = (x: number, dy: number, gradient: number, images: number) => void;
/** The same; `dx` is [n, h, w, c]. */
export type InputGradient = (dy: number, panels: number, dx: number, images: number) => void;

/** Assembles the convolution. Its panels come from {@link packKernel}. */
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

/** Assembles the gradient of the kernel, which is added to that in memory. */
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

/**
 * Assembles the gradient of the input, which is added to that in memory. Its panels come from {@link packTransposed}.
 */
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
      // Pixel by pixel: where a block is wider than a pixel, neighbours overlap.
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

/**
 * Numbers that a kernel row covers, numbers at the end of an image row without an output, and the size of the output.
 */
function lengths({ height, width, channels, kernelHeight, kernelWidth }: Geometry) {
  return {
    rowLength: kernelWidth * channels,
    rowGap: (kernelWidth - 1) * channels,
    outHeight: height - kernelHeight + 1,
    outWidth: width - kernelWidth + 1,
  };
}
