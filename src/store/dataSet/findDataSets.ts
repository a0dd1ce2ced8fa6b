import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { readFormat } from '../pixelFile/openPixelFile';
import type { PixelFormat } from '../../core/csv/pixelFormat';
import { DigitsError, type ErrorCode } from '../../core/errors';
import { sentence } from '../../core/sentence';
import { fileError } from '../fileError';
import { DEFAULT_NAMES, groupDataSets, isCandidate, type CandidateFiles, type DataSetNames } from './groupDataSets';

/** A file that has the name of a data file and can't be used, or not as its name says. */
export interface DataSetProblem {
  readonly file: string;
  /** What the file's name says that it is. */
  readonly role: 'train' | 'test';
  readonly code: ErrorCode;
  /** A sentence that names the file and says what to do. */
  readonly message: string;
}

/**
 * A folder with files for Digits, recognised by their headers. It may have neither a training nor a test file: then
 * `problems` says why the files that have such names are none. Paths are absolute.
 */
export interface DataSet {
  readonly folder: string;
  /** Has labels. */
  readonly trainFile: string | undefined;
  /** May have labels: then it is one to evaluate on. */
  readonly testFile: string | undefined;
  readonly sampleSubmission: string | undefined;
  readonly problems: readonly DataSetProblem[];
}

const SKIPPED = new Set(['node_modules', '.git', '.digits']);

/**
 * Finds the data sets in a folder and the folders in it, in the order of their names. Links to folders are not followed,
 * folders that can't be read are passed over. Throws `read-failed` when that is so of `root`.
 */
export async function findDataSets(root: string, names: DataSetNames = DEFAULT_NAMES): Promise<readonly DataSet[]> {
  const files: string[] = [];
  const folders = [path.resolve(root)];
  for (const folder of folders) {
    const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
      if (folder === folders[0]) throw fileError('read', root, error);
      return [];
    });
    for (const entry of entries) {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!SKIPPED.has(entry.name)) folders.push(file);
      } else if (isCandidate(file, names)) {
        files.push(file);
      }
    }
  }
  const dataSets: DataSet[] = [];
  for (const candidates of groupDataSets(files, names)) dataSets.push(await recogniseDataSet(candidates));
  return dataSets;
}

/** Reads the headers of a folder's candidates and takes the first training and the first test file that are such. */
export async function recogniseDataSet(candidates: CandidateFiles): Promise<DataSet> {
  const problems: DataSetProblem[] = [];
  const firstThat = async (
    role: 'train' | 'test',
    files: readonly string[],
    check: (format: PixelFormat, name: string) => void,
  ): Promise<Recognised | undefined> => {
    for (const file of files) {
      try {
        const format = await readFormat(file);
        check(format, path.basename(file));
        return { file, side: format.side };
      } catch (error) {
        if (!(error instanceof DigitsError)) throw error;
        problems.push({ file, role, code: error.code, message: error.message });
      }
    }
    return undefined;
  };
  const train = await firstThat('train', candidates.trainFiles, requireLabels);
  const test = await firstThat('test', candidates.testFiles, (format, name) => requireSameSide(format, name, train));
  const { folder, sampleSubmission } = candidates;
  return { folder, trainFile: train?.file, testFile: test?.file, sampleSubmission, problems };
}

interface Recognised {
  readonly file: string;
  readonly side: number;
}

function requireLabels(format: PixelFormat, name: string): void {
  if (format.kind === 'train') return;
  throw new DigitsError(
    'mismatch',
    sentence`${name} has no column "label", so there is nothing to learn from; choose a file with labels, or name this one test.csv.`,
  );
}

function requireSameSide(test: PixelFormat, name: string, train: Recognised | undefined): void {
  if (train === undefined || train.side === test.side) return;
  const trainName = path.basename(train.file);
  throw new DigitsError(
    'mismatch',
    sentence`${name} has images of ${test.side}x${test.side} pixels and ${trainName} of ${train.side}x${train.side}; put files that belong together in one folder.`,
  );
}
