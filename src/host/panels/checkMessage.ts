import { DigitsError } from '../../core/errors';

// What comes from a webview is checked before it is used: its page may be of another version, or not ours.

/** A row number, counted from 1. */
export function checkRow(value: unknown): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value < 2 ** 32) return value;
  throw new DigitsError('internal', 'A view asked for a row that is none.', String(value));
}

/** A text such as an id or a path. */
export function checkText(value: unknown): string {
  if (typeof value === 'string' && value.length <= 4096) return value;
  throw new DigitsError('internal', 'A view sent something else than a text.', typeof value);
}
