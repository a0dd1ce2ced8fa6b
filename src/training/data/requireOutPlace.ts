import { stat } from 'node:fs/promises';
import path from 'node:path';
import { requireReplaceable } from '../../store/atomicFile';
import { readFormat } from '../../store/pixelFile/openPixelFile';
import { isCandidate } from '../../store/dataSet/groupDataSets';
import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import { fileError } from '../../store/fileError';
import { whereIs } from '../../store/run/runFiles';

// Where a result may be written that the user names a place for. What it would replace is told by what it is, not by how it is
// spelled: a path may lead there by links, by "..", or in another case of letters.

/**
 * Throws unless a submission may be written to `outFile`: `bad-setting` where that is one of `inputs`, any other file of a data
 * set, or in the folder of runs; otherwise as a write would.
 */
export async function requireOutFile(outFile: string, dataFolder: string, inputs: readonly string[]): Promise<void> {
  await requireReplaceable(outFile);
  await refuseOwnFolder(outFile, dataFolder);
  if (!(await isThere(outFile))) return;
  const isInput = await Promise.all(inputs.map(input => isSame(outFile, input)));
  if (!isInput.includes(true) && !isCandidate(await whereIs(outFile)) && !(await isPixelFile(outFile))) return;
  throw new DigitsError(
    'bad-setting',
    sentence`${path.basename(outFile)} is a file of the data, which a submission must not replace; name another file to write.`,
  );
}

/** Throws `bad-setting` where a place is in a folder `.digits`, which is for runs alone. */
export async function refuseOwnFolder(place: string, dataFolder: string): Promise<void> {
  const own = path.join(dataFolder, '.digits');
  const [home, inner] = await Promise.all([whereIs(dataFolder), whereIs(place)]).catch((error: unknown) => {
    throw fileError('write', path.basename(place), error);
  });
  for (let folder = inner; ; folder = path.dirname(folder)) {
    // The data themselves may lie in a folder of this name.
    const isOwn =
      (path.basename(folder).toLowerCase() === '.digits' && !isWithin(home, folder)) || (await isSame(folder, own));
    if (isOwn)
      throw new DigitsError(
        'bad-setting',
        sentence`${place} is in the folder .digits, where Digits keeps its runs; name another place.`,
      );
    if (path.dirname(folder) === folder) return;
  }
}

function isWithin(place: string, folder: string): boolean {
  return place === folder || place.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep);
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

/** The two paths lead to one file or folder that is there. */
async function isSame(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([one, other].map(file => stat(file, { bigint: true }).catch(() => undefined)));
  if (!a || !b) return false;
  // Some file systems number nothing.
  return a.ino === 0n ? (await whereIs(one)) === (await whereIs(other)) : a.ino === b.ino && a.dev === b.dev;
}

/** A file of images of whichever data set. */
async function isPixelFile(file: string): Promise<boolean> {
  return readFormat(file).then(
    ({ side }) => side > 1,
    () => false,
  );
}
