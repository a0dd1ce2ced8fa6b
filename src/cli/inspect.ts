import path from 'node:path';
import { readPixelFile } from '../store/pixelFile/readPixelFile';
import { checkData } from '../core/data/checkData';
import { findDataSets } from '../store/dataSet/findDataSets';
import { DigitsError } from '../core/errors';
import { sentence } from '../core/sentence';
import { count } from '../core/text';
import { requireFolder } from './dataSet';
import type { Output } from './output';
import { sumUp } from './sumUp';

/** Lines about rows that are printed. */
const MOST_LINES = 20;

/** `digits inspect`. */
export async function inspect(folder: string, output: Output): Promise<void> {
  const root = await requireFolder(folder);
  const dataSets = await findDataSets(root);
  if (dataSets.length === 0)
    throw new DigitsError(
      'no-data',
      sentence`There is no train.csv or test.csv in ${folder}; put the files of the data set there.`,
    );
  const problems = dataSets.flatMap(dataSet => dataSet.problems);
  const paths = dataSets.flatMap(({ trainFile, testFile }) => [trainFile, testFile]).filter(file => file !== undefined);
  // With nothing that can be read, the reason is the answer.
  if (paths.length === 0) throw new DigitsError(problems[0]!.code, problems[0]!.message);

  const files = [];
  for (const file of paths) {
    const name = path.relative(root, file);
    const data = await readPixelFile(file, {
      keepPixels: false,
      signal: output.failed,
      onProgress: share => output.bar(share, `reading ${name}`),
    });
    const check = checkData(data, path.basename(file));
    const { side, kind } = data.format;
    files.push({
      file: name,
      kind,
      rows: check.rows,
      classes: check.classes.length,
      side,
      labelCounts: check.classes.map((label, i) => ({ label, count: check.classCounts[i] })),
      missing: check.missing,
      problemCount: check.problemCount,
      problems: check.problems.map(({ row, message }) => ({ row, message })),
      warnings: check.rareLabels.map(({ message }) => message),
    });
    output.event(
      { event: 'file', file: name },
      `${name}: ${count(check.rows)} ${kind === 'train' ? 'labelled images' : 'images'} of ${side}x${side} pixels, ${check.missing === 0 ? 'no missing values' : `${check.missing} rows with missing values`}`,
    );
    if (kind === 'train')
      output.event(
        { event: 'labels', file: name },
        `  ${check.classes.map((label, i) => `${label}: ${check.classCounts[i]}`).join('  ')}`,
      );
    for (const { row, message } of check.problems.slice(0, MOST_LINES))
      output.event({ event: 'problem', file: name, row, message });
    const lines = sumUp(check.problems.map(({ message }) => message));
    for (const line of lines.slice(0, MOST_LINES)) output.line(`  ${line}`);
    if (check.problemCount > check.problems.length || lines.length > MOST_LINES)
      output.event(
        { event: 'problems', file: name, count: check.problemCount },
        `  … ${check.problemCount} rows in all can't be read`,
      );
    for (const { message } of check.rareLabels) output.event({ event: 'warning', file: name, message }, `  ${message}`);
  }
  for (const { file, code, message } of problems)
    output.event({ event: 'unusable', file: path.relative(root, file), code, message }, message);
  output.event({
    event: 'done',
    files,
    unusable: problems.map(({ file, code, message }) => ({ file: path.relative(root, file), code, message })),
  });
}
