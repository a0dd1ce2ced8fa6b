import { readableFiles } from '../../src/core/data/dataFacts';
import type { DuplicateGroup, DuplicateKind, DuplicateRow, FileRole } from '../../src/core/data/duplicates';
import type { FactsProgress, DataFacts, FileFacts } from '../../src/core/data/dataFacts';
import type { RowProblem } from '../../src/core/csv/pixelFormat';
import { count, percent, plural } from '../../src/core/text';
import type { ChangedFile } from '../../src/protocol/dataPanel';
import type { DigitPixels } from '../shared/ink';
import type { BarSeries } from './barChartModel';

/** File names by role. */
export type FileNames = Readonly<Partial<Record<FileRole, string>>>;

/** "1", "1 and 2", "1, 2 and 3". */
export function listed(words: readonly (string | number)[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)!}`;
}

/** The current step, for the label of the progress bar. */
export function progressTitle(progress: FactsProgress): string {
  return progress.phase === 'reading' ? `Reading ${progress.file}` : 'Looking for images that occur twice';
}

/** Something is left to read again: a file that is not gone, or one that is new. */
export function canReload(files: readonly { readonly name: string }[], changed: readonly ChangedFile[]): boolean {
  const gone = namesOf(changed, 'gone');
  return namesOf(changed, 'new').length > 0 || files.some(({ name }) => !gone.includes(name));
}

/**
 * What became of the files since they were read, and what to do, in sentences. `hasReload`: there is a button for that.
 */
export function changeWords(changed: readonly ChangedFile[], hasReload: boolean): string {
  const written = namesOf(changed, 'changed');
  const gone = namesOf(changed, 'gone');
  const added = namesOf(changed, 'new');
  const them = gone.length === 1 ? 'it' : 'them';
  const orElse = hasReload ? `, or reload the page without ${them}.` : ` to read ${them} again.`;
  return [
    ...(written.length === 0 ? [] : [`${listed(written)} changed on disk; ${heldBefore(written)}`]),
    ...(gone.length === 0
      ? []
      : [
          `${listed(gone)} ${gone.length === 1 ? 'was' : 'were'} deleted or moved; ${heldBefore(gone)} Put ${them} back${orElse}`,
        ]),
    ...(added.length === 0
      ? []
      : [
          `${listed(added)} ${added.length === 1 ? 'is' : 'are'} new; reload the page to read ${added.length === 1 ? 'it' : 'them'}.`,
        ]),
  ].join(' ');
}

function namesOf(changed: readonly ChangedFile[], change: ChangedFile['change']): readonly string[] {
  return changed.filter(file => file.change === change).map(({ name }) => name);
}

function heldBefore({ length }: readonly string[]): string {
  return `this is what ${length === 1 ? 'it' : 'they'} held before.`;
}

/** Summarises a data set in a few sentences. */
export function summary(facts: DataFacts): string {
  const files = readableFiles(facts);
  const rows = files.reduce((sum, { problemCount }) => sum + problemCount, 0);
  const { groupCount, counts } = facts.duplicates;
  const contradictions =
    counts.labels.groups === 0 ? '' : `, ${count(counts.labels.groups)} of them with different labels`;
  return [
    ...files.map(
      ({ name, images, classes, hasLabels }) =>
        `${name} has ${plural(images, 'image')} ${hasLabels ? `with ${plural(classes.length, 'label')}` : 'without labels'}.`,
    ),
    rows === 0 ? 'Every row can be read.' : `${plural(rows, 'row')} can't be read.`,
    groupCount === 0
      ? 'No image occurs twice.'
      : `${groupCount === 1 ? '1 image occurs' : `${count(groupCount)} images occur`} more than once${contradictions}.`,
  ].join(' ');
}

/** The missing values of a file: "none", "3 in 2 rows". */
export function missingWords({ missingValues, missingRows }: Pick<FileFacts, 'missingValues' | 'missingRows'>): string {
  if (missingValues === 0) return 'none';
  // A row with missing values may also have another problem, and is counted under that.
  return missingRows === 0 ? count(missingValues) : `${count(missingValues)} in ${plural(missingRows, 'row')}`;
}

/** The labels of all labelled files, ascending, and the counts per file. */
export function labelSeries(facts: DataFacts): {
  readonly labels: readonly number[];
  readonly series: readonly BarSeries[];
} {
  const labelled = readableFiles(facts).filter(({ hasLabels }) => hasLabels);
  const labels = [...new Set(labelled.flatMap(({ classes }) => classes))].sort((a, b) => a - b);
  const series = labelled.map(({ name, classes, classCounts }) => {
    const counts = new Map(classes.map((label, i) => [label, classCounts[i]!]));
    return { name, counts: labels.map(label => counts.get(label) ?? 0) };
  });
  return { labels, series };
}

/** Formats a share for the tables: "11.1 %". */
export function share(part: number, whole: number): string {
  return whole === 0 ? '–' : percent(part / whole, 1);
}

/** Names the kinds of duplicates that are possible in these files. */
export function duplicateKinds(
  files: readonly Pick<FileFacts, 'role' | 'name' | 'hasLabels'>[],
): readonly { readonly kind: DuplicateKind; readonly words: string }[] {
  return [
    ...(files.some(({ hasLabels }) => hasLabels)
      ? [{ kind: 'labels' as const, words: 'The same image with different labels' }]
      : []),
    ...(files.length > 1 ? [{ kind: 'across' as const, words: `In ${listed(files.map(({ name }) => name))}` }] : []),
    ...files.map(({ role, name }) => ({ kind: role, words: `More than once in ${name}` })),
  ];
}

/** Says that there are no duplicates, and in which files. */
export function noDuplicates(files: readonly Pick<FileFacts, 'name'>[]): string {
  const within = files.map(({ name }) => `not within ${name}`).join(', ');
  return files.length > 1
    ? `No image occurs twice: ${within}, and none is in both.`
    : `No image occurs twice in ${files[0]?.name ?? ''}.`;
}

/** Says what is unusual about a group. */
export function groupTitle({ rows, rowCount, labels }: DuplicateGroup, names: FileNames): string {
  if (labels.length > 1) return `Different labels: ${listed(labels)}`;
  const roles = [...new Set(rows.map(({ role }) => role))];
  const where = listed(roles.map(role => names[role] ?? role));
  if (roles.length > 1) return `In ${where}`;
  return `${rowCount === 2 ? 'Twice' : `${count(rowCount)} times`} in ${where}`;
}

/** Describes a row of a group: "train.csv row 12, labelled 4". */
export function rowWords({ role, row, label }: DuplicateRow, names: FileNames): string {
  return `${names[role] ?? role} row ${count(row)}${label === undefined ? '' : `, labelled ${label}`}`;
}

/** Why a row can't be read, without the file, row and line that the table shows. */
export function reason({ row, line, message }: RowProblem, file: string): string {
  const place = `${file}, row ${row} (line ${line}) `;
  const text = message.startsWith(place) ? message.slice(place.length) : message;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** About the largest and smallest width of a mean image, and the gap between them, in CSS pixels. */
const MEAN_WIDTHS = { most: 84, least: 56, gap: 10 };
/** The ten digits fit on one line where possible. */
const SIDE_BY_SIDE = 10;

/**
 * The zoom of mean images in a list of `width` CSS pixels: the largest at which ten, or all if there are fewer, fit on
 * one line, within {@link MEAN_WIDTHS}.
 */
export function meanZoom(side: number, images: number, width: number): number {
  const { most, least, gap } = MEAN_WIDTHS;
  const inLine = Math.min(images, SIDE_BY_SIDE);
  const fitting = Math.floor(((width + gap) / Math.max(1, inLine) - gap) / side);
  return Math.max(1, Math.min(Math.round(most / side), Math.max(Math.round(least / side), fitting)));
}

/** Splits concatenated images, [n, side, side], into single ones. */
export function toDigits(pixels: Uint8Array, side: number, fullInk: number): readonly DigitPixels[] {
  const area = side * side;
  return Array.from({ length: pixels.length / area }, (_, i) => ({
    pixels: pixels.subarray(i * area, (i + 1) * area),
    fullInk,
  }));
}
