// results.json: written after each part, so that a run that is interrupted keeps what it measured.
import fs from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { writeAtomically } from '../../scripts/lib/cache.mjs';

/**
 * Opens the results of this machine, version and mode. Goes on with those in the file if they were interrupted and are
 * of the same; starts over otherwise.
 */
export async function openResults(file, identity) {
  const found = await fs
    .readFile(file, 'utf8')
    .then(JSON.parse)
    .catch(() => undefined);
  const goesOn = found?.finished === false && isDeepStrictEqual(found.identity, identity);
  const data = goesOn
    ? found
    : { identity, date: new Date().toISOString().slice(0, 10), finished: false, leftOut: [], parts: {} };
  const save = () => writeAtomically(file, `${JSON.stringify(data, null, 1)}\n`);
  return {
    data,
    doneBefore: Object.keys(data.parts).length,
    has: key => key in data.parts,
    add: async (key, part) => {
      data.parts[key] = part;
      await save();
    },
    finish: async leftOut => {
      data.leftOut = leftOut;
      data.finished = true;
      await save();
    },
  };
}
