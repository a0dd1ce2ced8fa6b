import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The sample data, which `npm run sample` makes: to read, not to write to. */
export const sample = fileURLToPath(new URL('../../sample', import.meta.url));

/** What a workspace for a test holds: so many rows of the sample data (all where not said), and other files. */
export interface WorkspaceContent {
  readonly trainRows?: number;
  readonly testRows?: number;
  readonly files?: Readonly<Record<string, string>>;
}

/** Makes a folder with train.csv and test.csv of the sample data and returns its path. */
export function makeWorkspace({ trainRows, testRows, files = {} }: WorkspaceContent, folder: string): string {
  fs.mkdirSync(folder, { recursive: true });
  copyRows('train.csv', folder, trainRows);
  copyRows('test.csv', folder, testRows);
  if (testRows === undefined) copyRows('sample_submission.csv', folder);
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), content);
  }
  return folder;
}

function copyRows(name: string, folder: string, rows?: number): void {
  const from = path.join(sample, name);
  const to = path.join(folder, name);
  if (rows === undefined) {
    fs.copyFileSync(from, to, fs.constants.COPYFILE_FICLONE);
    return;
  }
  const lines = fs.readFileSync(from, 'latin1').split('\n', rows + 1);
  fs.writeFileSync(to, `${lines.join('\n')}\n`, 'latin1');
}
