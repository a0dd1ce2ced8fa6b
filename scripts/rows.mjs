// npm run rows -- FOLDER ROWS [SOURCE]: a data set of so many rows, for trying what size does: train.csv and test.csv of
// the sample data, or of the folder SOURCE, repeated with small changes.
import fs from 'node:fs/promises';
import path from 'node:path';
import { writeManyRows } from './lib/manyRows.mjs';
import { inRoot } from './lib/paths.mjs';
import { ensureSample } from './lib/sampleData.mjs';
import { main, Problem, step } from './lib/step.mjs';

await main(async () => {
  const [folder, count, source = inRoot('sample')] = process.argv.slice(2);
  const rows = Number(count);
  if (folder === undefined || !Number.isSafeInteger(rows) || rows < 1)
    throw new Problem('Name a folder and how many rows: npm run rows -- FOLDER ROWS');
  if (source === inRoot('sample')) await step('sample data in sample/', () => ensureSample());
  await fs.mkdir(folder, { recursive: true });
  for (const name of ['train.csv', 'test.csv']) {
    await step(`${name} of ${rows} rows in ${folder}`, () =>
      writeManyRows(path.join(source, name), path.join(folder, name), rows),
    );
  }
});
