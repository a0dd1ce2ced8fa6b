// npm run bench:views: what opening and scrolling through a preview cost in a real VS Code; prints a table and writes it to bench/out/views.md.
import { ensureChromium } from '../scripts/lib/chromium.mjs';
import { run } from '../scripts/lib/child.mjs';
import { inRoot, root } from '../scripts/lib/paths.mjs';
import { ensureSample } from '../scripts/lib/sampleData.mjs';
import { main, step } from '../scripts/lib/step.mjs';
import { ensureVscodeServer } from '../scripts/lib/vscodeServer.mjs';
import { ensureVsix } from '../scripts/lib/vsix.mjs';

await main(async () => {
  await step('sample data in sample/', () => ensureSample());
  await step('Chromium', ensureChromium);
  await step('VS Code server', ensureVscodeServer);
  await step('Digits, packaged', () => ensureVsix());
  await run(
    process.execPath,
    [inRoot('node_modules', 'vitest', 'vitest.mjs'), 'run', '--project', 'views', '--reporter', 'dot'],
    { cwd: root, show: true },
  );
});
