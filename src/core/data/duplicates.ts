import { hashImages } from './imageHash';
import { findSameImages } from './sameImages';

/** What a file is in its data set. */
export type FileRole = 'train' | 'test';

/** The images of one file; see PixelRows. */
export interface ImageSource {
  readonly role: FileRole;
  readonly pixels: Uint8Array;
  readonly labels: Int32Array | undefined;
  readonly rowNumbers: Uint32Array;
}

/** A row whose image is found elsewhere too. */
export interface DuplicateRow {
  readonly role: FileRole;
  /** From 1. */
  readonly row: number;
  /** Undefined in a file without labels. */
  readonly label: number | undefined;
}

/** One image, and the rows that have it. */
export interface DuplicateGroup {
  /** The training file's first, ascending. Of many rows only some, among them one of each label and file as long as there is room. */
  readonly rows: readonly DuplicateRow[];
  /** All of them. */
  readonly rowCount: number;
  /** Distinct labels, ascending, as many as there is room for. */
  readonly labels: readonly number[];
}

/**
 * What is odd about a group. `labels`: the same image has different labels. `across`: it is in both files. `train`,
 * `test`: it is in that file twice. A group may be several of them.
 */
export type DuplicateKind = 'labels' | 'across' | 'train' | 'test';

/** How many groups are of a kind, and how many of their rows make them so. */
export interface DuplicateCount {
  readonly groups: number;
  readonly rows: number;
}

/** Images that a data set has more than once. */
export interface Duplicates {
  readonly groupCount: number;
  readonly counts: Readonly<Record<DuplicateKind, DuplicateCount>>;
  /** The first groups, those with different labels first, then those in both files, then within the training and the test file. */
  readonly groups: readonly DuplicateGroup[];
  /** The images of these groups, side*side bytes each; of large images only those of the first groups. */
  readonly pixels: Uint8Array;
}

export interface DuplicateOptions {
  /** Groups to keep; all are counted. */
  readonly mostGroups?: number;
  /** Rows of a group to keep. */
  readonly mostRows?: number;
  /** Bytes of images to keep. */
  readonly mostBytes?: number;
  /** Only tests set it. */
  readonly hash?: typeof hashImages;
}

const KINDS: readonly DuplicateKind[] = ['labels', 'across', 'train', 'test'];

/** Finds images that are the same to the last pixel, within each file and across them. `area`: bytes per image. */
export function findDuplicates(
  sources: readonly ImageSource[],
  area: number,
  options: DuplicateOptions = {},
): Duplicates {
  const { mostGroups = 1000, mostRows = 50, mostBytes = 8 << 20, hash = hashImages } = options;
  const { firsts, next } = findSameImages(
    sources.map(({ pixels }) => pixels),
    area,
    hash,
  );
  const locate = locator(sources);

  const counts = {
    labels: { groups: 0, rows: 0 },
    across: { groups: 0, rows: 0 },
    train: { groups: 0, rows: 0 },
    test: { groups: 0, rows: 0 },
  };
  // By the first kind that a group is of.
  const ordered: Record<DuplicateKind, number[]> = { labels: [], across: [], train: [], test: [] };
  for (const first of firsts) {
    const { labels, train, test } = summary(first, next, locate);
    const rows: Record<DuplicateKind, number> = {
      labels: labels.size > 1 ? train + test : 0,
      across: train > 0 && test > 0 ? train + test : 0,
      train: train > 1 ? train : 0,
      test: test > 1 ? test : 0,
    };
    for (const kind of KINDS.filter(kind => rows[kind] > 0)) {
      counts[kind].groups++;
      counts[kind].rows += rows[kind];
    }
    const list = ordered[KINDS.find(kind => rows[kind] > 0)!];
    if (list.length < mostGroups) list.push(first);
  }

  const kept = KINDS.flatMap(kind => ordered[kind]).slice(0, mostGroups);
  const pictured = kept.slice(0, Math.floor(mostBytes / area));
  const pixels = new Uint8Array(pictured.length * area);
  pictured.forEach((image, i) => {
    const { source, at } = locate(image);
    pixels.set(source.pixels.subarray(at * area, (at + 1) * area), i * area);
  });
  return {
    groupCount: firsts.length,
    counts,
    groups: kept.map(first => groupOf(first, next, locate, mostRows)),
    pixels,
  };
}

type Locate = (image: number) => { readonly source: ImageSource; readonly at: number };

/** Finds the file of an image that is counted over all files, and its place there. */
function locator(sources: readonly ImageSource[]): Locate {
  return image => {
    let at = image;
    for (const source of sources) {
      if (at < source.rowNumbers.length) return { source, at };
      at -= source.rowNumbers.length;
    }
    throw new RangeError(`there is no image ${image}`);
  };
}

function summary(
  first: number,
  next: Int32Array,
  locate: Locate,
): { readonly labels: ReadonlySet<number>; readonly train: number; readonly test: number } {
  const labels = new Set<number>();
  const rows = { train: 0, test: 0 };
  for (let image = first; image >= 0; image = next[image]!) {
    const { source, at } = locate(image);
    rows[source.role]++;
    if (source.labels) labels.add(source.labels[at]!);
  }
  return { labels, ...rows };
}

function groupOf(first: number, next: Int32Array, locate: Locate, mostRows: number): DuplicateGroup {
  // What tells most comes first: a row of each label and file. The others fill up.
  const telling: number[] = [];
  const others: number[] = [];
  const seen = new Set<string>();
  let rowCount = 0;
  for (let image = first; image >= 0; image = next[image]!, rowCount++) {
    const { source, at } = locate(image);
    const place = `${source.role} ${source.labels?.[at] ?? ''}`;
    const list = seen.has(place) ? others : telling;
    seen.add(place);
    if (list.length < mostRows) list.push(image);
  }
  const rows = [...telling, ...others]
    .slice(0, mostRows)
    .sort((a, b) => a - b)
    .map((image): DuplicateRow => {
      const { source, at } = locate(image);
      return { role: source.role, row: source.rowNumbers[at]!, label: source.labels?.[at] };
    });
  const labels = new Set(rows.flatMap(({ label }) => label ?? []));
  return { rows, rowCount, labels: [...labels].sort((a, b) => a - b) };
}
