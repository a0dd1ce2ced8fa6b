import fs from 'node:fs';

/** Keeps a line for the person who runs the tests; it is printed when they have ended. */
export function note(line: string): void {
  const report = process.env['DIGITS_TEST_REPORT'];
  if (report) fs.appendFileSync(`${report}.notes`, `${line}\n`);
}
