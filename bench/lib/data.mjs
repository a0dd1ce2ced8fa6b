// The data that a measurement sees: the sample, or its first rows, in a folder of its own that goes with this process.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { inRoot } from '../../scripts/lib/paths.mjs';
import { readAnswers } from './digits.mjs';

export const answersFile = inRoot('bench', 'answers.csv');

/**
 * Makes a folder with train.csv and test.csv of so many rows, by default all. Not sample/ itself: a user's runs stay as
 * they are. `answers` are the test images' labels.
 */
export function makeData({ trainRows = Infinity, testRows = Infinity } = {}) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'digits-bench-'));
  process.once('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  copyRows('train.csv', folder, trainRows);
  copyRows('test.csv', folder, testRows);
  return { folder, trainFile: path.join(folder, 'train.csv'), answers: readAnswers(answersFile).slice(0, testRows) };
}

function copyRows(name, folder, rows) {
  const from = inRoot('sample', name);
  const to = path.join(folder, name);
  if (rows === Infinity) return fs.copyFileSync(from, to);
  const bytes = fs.readFileSync(from);
  let end = 0;
  for (let line = 0; line <= rows; line++) end = bytes.indexOf(10, end) + 1;
  fs.writeFileSync(to, bytes.subarray(0, end));
}
