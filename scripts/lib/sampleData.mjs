// The sample data: MNIST in the format and the sizes of Kaggle's Digit Recognizer.
import fs from 'node:fs/promises';
import path from 'node:path';
import { writeAtomically } from './cache.mjs';
import { inRoot } from './paths.mjs';
import { readMnist, shuffledIndices, toCsv } from './mnist.mjs';
import { ALREADY_THERE, Problem } from './step.mjs';

const SEED = 1;
const TRAIN_ROWS = 42_000;
// The sizes tell a file of ours from one of somebody else's, which is never overwritten.
const SIZES = { 'train.csv': 76_723_258, 'test.csv': 51_100_077, 'sample_submission.csv': 212_908 };

/**
 * Writes train.csv, test.csv and sample_submission.csv into a folder.
 * The test images' answers go to bench/answers.csv: a workspace must not hold them.
 */
export async function ensureSample(folder = inRoot('sample')) {
  const answers = inRoot('bench', 'answers.csv');
  const missing = [];
  for (const [name, size] of Object.entries(SIZES)) {
    const found = (await fs.stat(path.join(folder, name)).catch(() => undefined))?.size;
    if (found === undefined) missing.push(name);
    else if (found !== size)
      throw new Problem(`${path.join(folder, name)} is not the sample's: name another folder, or move it away.`);
  }
  const noAnswers = !(await fs.stat(answers).catch(() => undefined));
  if (missing.length === 0 && !noAnswers) return ALREADY_THERE;

  const mnist = await readMnist();
  const order = shuffledIndices(mnist.labels.length, SEED);
  const testRows = order.subarray(TRAIN_ROWS);
  const submission = label => `ImageId,Label\n${Array.from(testRows, (row, i) => `${i + 1},${label(row)}\n`).join('')}`;
  const contents = {
    'train.csv': () => toCsv(mnist, order.subarray(0, TRAIN_ROWS), { withLabels: true }),
    'test.csv': () => toCsv(mnist, testRows, { withLabels: false }),
    'sample_submission.csv': () => submission(() => 0),
  };
  for (const name of missing) await writeAtomically(path.join(folder, name), contents[name]());
  if (noAnswers)
    await writeAtomically(
      answers,
      submission(row => mnist.labels[row]),
    );
}
