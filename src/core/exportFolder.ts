import fs from 'node:fs/promises';
import path from 'node:path';
import { fileError } from './errors';

/** Makes a folder an export, which may be replaced: where nothing else is in it. */
export const exportMark = 'digits.json';
/** What the bundles in dist/export give to an export as it is. */
export const exportAssets = ['tf.js', 'page.js', 'page.css', 'classify.mjs'] as const;
export const exportFormat = 'digits-export';

const names: ReadonlySet<string> = new Set([exportMark, ...exportAssets, 'model.json', 'model.js', 'index.html', 'README.md']);
const weights = /^weights-[0-9a-f]{8}\.bin$/;
/** What file managers leave in every folder. */
const droppings: ReadonlySet<string> = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);
/** More than a mark takes. */
const mostMarkBytes = 1 << 20;

/** The name is one of an export's weights. */
export function isExportedWeights(name: string): boolean {
  return weights.test(name);
}

/**
 * What keeps a folder from being exported to: undefined for one that is empty, not there, or an earlier export with nothing
 * of anybody else's in it. A mark alone is no leave to write over an index.html or a README.md. Throws `read-failed`.
 */
export async function foreignInExport(folder: string): Promise<string | undefined> {
  const found = await fs.readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw fileError('read', folder, error);
  });
  const others = found.filter(({ name }) => !droppings.has(name));
  const foreign = others.find(entry => !entry.isFile() || !(names.has(entry.name) || isExportedWeights(entry.name)));
  if (foreign || others.length === 0) return foreign?.name;
  return (await isMarked(folder)) ? undefined : others[0]!.name;
}

async function isMarked(folder: string): Promise<boolean> {
  const file = path.join(folder, exportMark);
  try {
    if ((await fs.stat(file)).size > mostMarkBytes) return false;
    const mark = JSON.parse(await fs.readFile(file, 'utf8')) as { readonly format?: unknown } | null;
    return mark?.format === exportFormat;
  } catch {
    return false;
  }
}
