import fs from 'node:fs';
import path from 'node:path';

/** What each file below a folder holds, byte for byte, and of what is no file its name. */
export function contentsBelow(folder: string): Readonly<Record<string, string>> {
  const names = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return Object.fromEntries(
    names.map(name => [
      name,
      fs.lstatSync(path.join(folder, name)).isFile() ? fs.readFileSync(path.join(folder, name), 'latin1') : '',
    ]),
  );
}
