import { Lru } from '../../../src/core/lru';
import type { ImagePage } from '../../../src/protocol/imagePage';
import type { DigitPixels } from '../../shared/ink';

/** Rows per request. */
const BATCH = 64;
const BYTES_KEPT = 32 << 20;

export interface RowImagesOptions {
  readonly side: number;
  readonly fullInk: number;
  readonly fetch: (rows: readonly number[]) => Promise<ImagePage>;
  /** Called when images arrived. */
  readonly changed: () => void;
  readonly failed: (error: unknown) => void;
}

/** Images of rows anywhere in a file: fetched when they come into view, those seen least recently forgotten. */
export class RowImages {
  private readonly options: RowImagesOptions;
  private readonly images = new Lru<number, DigitPixels>();
  /** Rows that the file does not have; they are not requested again. */
  private readonly missing = new Set<number>();
  private wanted: readonly number[] = [];
  private loading = false;

  constructor(options: RowImagesOptions) {
    this.options = options;
  }

  /** The image, once it arrived. */
  get(row: number): DigitPixels | undefined {
    return this.images.get(row);
  }

  /** Fetches what is missing of these rows. Replaces what was wanted before. */
  want(rows: readonly number[]): void {
    this.wanted = rows.filter(row => !this.images.use(row) && !this.missing.has(row));
    if (!this.loading) void this.load();
  }

  private async load(): Promise<void> {
    this.loading = true;
    try {
      while (this.wanted.length > 0) {
        const batch = this.wanted.slice(0, BATCH);
        this.wanted = this.wanted.slice(BATCH);
        this.keep(batch, await this.options.fetch(batch));
        this.options.changed();
      }
    } catch (error) {
      this.wanted = [];
      this.options.failed(error);
    } finally {
      this.loading = false;
    }
  }

  private keep(batch: readonly number[], { rows, pixels }: ImagePage): void {
    const area = this.options.side ** 2;
    rows.forEach((row, i) =>
      this.images.set(row, { pixels: pixels.subarray(i * area, (i + 1) * area), fullInk: this.options.fullInk }),
    );
    for (const row of batch) if (!this.images.has(row)) this.missing.add(row);
    this.wanted = this.wanted.filter(row => !this.images.has(row));
    this.images.trim(Math.floor(BYTES_KEPT / area));
  }
}
