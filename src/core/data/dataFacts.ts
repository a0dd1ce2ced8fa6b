import type { RowProblem } from '../csv/pixelFormat';
import type { PixelFile } from '../csv/pixelFile';
import type { ErrorCode } from '../errors';
import { checkData, type DataCheck } from './checkData';
import { findDuplicates, type Duplicates, type FileRole, type ImageSource } from './duplicates';
import { fullInk } from './fullInk';
import { meanImages } from './meanImages';

/** Of more classes, only the first have a mean image. */
const MOST_MEANS = 256;

/** What one file of a data set holds. */
export interface FileFacts extends Pick<DataCheck, 'rows' | 'images' | 'classes' | 'classCounts' | 'rareLabels'> {
  readonly role: FileRole;
  /** Without its folder. */
  readonly name: string;
  readonly side: number;
  readonly hasLabels: boolean;
  /** Rows that can't be read: how many, and the first of them. */
  readonly problemCount: number;
  readonly problems: readonly RowProblem[];
  /** Rows with a missing value, and such values in all rows with as many values as the header. */
  readonly missingRows: number;
  readonly missingValues: number;
  /** The least and the highest pixel; undefined where there is no image. */
  readonly pixelRange: readonly [number, number] | undefined;
  /** The value that stands for full ink. */
  readonly fullInk: number;
  /** The mean image of each of the first classes, side*side bytes each. */
  readonly means: Uint8Array;
}

/** Why there are no facts of a file. */
export interface FileFailure {
  readonly role: FileRole;
  readonly name: string;
  readonly code: ErrorCode;
  /** A sentence that names the file and says what to do. */
  readonly message: string;
}

/** What a data set holds. */
export interface DataFacts {
  /** The training file first. */
  readonly files: readonly (FileFacts | FileFailure)[];
  readonly duplicates: Duplicates;
}

/** A file of a data set on disk. */
export interface DataFile {
  readonly role: FileRole;
  readonly path: string;
}

/** How far the facts of a data set are. `share`: of the whole, 0 to 1. */
export type FactsProgress =
  | { readonly phase: 'reading'; readonly file: string; readonly share: number }
  | { readonly phase: 'comparing'; readonly share: number };

/** A file of a data set in memory. */
export interface LoadedFile {
  readonly role: FileRole;
  readonly name: string;
  readonly file: PixelFile;
}

/** The files that could be read. */
export function readableFiles({ files }: DataFacts): readonly FileFacts[] {
  return files.filter(file => 'rows' in file);
}

/** Counts what there is to count in a file. Throws `mismatch` where its labels are no classes. */
export function fileFacts({ role, name, file }: LoadedFile): FileFacts {
  const {
    pixels,
    format: { side },
    maxPixel,
    missingValues,
  } = file;
  const { classIndices, missing, ...check } = checkData(file, name);
  const { rows, images, classes, classCounts, rareLabels, problemCount, problems } = check;
  return {
    role,
    name,
    side,
    hasLabels: classIndices !== undefined,
    rows,
    images,
    classes,
    classCounts,
    rareLabels,
    problemCount,
    problems,
    missingRows: missing,
    missingValues,
    pixelRange: images === 0 ? undefined : [leastPixel(pixels), maxPixel],
    fullInk: fullInk(maxPixel),
    means: classIndices
      ? meanImages(pixels, classIndices, Math.min(classes.length, MOST_MEANS), side * side)
      : new Uint8Array(),
  };
}

/** Finds the images that are in these files more than once; they have images of one size. */
export function duplicatesOf(files: readonly LoadedFile[]): Duplicates {
  const area = (files[0]?.file.format.side ?? 1) ** 2;
  return findDuplicates(
    files.map(({ role, file: { pixels, labels, rowNumbers } }): ImageSource => ({ role, pixels, labels, rowNumbers })),
    area,
  );
}

function leastPixel(pixels: Uint8Array): number {
  let least = 255;
  for (let i = 0; i < pixels.length && least > 0; i++) if (pixels[i]! < least) least = pixels[i]!;
  return least;
}
