// npm run package [-- --target linux-x64]: the extension as digits-<version>.vsix, to install with "Install from VSIX…".
// With --target it is for that platform alone and carries the native engine: it needs no set-up there.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureEngine } from './lib/engine.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { main, Problem, step } from './lib/step.mjs';
import { ensureVsix, vsixFile } from './lib/vsix.mjs';

await main(async () => {
  const target = readTarget();
  await step('npm packages', ensurePackages);
  if (target) await step('native engine', ensureEngine);
  await step(path.basename(vsixFile(target)), () => ensureVsix(target));
});

function readTarget() {
  try {
    return parseArgs({ options: { target: { type: 'string' } } }).values.target;
  } catch (error) {
    throw new Problem(`${error.message}. Use: npm run package [-- --target PLATFORM]`);
  }
}
