import type { PixelFormat } from './pixelFormat';

// A line of nothing but spaces, or tabs where they are no delimiters, is no row. Whoever counts rows counts by this: no
// other kind of white space makes a line blank, for a reader would have to know the encoding to see it.

const TAB = 9;
const SPACE = 32;

type Delimiter = PixelFormat['delimiter'];

function isBlankCode(code: number, delimiter: Delimiter): boolean {
  return code === SPACE || (code === TAB && delimiter !== '\t');
}

/** The line `bytes[from, end)`, without its line break, is no row. */
export function isBlank(bytes: Uint8Array, from: number, end: number, delimiter: Delimiter): boolean {
  for (let pos = from; pos < end; pos++) if (!isBlankCode(bytes[pos]!, delimiter)) return false;
  return true;
}

/** The same of a line that is text already. */
export function isBlankText(line: string, delimiter: Delimiter): boolean {
  for (let pos = 0; pos < line.length; pos++) if (!isBlankCode(line.charCodeAt(pos), delimiter)) return false;
  return true;
}
