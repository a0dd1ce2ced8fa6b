/** Control characters, marks that turn the direction of text, halves of characters and what ends a line. */
const UNPRINTABLE = /[\p{C}\u2028\u2029]/gu;

/** Lines of text as a terminal shows them: none of what it would obey is left. */
export function printableLines(text: string): string {
  return text.replace(/(?!\n)[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}

/** Text as Markdown that shows it as it is: no markup, no link, no HTML. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[!-/:-@[-`{-~]/g, '\\$&');
}

/** Text as labels of VS Code show it as it is: `$(name)` is an icon there. */
export function escapeIcons(text: string): string {
  return text.replace(/\$\(/g, '\\$(');
}

/** Text as notifications of VS Code show it as it is: `[words](command:…)` is a link there, which runs the command. */
export function escapeLinks(text: string): string {
  // A character of no width, where a line may not break.
  return text.replace(/\](?=\()/g, ']\u2060');
}

/** Text of a file, or the name of one, as a message may show it: in one line, not too long, and nothing in it that a terminal would obey. */
export function printable(text: string, most = 40): string {
  // Cut before it is taken apart: a value may be a megabyte long.
  const start = [...text.slice(0, 2 * most + 2)];
  const short = start.length > most ? `${start.slice(0, most).join('')}…` : start.join('');
  return short.replace(UNPRINTABLE, '\ufffd');
}
