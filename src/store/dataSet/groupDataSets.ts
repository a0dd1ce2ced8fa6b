import path from 'node:path';

/** Names that make a file a candidate, without folders and in any case; the first ones come first. */
export interface DataSetNames {
  readonly trainFiles: readonly string[];
  readonly testFiles: readonly string[];
}

export const DEFAULT_NAMES: DataSetNames = { trainFiles: ['train.csv'], testFiles: ['test.csv'] };

/** Files of one folder that may be a data set, by their names alone. Paths are as they were given. */
export interface CandidateFiles {
  readonly folder: string;
  readonly trainFiles: readonly string[];
  readonly testFiles: readonly string[];
  readonly sampleSubmission: string | undefined;
}

const SAMPLE_NAME = /^sample[-_ ]?submission\.csv$/i;

/**
 * Groups file paths into the folders that may be data sets, in the order of their names. Other files are left out, and so
 * are folders with neither a training nor a test file.
 */
export function groupDataSets(
  paths: readonly string[],
  names: DataSetNames = DEFAULT_NAMES,
): readonly CandidateFiles[] {
  const folders = new Map<string, string[]>();
  for (const file of paths) {
    const folder = path.dirname(file);
    const files = folders.get(folder);
    if (files === undefined) folders.set(folder, [file]);
    else files.push(file);
  }
  return [...folders]
    .map(([folder, files]) => ({
      folder,
      trainFiles: filesNamed(files, names.trainFiles),
      testFiles: filesNamed(files, names.testFiles),
      sampleSubmission: files.find(file => SAMPLE_NAME.test(path.basename(file))),
    }))
    .filter(({ trainFiles, testFiles }) => trainFiles.length + testFiles.length > 0)
    .sort((a, b) => (a.folder < b.folder ? -1 : 1));
}

/** The file may belong to a data set by its name. */
export function isCandidate(file: string, names: DataSetNames = DEFAULT_NAMES): boolean {
  const name = path.basename(file);
  return filesNamed([file], [...names.trainFiles, ...names.testFiles]).length > 0 || SAMPLE_NAME.test(name);
}

/** Files in the order of the names; where case tells two of them apart, the exact name comes first. */
function filesNamed(files: readonly string[], names: readonly string[]): readonly string[] {
  const matches = names.flatMap(name => {
    const same = files.filter(file => path.basename(file).toLowerCase() === name.toLowerCase());
    return same.sort(
      (a, b) => Number(path.basename(b) === name) - Number(path.basename(a) === name) || (a < b ? -1 : 1),
    );
  });
  return [...new Set(matches)];
}
