import path from 'node:path';
import type * as vscode from 'vscode';
import { isBlankText } from '../../core/csv/blankLine';
import { readHeader } from '../../core/csv/header';
import type { PixelFormat } from '../../core/csv/pixelFormat';
import { DigitsError } from '../../core/errors';

/** CSVs that are open as text, of any language: who opens one may have an extension for them, or none. */
export const csvFiles = '**/*.{csv,CSV,Csv}';

/** What the first line of each document was found to be, for as long as it stays the same. */
const formats = new WeakMap<
  vscode.TextDocument,
  { readonly header: string; readonly format: PixelFormat | DigitsError }
>();

/** The format of a CSV that is open as text, by its first line alone. Throws `empty-file` or `bad-header`. */
export function formatOf(document: vscode.TextDocument): PixelFormat {
  const header = document.lineAt(0).text;
  let known = formats.get(document);
  if (known?.header !== header) {
    known = { header, format: recognise(header, nameOf(document)) };
    formats.set(document, known);
  }
  if (known.format instanceof DigitsError) throw known.format;
  return known.format;
}

/** {@link formatOf}, and undefined for what is no pixel CSV. */
export function pixelFormatOf(document: vscode.TextDocument): PixelFormat | undefined {
  try {
    return formatOf(document);
  } catch {
    return undefined;
  }
}

export function nameOf(document: vscode.TextDocument): string {
  return path.posix.basename(document.uri.path);
}

/** The row that stands at a line of a pixel CSV, both from 1: blank lines, of which nothing but their being blank is looked at, are no rows. */
export function rowOfLine(document: vscode.TextDocument, line: number): number {
  const { delimiter } = formatOf(document);
  let row = line - 1;
  for (let before = 2; before < line; before++) if (isBlankText(document.lineAt(before - 1).text, delimiter)) row--;
  return row;
}

function recognise(header: string, name: string): PixelFormat | DigitsError {
  try {
    return readHeader(Buffer.from(`${header}\n`), name);
  } catch (error) {
    if (error instanceof DigitsError) return error;
    throw error;
  }
}
