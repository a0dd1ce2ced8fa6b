import { eachBlockOfLines } from '../../store/pixelFile/fileBlocks';
import { whileUnchanged } from '../../store/pixelFile/fileState';
import type { OpenPixelFile } from '../../store/pixelFile/openPixelFile';
import { leastRowBytes } from '../../core/csv/lineLength';
import type { PixelRows, RowProblem } from '../../core/csv/pixelFormat';
import { ROWS_PER_MARK, type RowIndex } from '../../store/pixelFile/rowIndex';
import { RowParser } from '../../core/csv/rowParser';

/**
 * Reads rows of a file where they are: at most `count`, the first counted from 1. Rows that the index does not know yet
 * are found as well, by reading on from its end. Throws `bad-row` for a line that is far too long, `mismatch` where the
 * file was written since it was opened, and file system errors as they are.
 */
export async function readRows(
  opened: OpenPixelFile,
  index: RowIndex,
  first: number,
  count: number,
): Promise<PixelRows> {
  const { format, name, size } = opened;
  const mark = Math.min(Math.floor((first - 1) / ROWS_PER_MARK), index.offsets.length - 1);
  const from = index.offsets[mark]!;
  const to = index.offsets[Math.ceil((first - 1 + count) / ROWS_PER_MARK)] ?? size;
  const capacity = Math.min(count, Math.floor((to - from + 1) / leastRowBytes(format)));
  const parser = new RowParser(name, format, {
    startRow: mark * ROWS_PER_MARK + 1,
    startLine: index.lines[mark]!,
    first,
    count,
    capacity,
    maxProblems: count,
  });
  await whileUnchanged(opened, () =>
    eachBlockOfLines(opened, { from, to, place: () => parser.place() }, (bytes, start, end) => {
      parser.parse(bytes, start, end);
      return !parser.done;
    }),
  );
  const { pixels, labels, rowNumbers, ids, problems } = parser.result();
  // A copy, because a view would take its whole memory along to another process.
  return { pixels: pixels.slice(), labels, rowNumbers, ids, problems };
}

/** Reads rows that are anywhere in a file, in the order asked for; rows that do not exist are left out. */
export async function readRowsAt(opened: OpenPixelFile, index: RowIndex, rows: readonly number[]): Promise<PixelRows> {
  const size = opened.format.side ** 2;
  const found = new Map<number, { readonly pixels: Uint8Array; readonly label: number; readonly id: string }>();
  const problems = new Map<number, RowProblem>();
  for (const group of groupByMark(rows)) {
    const first = Math.min(...group);
    const page = await readRows(opened, index, first, Math.max(...group) - first + 1);
    page.rowNumbers.forEach((row, at) => {
      found.set(row, {
        pixels: page.pixels.subarray(at * size, (at + 1) * size),
        label: page.labels?.[at] ?? 0,
        id: page.ids?.[at] ?? '',
      });
    });
    for (const problem of page.problems) problems.set(problem.row, problem);
  }

  const readable = rows.filter(row => found.has(row));
  const pixels = new Uint8Array(readable.length * size);
  readable.forEach((row, at) => pixels.set(found.get(row)!.pixels, at * size));
  return {
    pixels,
    labels:
      opened.format.labelColumn === undefined ? undefined : Int32Array.from(readable, row => found.get(row)!.label),
    rowNumbers: Uint32Array.from(readable),
    ids: opened.format.idColumn === undefined ? undefined : readable.map(row => found.get(row)!.id),
    problems: rows.flatMap(row => problems.get(row) ?? []),
  };
}

/** Rows that are read together: those between the same two marks of the index. */
function groupByMark(rows: readonly number[]): readonly (readonly number[])[] {
  const groups = new Map<number, number[]>();
  for (const row of rows) {
    const mark = Math.floor((row - 1) / ROWS_PER_MARK);
    const group = groups.get(mark);
    if (group === undefined) groups.set(mark, [row]);
    else group.push(row);
  }
  return [...groups.values()];
}
