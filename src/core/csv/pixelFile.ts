import type { Fingerprint } from './fingerprint';
import type { PixelFormat } from './pixelFormat';
import type { ParsedRows } from './rowParser';

/** A pixel CSV in memory. */
export interface PixelFile extends ParsedRows {
  readonly format: PixelFormat;
  /** Rows with problems, those that `problems` has no room for included. */
  readonly problemCount: number;
  readonly fingerprint: Fingerprint;
}
