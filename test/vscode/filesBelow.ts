import fs from 'node:fs';
import path from 'node:path';

/** All files and links below a folder by their paths in it: when each was written, and what it holds. */
export function filesBelow(folder: string): Readonly<Record<string, string>> {
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries.map(entry => {
      const file = path.join(entry.parentPath, entry.name);
      const stats = fs.lstatSync(file);
      const content = entry.isFile()
        ? `${stats.mtimeMs} ${fs.readFileSync(file, 'latin1')}`
        : entry.isSymbolicLink()
          ? fs.readlinkSync(file)
          : 'folder';
      return [path.relative(folder, file), content];
    }),
  );
}
