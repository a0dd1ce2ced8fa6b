import { afterAll, afterEach, beforeAll } from 'vitest';
import { launch, type LaunchOptions } from './launch';
import type { VSCodeWindow } from './vscodeWindow';

/**
 * One VS Code for all tests of a file; a test that fails leaves a picture and the log in out/screenshots/.
 *
 *     const window = useWindow({ workspace: { trainRows: 500 } });
 *     test('…', async () => { await window().runCommand('Digits: Train'); });
 */
export function useWindow(options: LaunchOptions = {}): () => VSCodeWindow {
  let window: VSCodeWindow | undefined;
  beforeAll(async () => {
    window = await launch(options);
  });
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    await window?.saveTrace(`failed ${task.name}`).catch(() => undefined);
  });
  afterAll(() => window?.stop());
  return () => {
    if (!window) throw new Error('VS Code did not start.');
    return window;
  };
}
