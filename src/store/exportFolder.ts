import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { record } from '../core/bounds';
import { fileError } from './fileError';
import { isLeftover } from './leftovers';

// What an export may write over: nothing but the very files that an earlier one wrote. A mark alone is no leave to replace
// somebody's index.html or README.md, because whoever made a folder may have put a mark in it.

/** Makes a folder an export, and says what was written. */
export const exportMark = 'digits.json';
/** What the bundles in dist/export give to an export as it is. */
export const exportAssets = ['tf.js', 'page.js', 'page.css', 'classify.mjs'] as const;
export const exportFormat = 'digits-export';

const names: ReadonlySet<string> = new Set([...exportAssets, 'model.json', 'model.js', 'index.html', 'README.md']);
const weights = /^weights-[0-9a-f]{8}\.bin$/;
/** What file managers leave in every folder. */
const droppings: ReadonlySet<string> = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);
const mostMarkBytes = 1 << 20;
const mostFileBytes = 1 << 30;

/** SHA-256 of the files that an export wrote, by name: several of one whose replacement may not have come to its end. */
export type ExportHashes = Readonly<Record<string, readonly string[]>>;

/** A folder that is to be exported to. */
export interface ExportFolder {
  /** Of all that is in it; none where it is not there yet. */
  readonly names: readonly string[];
  /** Of an earlier export. */
  readonly hashes: ExportHashes;
  /** What keeps it from being exported to: a file that is no export's, or not as one wrote it. Other names are left alone. */
  readonly foreign: string | undefined;
}

/** The name is one of an export's weights. */
export function isExportedWeights(name: string): boolean {
  return weights.test(name);
}

export function hashOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Looks whether a folder is free or an earlier export. Throws `read-failed`. */
export async function readExportFolder(folder: string): Promise<ExportFolder> {
  const entries = await fs.readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw fileError('read', folder, error);
  });
  const all = entries.map(({ name }) => name);
  const others = entries.filter(({ name }) => !droppings.has(name) && !isLeftover(name));
  if (others.length === 0) return { names: all, hashes: {}, foreign: undefined };
  const hashes = others.some(entry => entry.name === exportMark && entry.isFile())
    ? await readMark(path.join(folder, exportMark))
    : undefined;
  if (!hashes) return { names: all, hashes: {}, foreign: others[0]!.name };
  for (const entry of others) {
    if (!names.has(entry.name) && !isExportedWeights(entry.name)) continue;
    const isAsWritten =
      entry.isFile() && (hashes[entry.name] ?? []).includes((await hashOfFile(path.join(folder, entry.name))) ?? '');
    if (!isAsWritten) return { names: all, hashes, foreign: entry.name };
  }
  return { names: all, hashes, foreign: undefined };
}

/** The mark of an export: which files it wrote. */
const mark = record({ format: v.literal(exportFormat), files: v.record(v.string(), v.array(v.string())) });

/** Undefined where it is no mark. */
async function readMark(file: string): Promise<ExportHashes | undefined> {
  try {
    if ((await fs.stat(file)).size > mostMarkBytes) return undefined;
    return v.parse(mark, JSON.parse(await fs.readFile(file, 'utf8'))).files;
  } catch {
    return undefined;
  }
}

async function hashOfFile(file: string): Promise<string | undefined> {
  const { size } = await fs.stat(file);
  return size > mostFileBytes ? undefined : hashOf(await fs.readFile(file));
}
