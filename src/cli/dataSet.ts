import fs from 'node:fs/promises';
import path from 'node:path';
import { findDataSets, type DataSet } from '../store/dataSet/findDataSets';
import { DigitsError } from '../core/errors';
import { sentence } from '../core/sentence';

/** The absolute path of a folder that is there. */
export async function requireFolder(folder: string): Promise<string> {
  const stats = await fs.stat(folder).catch(() => undefined);
  if (!stats) throw new DigitsError('no-data', sentence`There is no folder ${folder}; check its name.`);
  if (!stats.isDirectory())
    throw new DigitsError(
      'no-data',
      sentence`${folder} is a file; name the folder that train.csv and test.csv are in.`,
    );
  return path.resolve(folder);
}

/** The one data set of a folder that has the file asked for, and the path of that file. */
export async function chooseDataSet<Role extends 'train' | 'test'>(
  folder: string,
  role: Role,
): Promise<DataSet & { readonly [key in `${Role}File`]: string }> {
  const all = await findDataSets(await requireFolder(folder));
  const usable = all.filter(dataSet => dataSet[`${role}File`] !== undefined);
  if (usable.length === 0) {
    const problem = all.flatMap(dataSet => dataSet.problems).find(found => found.role === role);
    if (problem) throw new DigitsError(problem.code, problem.message);
    throw new DigitsError(
      role === 'train' ? 'no-data' : 'no-test',
      sentence`There is no ${role}.csv in ${folder}; put the file with the ${role === 'train' ? 'labelled images' : 'images to predict'} there.`,
    );
  }
  if (usable.length > 1) {
    const names = usable.map(dataSet => path.relative('', dataSet.folder) || '.').join(', ');
    throw new DigitsError(
      'bad-setting',
      sentence`${folder} has ${usable.length} data sets; name one of these folders: ${names}.`,
    );
  }
  return usable[0] as DataSet & { readonly [key in `${Role}File`]: string };
}
