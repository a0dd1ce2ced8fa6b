import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../../..');

const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'src', 'webview'], {
  cwd: root,
  encoding: 'utf8',
});
/** The TypeScript files of `src` and `webview`, from the root on. */
export const sources: readonly string[] = listed
  .split('\n')
  .filter(file => /\.tsx?$/.test(file) && fs.existsSync(path.join(root, file)));
