// Trains one run for all windows of a test run, by the command line of the installed package: tests of what is done with
// a run that has a network and predictions begin with a copy of it.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { installedFolder } from './installPackage.mjs';
import { makeWorkspace, sampleRows } from './workspace';

const VARIABLE = 'DIGITS_TEST_TRAINED';

/** The run's data: the first rows of the sample's train.csv, and row `twin` once more as the last one. */
export const trained = { rows: 3001, twin: 8, validationRows: 301, epochs: 2 } as const;

/** Trains the run and returns what removes it again. */
export default function trainRun(): () => void {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'digits-trained-'));
  const remove = (): void => fs.rmSync(folder, { recursive: true, force: true });
  try {
    makeWorkspace({ trainRows: 0, testRows: 100, files: { 'train.csv': trainedCsv() } }, folder);
    const cli = path.join(installedFolder(), 'dist', 'cli.js');
    const values = ['--preset', 'quick', '--epochs', String(trained.epochs), '--seed', '2'];
    execFileSync(process.execPath, [cli, 'train', folder, ...values], { stdio: ['ignore', 'ignore', 'inherit'] });
  } catch (error) {
    remove();
    throw error;
  }
  process.env[VARIABLE] = folder;
  return remove;
}

/** The text of the run's training file. */
export function trainedCsv(): string {
  const [header, ...rows] = sampleRows('train.csv', trained.rows - 1);
  return `${[header, ...rows, rows[trained.twin - 1]].join('\n')}\n`;
}

/** The folder with the run: train.csv, test.csv and `.digits`. */
export function trainedFolder(): string {
  const folder = process.env[VARIABLE];
  if (!folder) throw new Error('No run was trained: the project lacks trainRun.ts as its globalSetup.');
  return folder;
}

/** Adds the run to a folder that has its training file, as if it had been trained there. */
export function addTrainedRun(folder: string): void {
  fs.cpSync(path.join(trainedFolder(), '.digits'), path.join(folder, '.digits'), { recursive: true });
}
