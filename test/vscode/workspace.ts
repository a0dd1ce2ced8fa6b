import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The sample data, which `npm run sample` makes: to read, not to write to. */
export const sample = fileURLToPath(new URL('../../sample', import.meta.url));

/** What a workspace for a test holds: so many rows of the sample data (all where not said), and other files. */
export interface WorkspaceContent {
  /** A folder of which it is a copy, in place of the sample data. */
  readonly copyOf?: string;
  readonly trainRows?: number;
  readonly testRows?: number;
  readonly files?: Readonly<Record<string, string>>;
}

/** Makes a folder with train.csv and test.csv and returns its path. */
export function makeWorkspace(content: WorkspaceContent, folder: string): string {
  const { copyOf, trainRows, testRows, files = {} } = content;
  fs.mkdirSync(folder, { recursive: true });
  if (copyOf !== undefined) fs.cpSync(copyOf, folder, { recursive: true });
  else {
    copyRows('train.csv', folder, trainRows);
    copyRows('test.csv', folder, testRows);
    if (testRows === undefined) copyRows('sample_submission.csv', folder);
  }
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

/** The header and the first rows of a file of the sample data. */
export function sampleRows(name: string, rows: number): string[] {
  return fs.readFileSync(path.join(sample, name), 'latin1').split('\n', rows + 1);
}

function copyRows(name: string, folder: string, rows?: number): void {
  const to = path.join(folder, name);
  if (rows === undefined) fs.copyFileSync(path.join(sample, name), to, fs.constants.COPYFILE_FICLONE);
  else fs.writeFileSync(to, `${sampleRows(name, rows).join('\n')}\n`, 'latin1');
}
