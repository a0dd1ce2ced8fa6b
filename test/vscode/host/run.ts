// What VS Code's extension host calls: runs the test files beside this one with mocha.
import Mocha from 'mocha';
import fs from 'node:fs';
import path from 'node:path';
import type { HostTestResult } from '../hostTestResult';

/** Runs all tests; rejects when one fails. The results go to the file that DIGITS_TEST_REPORT names. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'tdd', timeout: 60_000, grep: process.env.DIGITS_TEST_GREP });
  for (const file of fs.readdirSync(__dirname))
    if (file.endsWith('.test.js')) mocha.addFile(path.join(__dirname, file));
  const results: HostTestResult[] = [];
  const failures = await new Promise<number>(resolve => {
    mocha
      .run(resolve)
      .on('pass', test => results.push({ title: test.fullTitle(), state: 'passed' }))
      .on('pending', test => results.push({ title: test.fullTitle(), state: 'skipped' }))
      .on('fail', (test, error) =>
        results.push({ title: test.fullTitle(), state: 'failed', error: error.stack ?? String(error) }),
      );
  });
  const report = process.env.DIGITS_TEST_REPORT;
  if (report) {
    fs.writeFileSync(`${report}.tmp`, JSON.stringify(results));
    fs.renameSync(`${report}.tmp`, report);
  }
  if (failures > 0) throw new Error(`${failures} of ${results.length} tests failed.`);
}
