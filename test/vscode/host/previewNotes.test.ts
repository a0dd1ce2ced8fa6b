import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { ExplainService } from '../../../src/host/runs/explainService';
import { Log } from '../../../src/host/log';
import { PixelFiles } from '../../../src/host/pixelFiles/pixelFiles';
import { PreviewInspector } from '../../../src/host/preview/previewInspector';
import { runRecord } from '../../unit/support/runRecord';

// What an inspector in a preview says before it answers: that the file is written otherwise than what the network knows.

suite('the inspector in a preview', () => {
  const side = 8;
  const { extensionPath } = vscode.extensions.getExtension('digits.digits')!;
  const bundle = (name: string): string => path.join(extensionPath, 'dist', name);
  let folder: string;
  let log: Log;
  suiteSetup(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'digits-notes-'));
    log = new Log();
  });
  suiteTeardown(() => {
    log.dispose();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  /** The notes on a file whose images have a square of ink, written by `write`, for a network of images from 0 to 255. */
  async function notesOn(write: (hasInk: boolean) => number): Promise<readonly string[]> {
    const names = Array.from({ length: side * side }, (_, i) => `pixel${i}`).join(',');
    const isInk = (i: number): boolean => i % side > 2 && i % side < 6 && i > 2 * side && i < 6 * side;
    const row = Array.from({ length: side * side }, (_, i) => write(isInk(i))).join(',');
    const file = path.join(folder, 'test.csv');
    fs.writeFileSync(file, `${names}\n${`${row}\n`.repeat(30)}`);
    const files = new PixelFiles(bundle('pixelFileWorker.js'));
    const explain = new ExplainService(bundle('training.js'), log);
    const share = await files.acquire(file);
    const run = runRecord({ bestEpoch: 1, data: { side, maxPixel: 255, high: 'ink', mean: 0.19 } });
    const inspector = new PreviewInspector(
      {
        explain,
        list: () => Promise.resolve([{ runFolder: path.join(folder, '.digits', 'runs', 'a'), run }]),
        currentFolder: () => undefined,
        openRun: () => undefined,
        reveal: () => undefined,
      },
      () => share,
      () => undefined,
    );
    try {
      return (await inspector.methods.network(undefined))!.notes;
    } finally {
      for (const owned of [inspector, share, explain, files]) owned.dispose();
    }
  }

  test('says nothing of a file that is written as the training file', async () => {
    assert.deepEqual(await notesOn(hasInk => (hasInk ? 255 : 0)), []);
  });

  test('says that the values of a file were scaled to match', async () => {
    const [note, ...others] = await notesOn(hasInk => (hasInk ? 1 : 0));
    assert.match(
      note!,
      /^test\.csv has pixel values up to 1 and run a was trained on values up to 255, so they were scaled/,
    );
    assert.deepEqual(others, []);
  });

  test('says that ink and paper of a file were swapped', async () => {
    const [note] = await notesOn(hasInk => (hasInk ? 0 : 255));
    assert.match(note!, /^In test\.csv high values are paper .* so they were inverted to match\.$/);
  });
});
