// npm run sample [-- FOLDER]: the sample data, in sample/ or the folder named.
import path from 'node:path';
import { ensurePackages } from './lib/packages.mjs';
import { ensureSample } from './lib/sampleData.mjs';
import { main, step } from './lib/step.mjs';

await main(async () => {
  const folder = process.argv[2] && path.resolve(process.argv[2]);
  await step('npm packages', ensurePackages);
  await step(`sample data in ${folder ?? 'sample/'}`, () => ensureSample(folder));
});
