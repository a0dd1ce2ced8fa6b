// Runs the suite of test/vscode/host inside the extension host of a real VS Code, and shows its results here.
// It is the VS Code server's, or VS Code for the desktop where DIGITS_TEST_VSCODE names its program (npm run test:desktop).
import { runTests } from '@vscode/test-electron';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { hostSuite } from './buildHostSuite.mjs';
import { launch } from './launch';
import type { HostTestResult } from './hostTestResult';
import { makeWorkspace } from './workspace';
import { stressCount } from '../stressCount';

const LIMIT_MINUTES = stressCount(10, 90);
const workspace = { trainRows: 1000, testRows: 200 };

const results = await runHostSuite();

describe('in the extension host', () => {
  test('the suite ran', () => expect(results.length).toBeGreaterThan(0));
  for (const { title, state, error } of results) {
    test.skipIf(state === 'skipped')(title, () => {
      if (state === 'failed') throw Object.assign(new Error(), { stack: error });
    });
  }
});

async function runHostSuite(): Promise<readonly HostTestResult[]> {
  const report = path.join(path.dirname(hostSuite), 'report.json');
  const desktop = process.env.DIGITS_TEST_VSCODE;
  const log = desktop ? await runOnDesktop(desktop, report) : await runInServer(report);
  if (!fs.existsSync(report)) throw new Error(`The suite wrote no report within ${LIMIT_MINUTES} minutes.\n${log}`);
  const notes = `${report}.notes`;
  if (fs.existsSync(notes)) console.log(fs.readFileSync(notes, 'utf8').trimEnd());
  return JSON.parse(fs.readFileSync(report, 'utf8')) as HostTestResult[];
}

async function runInServer(report: string): Promise<string> {
  const window = await launch({ workspace, unpacked: true, tests: hostSuite, env: { DIGITS_TEST_REPORT: report } });
  const limit = new Promise<void>(resolve => setTimeout(resolve, LIMIT_MINUTES * 60_000).unref());
  await Promise.race([window.testsEnded, limit]);
  const log = window.log();
  await window.stop();
  return log;
}

async function runOnDesktop(program: string, report: string): Promise<string> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'digits-vscode-'));
  try {
    await runTests({
      vscodeExecutablePath: program,
      extensionDevelopmentPath: fileURLToPath(new URL('../..', import.meta.url)),
      extensionTestsPath: hostSuite,
      extensionTestsEnv: { DIGITS_TEST_REPORT: report },
      launchArgs: [
        makeWorkspace(workspace, path.join(folder, 'workspace')),
        '--disable-extensions',
        '--disable-workspace-trust',
        `--user-data-dir=${path.join(folder, 'user')}`,
      ],
    });
    return '';
  } catch (error) {
    return String(error); // failed tests are in the report
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
