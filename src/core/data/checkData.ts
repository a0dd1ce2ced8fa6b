import type { PixelFile } from '../csv/pixelFile';
import type { RowProblem } from '../csv/pixelFormat';
import { DigitsError } from '../errors';
import { sentence } from '../sentence';
import { countLabels } from '../metrics';

/** A label that is seen once or twice among thousands: a slip, most likely. */
export interface RareLabel {
  readonly label: number;
  /** Row numbers from 1. */
  readonly rows: readonly number[];
  /** A sentence that names file and rows. */
  readonly message: string;
}

/** What a file holds, and what is wrong with it. */
export interface DataCheck {
  /** Rows of the file, those with problems included. */
  readonly rows: number;
  /** Rows that could be read. */
  readonly images: number;
  readonly problemCount: number;
  /** Rows with an empty value, or one that says that it is missing. */
  readonly missing: number;
  /** The first of them. */
  readonly problems: readonly RowProblem[];
  /** Distinct labels, ascending; empty for a file without labels. */
  readonly classes: readonly number[];
  /** Images of each class, in the order of `classes`. */
  readonly classCounts: readonly number[];
  /** The class of each image, as an index into `classes`; undefined for a file without labels. */
  readonly classIndices: Uint16Array | undefined;
  readonly rareLabels: readonly RareLabel[];
}

const MOST_CLASSES = 1 << 16;
const RARE_COUNT = 2;
const RARE_AMONG = 1000;
/** Where the usual class is small as well, a class of two is nothing unusual. */
const USUAL_COUNT = 20;

/** Counts the classes of a file and looks for slips. `name`: the file's, for messages. Throws `mismatch` for more than 65,536 classes. */
export function checkData(file: PixelFile, name: string): DataCheck {
  const { labels, rowNumbers } = file;
  const counts = countLabels(labels ?? []);
  const classes = [...counts.keys()].sort((a, b) => a - b);
  if (classes.length > MOST_CLASSES) {
    throw new DigitsError(
      'mismatch',
      sentence`${name} has ${classes.length} different labels, more than Digits can tell apart; check that its column "label" holds classes.`,
    );
  }
  const classOf = new Map(classes.map((label, index) => [label, index]));
  return {
    rows: file.rowCount,
    images: rowNumbers.length,
    problemCount: file.problemCount,
    missing: file.problemCounts.missing,
    problems: file.problems,
    classes,
    classCounts: classes.map(label => counts.get(label)!),
    classIndices: labels && Uint16Array.from(labels, label => classOf.get(label)!),
    rareLabels: labels === undefined ? [] : findRareLabels(labels, rowNumbers, counts, name),
  };
}

function findRareLabels(
  labels: Int32Array,
  rowNumbers: Uint32Array,
  counts: ReadonlyMap<number, number>,
  name: string,
): readonly RareLabel[] {
  const sizes = [...counts.values()].sort((a, b) => a - b);
  const usual = sizes[sizes.length >> 1] ?? 0;
  if (labels.length < RARE_AMONG || usual < USUAL_COUNT) return [];
  const rare = [...counts].filter(([, count]) => count <= RARE_COUNT).sort(([a], [b]) => a - b);
  return rare.map(([label, count]) => {
    const rows: number[] = [];
    for (let at = labels.indexOf(label); at >= 0; at = labels.indexOf(label, at + 1)) rows.push(rowNumbers[at]!);
    const where = count === 1 ? `only once, in row ${rows[0]!}` : `only in rows ${rows.join(' and ')}`;
    return {
      label,
      rows,
      message: `${name} has the label ${label} ${where}, among ${labels.length} images; correct it if it is a slip.`,
    };
  });
}
