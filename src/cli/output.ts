import type { ErrorData } from '../core/errors';
import { printableLines } from '../core/printable';

/** What the command line writes: lines for people, or with `--json` one object a line for programs. */
export class Output {
  private readonly json: boolean;
  private barShown = false;

  constructor(json: boolean) {
    this.json = json;
    // "digits inspect | head" closes our output early; that is no error.
    process.stdout.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(0);
    });
  }

  /** Something that happened, for programs, and the same as a line for people where they should see it. */
  event(event: { readonly event: string } & Readonly<Record<string, unknown>>, line?: string): void {
    if (this.json) process.stdout.write(`${JSON.stringify(event)}\n`);
    else if (line !== undefined) {
      this.clearBar();
      process.stdout.write(`${printableLines(line)}\n`);
    }
  }

  /** A bar on a terminal that is overwritten; nothing elsewhere. */
  bar(share: number, text: string): void {
    if (this.json || !process.stderr.isTTY) return;
    const width = 24;
    const full = Math.round(share * width);
    const columns = process.stderr.columns || 80;
    const bar = `[${'='.repeat(full)}${' '.repeat(width - full)}] ${printableLines(text)}`;
    process.stderr.write(`\r${bar.slice(0, columns - 1)}\x1b[K`);
    this.barShown = true;
  }

  /** The sentence to standard error; with `--json` also the last object. */
  fail({
    code,
    message,
    detail,
  }: {
    readonly code: ErrorData['code'] | 'usage';
    readonly message: string;
    readonly detail?: string;
  }): void {
    this.clearBar();
    process.stderr.write(`${printableLines(message)}\n`);
    // A fault in Digits: whoever reports it needs the stack.
    if (code === 'internal' && detail !== undefined) process.stderr.write(`${detail}\n`);
    if (this.json) process.stdout.write(`${JSON.stringify({ event: 'error', code, message })}\n`);
  }

  clearBar(): void {
    if (this.barShown) process.stderr.write('\r\x1b[K');
    this.barShown = false;
  }
}
