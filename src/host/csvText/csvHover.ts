import * as vscode from 'vscode';
import { escapeMarkdown } from '../../core/printable';
import { rowPicture, type RowPicture } from './rowPicture';
import { nameOf, pixelFormatOf, rowOfLine } from './csvDocument';

/** A line longer than this for each of its values is none of a pixel CSV. */
const LONGEST_VALUE = 64;

/** In a pixel CSV that is open as text: the digit of the row under the pointer. Nothing is read but the header and that line. */
export const csvHover: vscode.HoverProvider = {
  provideHover(document, { line }) {
    const format = line === 0 ? undefined : pixelFormatOf(document);
    const { text, range } = document.lineAt(line);
    if (!format || text.length > format.columns * LONGEST_VALUE) return undefined;
    const picture = rowPicture(text, format, {
      file: nameOf(document),
      row: rowOfLine(document, line + 1),
      line: line + 1,
    });
    return picture && new vscode.Hover(markdown(picture), range);
  },
};

function markdown({ words, image }: RowPicture): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  if (image) {
    const { png, width } = image;
    text.appendMarkdown(
      `![${words}](data:image/png;base64,${Buffer.from(png).toString('base64')}|width=${width},height=${width})\n\n`,
    );
  }
  // appendText() would glue the words together with spaces that don't break.
  return text.appendMarkdown(escapeMarkdown(words));
}
