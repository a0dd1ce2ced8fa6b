import type { Frame } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { useWindow } from '../driver';
import { until } from '../vscodeWindow';

// Trainings that are stopped and go on, the user's own values, all rows, and the engine.

const minute = 60_000;
const panel = (): Promise<Frame> => window().webviewFrame('Digits Run');
const textOf = async (frame: Frame, id: string): Promise<string> =>
  (await frame.getByTestId(id).innerText()).replace(/\s+/g, ' ');
const status = (frame: Frame, text: string): Promise<unknown> =>
  until(`the status ${text}`, async () => (await textOf(frame, 'run-status')) === text, minute);
const window = useWindow({
  workspace: {
    trainRows: 2000,
    testRows: 50,
    files: { '.vscode/settings.json': JSON.stringify({ 'digits.presetValues': { batchSize: 32 } }) },
  },
  size: { width: 1280, height: 900 },
});

/** The text of what the input box says below its field. */
const prompt = (): Promise<string> =>
  window().page.locator('.quick-input-widget:visible .quick-input-message').innerText();

async function clear(): Promise<void> {
  await window().clearNotifications();
}

describe('a training', () => {
  test(
    "takes the user's own values, and is cancelled in its second epoch",
    async () => {
      await window().runCommand('Digits: Train Model');
      await until('the presets', async () => (await window().pickLabels()).includes('best'));
      await window().screenshot('resume presets');
      await window().pick('quick');
      await until('the values', async () => (await prompt()).includes('Your own values: batchSize 32.'));
      await window().typeIntoQuickInput('4', { enter: true });
      await window().notification('epoch 2 of 4', minute);
      await window().pressInNotification('Training on train.csv', 'Cancel');
      await window().notification('was cancelled', minute);
      const frame = await panel();
      await status(frame, 'Cancelled');
      expect(await textOf(frame, 'run-sentence')).toMatch(
        /^Training was cancelled after epoch \d of 4\. The weights of epoch \d are kept\. Resume goes on with epoch \d\.$/,
      );
      expect(await textOf(frame, 'run-facts')).toContain('batchSize 32');
      await window().page.getByRole('button', { name: 'Digits Section' }).click();
      const item = window().page.getByRole('treeitem', { name: /quick, / });
      await item.hover();
      await item.getByRole('button', { name: 'Resume Training' }).waitFor();
      await window().screenshot('resume tree');
      await clear();
    },
    3 * minute,
  );

  test(
    'goes on by the button in its panel, to the last epoch',
    async () => {
      const frame = await panel();
      await frame.getByTestId('resume').click();
      await frame.getByTestId('cancel').waitFor();
      await until(
        'the epochs that follow',
        async () => /Epoch [234] of 4/.test(await textOf(frame, 'progress')),
        minute,
      );
      await window().screenshot('resume going on');
      await window().notification('Trained on train.csv', 2 * minute);
      await status(frame, 'Done');
      expect(await textOf(frame, 'best')).toContain('epoch 4 of 4');
      expect(await frame.getByTestId('resume').count()).toBe(0);
      expect(await frame.getByTestId('chart-loss').locator('tbody tr').count()).toBe(4);
      await clear();
      await window().screenshot('resume done');
    },
    3 * minute,
  );

  test('goes on by the command, which says when there is nothing to resume', async () => {
    await window().runCommand('Digits: Resume Training');
    await window().notification('there is nothing to resume', minute);
    await clear();
  });

  test(
    'learns from all rows where the setting says so',
    async () => {
      window().updateSettings({ 'digits.trainOnAllRows': true, 'digits.presetValues': { batchSize: 64 } });
      await until(
        'the setting',
        async () => {
          await window().runCommand('Digits: Train Model');
          await window().pick('quick');
          const text = await until('the question', async () =>
            (await prompt()).includes('Epochs') ? prompt() : undefined,
          );
          if (text.includes('Trains on all rows, no validation.')) return true;
          await window().page.keyboard.press('Escape');
          return undefined;
        },
        minute,
      );
      await until('the estimate', async () => (await prompt()).includes('on this machine'), minute);
      await window().screenshot('all rows epochs');
      await window().typeIntoQuickInput('2', { enter: true });
      const told = await window().notification('Trained on all 2,000 images', 2 * minute);
      expect(told).not.toContain('%');
      await window()
        .page.getByRole('treeitem', { name: /^Done, quick on all rows/ })
        .waitFor();
      await window().screenshot('all rows told');
      await clear();
      const frame = await panel();
      await status(frame, 'Done');
      expect(await textOf(frame, 'best')).toContain('Trained on all images, so none is left to validate with.');
      expect(await textOf(frame, 'data-check')).toContain('none set aside');
      expect(await textOf(frame, 'chart-loss')).not.toMatch(/validation|best/);
      await window().screenshot('all rows run');
      await frame.getByText('evaluate it on a file of other images').scrollIntoViewIfNeeded();
      await window().screenshot('all rows confusion');
    },
    4 * minute,
  );

  test("names a setting that can't be, and opens it", async () => {
    window().updateSettings({ 'digits.presetValues': { batchSize: 1 } });
    await until(
      'the error',
      async () => {
        await window().runCommand('Digits: Train Model');
        const told = await window()
          .notification('digits.presetValues', 2000)
          .catch(() => undefined);
        // Too early: it asks for a preset.
        if (told === undefined) await window().page.keyboard.press('Escape');
        return told?.includes('"batchSize" takes a whole number from 2 to 4096, not "1"');
      },
      minute,
    );
    await window().screenshot('setting refused');
    await window().pressInNotification('digits.presetValues', 'Open Settings');
    await window().page.locator('.settings-editor').getByText('Preset Values').first().waitFor();
    await window().screenshot('setting opened');
    await clear();
  });
});

describe('the engine', () => {
  test(
    'is checked: which one runs, how fast, and how the other one does',
    async () => {
      await window().runCommand('Digits: Check Engine');
      await window().notification('measuring the', minute);
      const told = await window().notification('Digits runs on the native engine', minute);
      expect(told).toMatch(
        /TensorFlow \S+ on .*: [\d,]+ images a second\. The portable engine works too: [\d,]+ images a second, .*\d+\.\d times as (long|fast)/,
      );
      await window().screenshot('engine checked');
      await window().pressInNotification('Digits runs on', 'Copy Report');
      await until('the report', async () =>
        String(await window().page.evaluate('navigator.clipboard.readText()')).includes('native engine, used:'),
      );
    },
    2 * minute,
  );
});

describe('without TensorFlow', () => {
  const portable = useWindow({
    workspace: { trainRows: 300, testRows: 10 },
    env: { DIGITS_ENGINE_DIR: '/nowhere' },
    size: { width: 1280, height: 900 },
  });

  test(
    'a training says once that the portable engine took over, and why',
    async () => {
      await portable().runCommand('Digits: Train Model');
      await portable().pick('quick');
      await portable().typeIntoQuickInput('1', { enter: true });
      await portable().notification('Trained on train.csv', 2 * minute);
      const told = await portable().notification('Digits uses the portable engine, which is slower', minute);
      expect(told).toContain('npm run setup');
      const frame = await portable().webviewFrame('Digits Run');
      expect(await textOf(frame, 'engine-note')).toContain('is not installed');
      await portable().screenshot('engine fallback');
      await portable().pressInNotification('Digits uses the portable engine', 'Check Engine');
      await portable().notification('The native engine does not run', minute);
      await portable().screenshot('engine fallback checked');
    },
    4 * minute,
  );

  test(
    'who asks for TensorFlow is told what is missing and how to get it, before how long to train',
    async () => {
      await portable().clearNotifications();
      portable().updateSettings({ 'digits.engine': 'native' });
      const missing = 'TensorFlow, which Digits trains with, is not installed on this machine; run "npm run setup"';
      await until(
        'the error',
        async () => {
          await portable().runCommand('Digits: Train Model');
          await portable().pick('quick');
          const told = await portable()
            .notification(missing, 2000)
            .catch(() => undefined);
          // Too early: it asks for the epochs.
          if (told === undefined) await portable().page.keyboard.press('Escape');
          return told;
        },
        minute,
      );
    },
    2 * minute,
  );
});
