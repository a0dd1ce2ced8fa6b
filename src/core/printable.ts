/** Control characters, marks that turn the direction of text, halves of characters and what ends a line. */
const UNPRINTABLE = /[\p{C}\u2028\u2029]/gu;

/** Text of a file, or the name of one, as a message may show it: in one line, not too long, and nothing in it that a terminal would obey. */
export function printable(text: string, most = 40): string {
  // Cut before it is taken apart: a value may be a megabyte long.
  const start = [...text.slice(0, 2 * most + 2)];
  const short = start.length > most ? `${start.slice(0, most).join('')}…` : start.join('');
  return short.replace(UNPRINTABLE, '\ufffd');
}
