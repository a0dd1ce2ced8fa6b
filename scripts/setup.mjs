// npm run setup: what a checkout needs to build, run and test Digits. Run again, it does only what is missing.
import { build } from './lib/build.mjs';
import { ensureEngine } from './lib/engine.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { main, step } from './lib/step.mjs';

await main(async () => {
  await step('npm packages', ensurePackages);
  await step('native engine', ensureEngine);
  await step('build', build);
});
