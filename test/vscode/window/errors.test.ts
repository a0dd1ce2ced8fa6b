import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { useWindow } from '../driver';
import { until } from '../vscodeWindow';

// What a person reads when something is wrong: one sentence, once, with a way to the log.

const minute = 60_000;

async function startTraining(window: ReturnType<ReturnType<typeof useWindow>>, epochs: string): Promise<void> {
  await window.runCommand('Digits: Train Model');
  await window.pick('notebook');
  await window.typeIntoQuickInput(epochs, { enter: true });
}

/** The error with this text, which must be the only one shown, and its button. */
async function expectError(window: ReturnType<ReturnType<typeof useWindow>>, pattern: RegExp): Promise<void> {
  const text = await until(
    `an error like ${pattern}`,
    async () => (await window.notifications()).find(shown => pattern.test(shown)),
    minute,
  );
  expect((await window.notifications()).filter(shown => pattern.test(shown))).toEqual([text]);
  await window.pressInNotification(text, 'Show Log');
  // The log opens and has the sentence too.
  await window.page
    .locator('.pane-body .view-line, .output-view-container .view-line', { hasText: text.slice(0, 30) })
    .first()
    .waitFor();
  await window.runCommand('View: Toggle Panel Visibility');
  await window.clearNotifications();
}

describe('with a small data set', () => {
  // A window in a browser saves by itself.
  const settings = { '.vscode/settings.json': '{ "files.autoSave": "off" }' };
  const window = useWindow({ workspace: { trainRows: 700, testRows: 50, files: settings } });
  const file = (name: string): string => path.join(window().workspace, name);

  test('a training can be cancelled, and what ended is kept', async () => {
    await startTraining(window(), '200');
    await window().notification('epoch 2 of 200', minute);
    await window().pressInNotification('Training on train.csv', 'Cancel');
    const text = await window().notification('was cancelled', minute);
    expect(text).toMatch(
      /Training on train\.csv was cancelled; the weights of epoch \d+ are kept \(\d+\.\d\d % of 70 validation images right\)/,
    );
    await window().clearNotifications();
    const frame = await window().webviewFrame('Digits Run');
    await until(
      'the end in the panel',
      async () => (await frame.getByTestId('run-status').innerText()) === 'Cancelled',
    );
  });

  test(
    'a training whose process is killed says so once, and Resume goes on',
    async () => {
      await startTraining(window(), '300');
      await window().notification('epoch 2 of 300', minute);
      const runs = path.join(window().workspace, '.digits', 'runs');
      const { pid } = fs
        .readdirSync(runs)
        .map(
          id => JSON.parse(fs.readFileSync(path.join(runs, id, 'run.json'), 'utf8')) as { status: string; pid: number },
        )
        .find(({ status }) => status === 'training')!;
      process.kill(pid, 'SIGKILL');
      const text = await window().notification('The training process was killed', minute);
      expect(text).toMatch(
        /^The training process was killed by another program or the system \(SIGKILL\), .*; what it had finished is kept: try again\.$/,
      );
      const frame = await window().webviewFrame('Digits Run');
      await until(
        'the end in the panel',
        async () => (await frame.getByTestId('run-status').innerText()) === 'Interrupted',
        minute,
      );
      await window().screenshot('killed');
      // It stays the only one.
      expect(await window().notifications()).toEqual([text]);
      await window().runCommand('Notifications: Show Notifications');
      expect(await window().page.locator('.notifications-center .notification-list-item').count()).toBe(1);
      await window().page.locator('.notifications-center').getByRole('button', { name: 'Resume', exact: true }).click();
      const goesOn = await window().notification('of 300', minute);
      expect(Number(/epoch (\d+) of 300/.exec(goesOn)?.[1])).toBeGreaterThanOrEqual(2);
      await window().pressInNotification('Training on train.csv', 'Cancel');
      await window().notification('was cancelled', minute);
      await window().clearNotifications();
    },
    4 * minute,
  );

  test('a second training waits for the first, and says so', async () => {
    await startTraining(window(), '100');
    await window().notification('epoch 1 of 100', minute);
    await startTraining(window(), '1');
    await window().notification('waiting for another training to end', minute);
    const first = window().page.locator('.notifications-toasts .notification-list-item', { hasText: 'of 100' });
    await first.getByRole('button', { name: 'Cancel' }).click();
    await window().notification('Trained on train.csv', minute);
    await window().clearNotifications();
  });

  test('changes that were not saved are asked about before anything is chosen', async () => {
    const whole = fs.readFileSync(file('train.csv'), 'latin1');
    const small = whole.split('\n').slice(0, 61).join('\n');
    fs.writeFileSync(file('train.csv'), `${small}\n`);
    await window().openFile('train.csv');
    await window().statusBarItem('Ln 1, Col 1').waitFor();
    await window().page.keyboard.press('Control+End');
    await window().statusBarItem('Ln 62, Col 1').waitFor();
    await window().page.keyboard.press('Enter');
    await window().page.locator('.tab.dirty', { hasText: 'train.csv' }).waitFor();
    await window().runCommand('Digits: Train Model');
    const dialog = window().page.locator('.monaco-dialog-box', { hasText: 'train.csv has unsaved changes.' });
    await dialog.waitFor();
    expect(await window().page.locator('.quick-input-widget:visible').count()).toBe(0);
    await window().pressInDialog('Save');
    await window().pick('notebook');
    expect(fs.readFileSync(file('train.csv'), 'latin1')).toBe(`${small}\n\n`);
    await window().typeIntoQuickInput('1', { enter: true });
    // It is not asked again.
    await window().notification('Trained on train.csv', minute);
    await window().clearNotifications();
    await window().page.keyboard.press('Control+W');
    fs.writeFileSync(file('train.csv'), whole);
  });

  test('a row with a value too few is named', async () => {
    const whole = fs.readFileSync(file('train.csv'), 'latin1');
    const lines = whole.split('\n');
    fs.writeFileSync(file('train.csv'), lines.with(104, lines[104]!.replace(/,\d+$/, '')).join('\n'));
    await startTraining(window(), '1');
    await expectError(window(), /^train\.csv, row 104 \(line 105\) has 784 values where the header has 785/);
    fs.writeFileSync(file('train.csv'), lines.with(7, lines[7]!.replace(/,\d+$/, ',300')).join('\n'));
    await startTraining(window(), '1');
    await expectError(window(), /^train\.csv, row 7 .*300/);
    fs.writeFileSync(file('train.csv'), whole);
  });

  test("rows that can't be read are named, and left out where the user says so", async () => {
    const whole = fs.readFileSync(file('train.csv'), 'latin1');
    const lines = whole.split('\n');
    fs.writeFileSync(
      file('train.csv'),
      lines.with(104, lines[104]!.replace(/,\d+$/, '')).with(7, lines[7]!.replace(/,\d+$/, ',300')).join('\n'),
    );
    await startTraining(window(), '1');
    const refusal = await window().notification("Row 104 can't be read either.", minute);
    expect(refusal).toMatch(/^train\.csv, row 7 \(line 8\) has 300 in column 785/);
    await window().screenshot('skip rows');
    await window().pressInNotification("Row 104 can't be read either.", 'Skip 2 Rows');
    await window().notification('Trained on train.csv', minute);
    const frame = await window().webviewFrame('Digits Run');
    await frame.getByText("Rows 7 and 104 of train.csv can't be read and were skipped.").waitFor();
    expect((await frame.getByTestId('run-facts').innerText()).replace(/\s+/g, ' ')).toContain(
      "without 2 rows that can't be read",
    );
    await window().screenshot('skipped rows');
    await window().clearNotifications();
    fs.writeFileSync(file('train.csv'), whole);
  });

  test('without test.csv there is no submission, and the sentence says which file is missing', async () => {
    fs.renameSync(file('test.csv'), file('elsewhere.csv'));
    await window()
      .statusBarItem(/Digits: train\.csv\s*$/)
      .waitFor();
    await window().runCommand('Digits: Write Submission');
    await expectError(window(), /^There is no test\.csv in /);
    fs.renameSync(file('elsewhere.csv'), file('test.csv'));
  });

  test('an empty train.csv is named', async () => {
    fs.writeFileSync(file('train.csv'), '');
    fs.rmSync(file('test.csv'), { force: true });
    await until(
      'the status bar item to go',
      async () =>
        (await window()
          .statusBarItem(/Digits:/)
          .count()) === 0,
    );
    await window().runCommand('Digits: Train Model');
    await expectError(window(), /^train\.csv is empty/);
  });

  test('no data at all is said with the names that are looked for', async () => {
    fs.rmSync(file('train.csv'));
    fs.rmSync(file('sample_submission.csv'), { force: true });
    await window().runCommand('Digits: Train Model');
    await expectError(window(), /^No train\.csv or test\.csv was found in workspace/);
  });
});

describe('with two data sets', () => {
  const header = `label,${Array.from({ length: 64 }, (_, i) => `pixel${i}`).join(',')}`;
  const csv = `${header}\n${Array.from({ length: 40 }, (_, i) => `${i % 2},${Array.from({ length: 64 }, (_, j) => ((i % 2) * j) % 17).join(',')}`).join('\n')}\n`;
  const window = useWindow({ workspace: { trainRows: 100, testRows: 10, files: { 'small/train.csv': csv } } });

  test('asks which one, and remembers it', async () => {
    await window().statusBarItem('Digits: 2 data sets').click();
    expect(await window().pickLabels()).toEqual(['workspace', 'small']);
    await window().pick('small');
    await window().statusBarItem('Digits: small').waitFor();
    await window().reload();
    await window().statusBarItem('Digits: small').waitFor();
  });

  test('trains on eight by eight pixels and two classes as well', async () => {
    await startTraining(window(), '3');
    await window().notification('Trained on small/train.csv', minute);
    const frame = await window().webviewFrame('Digits Run');
    await frame.getByTestId('data-check').getByText('8 × 8 pixels').waitFor();
    expect(await frame.getByTestId('confusion').locator('tbody tr').count()).toBe(2);
  });
});
