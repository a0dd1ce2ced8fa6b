// Where things are, and what this machine is.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root folder. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** A path inside the repository. */
export const inRoot = (...parts) => path.join(root, ...parts);

/** What native files are made for, such as `linux-x64`. */
export const platform = `${process.platform}-${process.arch}`;
