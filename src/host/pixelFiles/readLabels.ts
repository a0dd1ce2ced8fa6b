import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import { eachBlockOfLines } from '../../store/pixelFile/fileBlocks';
import { UNREADABLE, type FileLabels } from '../../core/csv/fileLabels';
import { whileUnchanged } from '../../store/pixelFile/fileState';
import type { OpenPixelFile } from '../../store/pixelFile/openPixelFile';
import { RowParser } from '../../core/csv/rowParser';

/** More labels than people tell apart: a column with more of them holds something else. */
const MOST_LABELS = 1000;

export interface ReadLabelsOptions {
  /** Called about once a megabyte with the share that was read, 0 to 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
  /** Only tests set it. */
  readonly blockBytes?: number | undefined;
}

/**
 * Reads the labels of a file of `rows` rows. Rows are read whole, so that those that can't be are told from others. Throws
 * `mismatch` for a column with far too many labels or a file that was written since it was opened, `bad-row` for a line that
 * is far too long, and file system errors as they are.
 */
export async function readLabels(
  opened: OpenPixelFile,
  rows: number,
  options: ReadLabelsOptions = {},
): Promise<FileLabels> {
  const { format, name, size } = opened;
  const found = new LabelsByAppearance(rows, name);
  let place = { row: 1, line: 2 };
  const consume = (bytes: Buffer, from: number, end: number): boolean => {
    // A value takes a byte at least: the delimiter or line break behind it.
    const capacity = Math.ceil((end - from) / format.columns);
    const parser = new RowParser(name, format, {
      startRow: place.row,
      startLine: place.line,
      first: place.row,
      count: Infinity,
      capacity,
      maxProblems: 0,
      keepPixels: false,
    });
    parser.parse(bytes, from, end);
    const { labels, rowNumbers } = parser.result();
    rowNumbers.forEach((number, at) => found.add(number, labels?.[at] ?? 0));
    place = parser.place();
    return true;
  };
  await whileUnchanged(opened, () =>
    eachBlockOfLines(opened, { ...options, from: format.dataOffset, to: size, place: () => place }, consume),
  );
  return found.sorted();
}

/** Labels get their places in the order of their first appearance, and in their own order at the end. */
class LabelsByAppearance {
  private readonly places = new Map<number, number>();
  private readonly counts: number[] = [];
  private readonly classes: Uint16Array;
  private readonly name: string;

  constructor(rows: number, name: string) {
    this.classes = new Uint16Array(rows).fill(UNREADABLE);
    this.name = name;
  }

  add(row: number, label: number): void {
    // The file has grown since its rows were counted.
    if (row > this.classes.length) return;
    let place = this.places.get(label);
    if (place === undefined) {
      place = this.places.size;
      if (place === MOST_LABELS)
        throw new DigitsError(
          'mismatch',
          sentence`${this.name} has more than ${MOST_LABELS} different labels, too many to filter by; check its column "label".`,
        );
      this.places.set(label, place);
      this.counts.push(0);
    }
    this.counts[place]!++;
    this.classes[row - 1] = place;
  }

  sorted(): FileLabels {
    const { places, counts, classes } = this;
    const labels = [...places.keys()].sort((a, b) => a - b);
    const rank = new Map(labels.map((label, at) => [places.get(label)!, at]));
    let unreadable = 0;
    for (const [at, place] of classes.entries()) {
      if (place === UNREADABLE) unreadable++;
      else classes[at] = rank.get(place)!;
    }
    return { labels, counts: labels.map(label => counts[places.get(label)!]!), unreadable, classes };
  }
}
