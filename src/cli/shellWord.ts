const plain = /^[\p{L}\p{N}_@%+=:,./-]+$/u;
const control = /[\x00-\x1f\x7f]/g;

/** A word as a shell takes it, quoted where it has to be: for a command that is offered to be copied. */
export function shellWord(word: string, platform: NodeJS.Platform = process.platform): string {
  // A folder that begins with a hyphen would be taken for an option.
  const given = word.startsWith('-') ? `./${word}` : word;
  if (plain.test(given)) return given;
  // No name on Windows holds a quotation mark or a line break.
  if (platform === 'win32') return `"${given}"`;
  // Bash and zsh know escapes in $'…', which a line break needs where a sentence has one line.
  const hex = (character: string): string => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  return given.search(control) >= 0
    ? `$'${given.replace(/[\\']/g, '\\$&').replace(control, hex)}'`
    : `'${given.replaceAll("'", `'\\''`)}'`;
}
