// npm run test:desktop: the extension-host tests in VS Code for the desktop, which is downloaded first.
import { build } from './lib/build.mjs';
import { inCache } from './lib/cache.mjs';
import { ensureEngine } from './lib/engine.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { ensureSample } from './lib/sampleData.mjs';
import { main, Problem, step } from './lib/step.mjs';
import { vitest } from './lib/testParts.mjs';

await main(async () => {
  await step('npm packages', ensurePackages);
  await step('native engine', ensureEngine);
  await step('sample data in sample/', () => ensureSample());
  await step('build', () => build());
  const program = await download();
  const { passed, failed } = await vitest(['host'], [], { DIGITS_TEST_VSCODE: program });
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
});

async function download() {
  const { downloadAndUnzipVSCode, SilentReporter } = await import('@vscode/test-electron');
  let program;
  try {
    await step('VS Code for the desktop', async () => {
      program = await downloadAndUnzipVSCode({ cachePath: inCache('vscode-desktop'), reporter: new SilentReporter() });
    });
  } catch (error) {
    throw new Problem(
      `VS Code could not be downloaded (${error.cause?.message ?? error.message}): run this where its server can be reached; npm test runs the same tests in a VS Code server.`,
    );
  }
  return program;
}
