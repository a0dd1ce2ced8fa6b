import type { ErrorData } from '../core/errors';
import { printableLines } from '../core/printable';
import { closedExitCode, StandardOutput, type OutputFailure } from '../store/standardOutput';

/** One line for programs. */
export type OutputEvent = { readonly event: string } & Readonly<Record<string, unknown>>;

/** What the command line writes: lines for people, or with `--json` one object a line for programs. */
export class Output {
  private readonly json: boolean;
  private readonly standard = new StandardOutput();
  private barShown = false;
  private hasFailed = false;

  constructor(json: boolean) {
    this.json = json;
  }

  /** Aborted as soon as something could not be written to standard output: nobody gets what is still to come. */
  get failed(): AbortSignal {
    return this.standard.failed;
  }

  get failure(): OutputFailure | undefined {
    return this.standard.failure;
  }

  /** Lines as they are. */
  text(lines: string): void {
    this.standard.write(`${lines}\n`);
  }

  /** A line for people beside a result on standard output. */
  aside(line: string): void {
    this.clearBar();
    process.stderr.write(`${printableLines(line)}\n`);
  }

  /** Something that happened, for programs, and the same as a line for people where they should see it. */
  event(event: OutputEvent, line?: string): void {
    if (this.json) this.text(JSON.stringify(event));
    else if (line !== undefined) this.line(line);
  }

  /** A line for people alone. */
  line(line: string): void {
    if (this.json) return;
    this.clearBar();
    this.text(printableLines(line));
  }

  /** A bar on a terminal that is overwritten; nothing elsewhere, or where the terminal knows no escapes. */
  bar(share: number, text: string): void {
    if (this.json || !process.stderr.isTTY || process.env['TERM'] === 'dumb') return;
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
    // Cancelled since nobody gets the output: that is the reason, which end() tells.
    if (this.failure && code === 'cancelled') return;
    this.hasFailed = true;
    process.stderr.write(`${printableLines(message)}\n`);
    // A fault in Digits: whoever reports it needs the stack.
    if (code === 'internal' && detail !== undefined) process.stderr.write(`${detail}\n`);
    if (this.json) this.text(JSON.stringify({ event: 'error', code, message }));
  }

  /** Waits for what was written so far; false where it was lost. */
  async hasArrived(): Promise<boolean> {
    return (await this.standard.flushed()) === undefined;
  }

  /** Waits for all to be written; returns the exit code of a command that ended with `code`, another one where its output was lost. */
  async end(code: number): Promise<number> {
    const failure = await this.standard.flushed();
    if (!failure) return code;
    if (failure.isClosed) return closedExitCode;
    if (!this.hasFailed) this.fail(failure.error);
    return 1;
  }

  clearBar(): void {
    if (this.barShown) process.stderr.write('\r\x1b[K');
    this.barShown = false;
  }
}
