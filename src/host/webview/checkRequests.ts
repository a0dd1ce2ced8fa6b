import type { FilterRequest } from '../../protocol/previewFilter';

// What a preview's webview asks for is checked before it is used. These throw what is no sentence for people: a view that
// asks for anything else is at fault.

/** Rows of one request. */
const MOST_ROWS = 512;
const INT32_MAX = 2 ** 31 - 1;
/** An id holds a path. */
const LONGEST_ID = 1 << 15;

/** A range of rows, no longer than a request may be. */
export function checkRange({ first, count }: { readonly first?: unknown; readonly count?: unknown }): {
  readonly first: number;
  readonly count: number;
} {
  if (!isRow(first) || !isRow(count)) throw new Error('no range of rows');
  return { first, count: Math.min(count, MOST_ROWS) };
}

export function checkRows(rows: unknown): Uint32Array {
  if (!(rows instanceof Uint32Array) || rows.length > MOST_ROWS || rows.includes(0)) throw new Error('no list of rows');
  return rows;
}

export function checkId(id: unknown): string {
  if (typeof id !== 'string' || id.length > LONGEST_ID) throw new Error('no id');
  return id;
}

export function checkFilter({
  filter,
  source,
}: {
  readonly filter: { readonly [K in keyof FilterRequest['filter']]?: unknown };
  readonly source?: unknown;
}): FilterRequest {
  const { label, predicted, outcome } = filter;
  if (label !== undefined && label !== 'unreadable' && !isLabel(label)) throw new Error('no label');
  if (predicted !== undefined && !isLabel(predicted)) throw new Error('no predicted label');
  if (outcome !== undefined && outcome !== 'right' && outcome !== 'wrong') throw new Error('no outcome');
  return { filter: { label, predicted, outcome }, source: source === undefined ? undefined : checkId(source) };
}

function isRow(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= Number.MAX_SAFE_INTEGER;
}

function isLabel(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= INT32_MAX;
}
