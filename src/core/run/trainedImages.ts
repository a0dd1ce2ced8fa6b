import type { ImageHashes } from '../data/imageHash';
import { DigitsError } from '../errors';
import { sentence } from '../sentence';
import { count, plural } from '../text';
import { decodeSafetensors, encodeSafetensors } from './safetensors';

/** The images of a run's training file, in the order of their rows: by what each is known again. */
export interface TrainedImages {
  /** Row numbers in the file, from 1. */
  readonly rows: Uint32Array;
  /** Class of each. */
  readonly classes: Uint16Array;
  readonly hashes: ImageHashes;
  /** 1 for an image that was trained on, 0 for one of the validation set. */
  readonly trained: Uint16Array;
}

/** As a file: rows, classes, trained and two hashes, [n] each. */
export function encodeTrainedImages({ rows, classes, hashes, trained }: TrainedImages): Uint8Array {
  const shape = [rows.length];
  return encodeSafetensors({
    rows: { shape, data: rows },
    first: { shape, data: hashes.first },
    second: { shape, data: hashes.second },
    classes: { shape, data: classes },
    trained: { shape, data: trained },
  });
}

/** The other direction. Throws `read-failed` with `file` where it is damaged. */
export function decodeTrainedImages(bytes: Uint8Array, file: string): TrainedImages {
  const tensors = decodeSafetensors(bytes, file);
  const [rows, first, second] = ['rows', 'first', 'second'].map(name => tensors.get(name));
  const [classes, trained] = ['classes', 'trained'].map(name => tensors.get(name));
  if (
    !(rows instanceof Uint32Array && first instanceof Uint32Array && second instanceof Uint32Array) ||
    !(classes instanceof Uint16Array && trained instanceof Uint16Array) ||
    [first, second, classes, trained].some(({ length }) => length !== rows.length)
  )
    throw new DigitsError(
      'read-failed',
      sentence`${file} is damaged; delete this run and train again.`,
      'its arrays do not belong together',
    );
  return { rows, classes, hashes: { first, second }, trained };
}

/** How many of some images were trained on. */
export function countTrained({ hashes, trained }: TrainedImages, images: ImageHashes): number {
  const known = new Set<number>();
  trained.forEach((isTrained, image) => {
    if (isTrained === 1) known.add(keyOf(hashes, image));
  });
  let found = 0;
  for (let image = 0; image < images.first.length; image++) if (known.has(keyOf(images, image))) found++;
  return found;
}

/**
 * What differs between the images of a file before and now, in words; undefined where they are the same in the same rows,
 * however the file writes them. `labels`: of the classes.
 */
export function changeOf(before: TrainedImages, now: TrainedImages, labels: readonly number[]): string | undefined {
  const images = before.rows.length;
  if (now.rows.length !== images) return `it had ${plural(images, 'image')} and has ${count(now.rows.length)}`;
  const relabelled: number[] = [];
  const redrawn: number[] = [];
  for (let image = 0; image < images; image++) {
    if (before.rows[image] !== now.rows[image]) return `row ${count(before.rows[image]!)} can't be read any more`;
    if (before.classes[image] !== now.classes[image]) relabelled.push(image);
    if (keyOf(before.hashes, image) !== keyOf(now.hashes, image)) redrawn.push(image);
  }
  const row = (image: number): string => count(now.rows[image]!);
  const words: string[] = [];
  if (relabelled.length > 0) {
    const [first] = relabelled as [number];
    const [was, is] = [before, now].map(({ classes }) => labels[classes[first]!]);
    words.push(
      relabelled.length === 1
        ? `the label of row ${row(first)} was ${was} and is ${is}`
        : `${count(relabelled.length)} labels differ, the first in row ${row(first)}, which was ${was} and is ${is}`,
    );
  }
  if (redrawn.length > 0) {
    const where = `row ${row(redrawn[0]!)}`;
    words.push(
      redrawn.length === 1
        ? `the pixels of ${where} differ`
        : `the pixels of ${plural(redrawn.length, 'row')} differ, the first ${where}`,
    );
  }
  return words.length > 0 ? words.join('; ') : undefined;
}

/** Both hashes in one number: 53 bits of the 64. */
function keyOf({ first, second }: ImageHashes, image: number): number {
  return first[image]! * 2 ** 21 + (second[image]! >>> 11);
}
