import type { PixelFile } from '../../core/csv/pixelFile';
import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import { count, plural } from '../../core/text';

/** What a training says of images with the label -1 unless it was told what to do with them. */
export function unlabelledError({ rowNumbers }: PixelFile, images: readonly number[], name: string): DigitsError {
  const first = count(rowNumbers[images[0]!]!);
  const where = images.length === 1 ? `row ${first}` : `${plural(images.length, 'row')}, the first row ${first}`;
  return new DigitsError(
    'unlabelled',
    sentence`${name} has the label -1 in ${where}, which usually stands for "not labelled"; leave these rows out, or train -1 as a class of its own.`,
    undefined,
    images.length,
  );
}

/** A sentence about the images that a training left out. */
export function leftOutWords(images: number, name: string): string {
  return `${plural(images, 'row')} of ${name} with the label -1 ${images === 1 ? 'was' : 'were'} left out as not labelled.`;
}
