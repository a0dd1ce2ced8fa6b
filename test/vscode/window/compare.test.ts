import fs from 'node:fs';
import path from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useWindow } from '../driver';
import { runFiles, runFolders, type MadeRun } from '../madeRuns';
import { triedThemes, until } from '../vscodeWindow';

// Curves that are looked at closely, and runs that are compared.

const minute = 60_000;
const own: MadeRun = {
  id: 'own',
  created: '2026-11-22T19:00:00.000Z',
  accuracy: 0.9911,
  config: { preset: 'balanced', epochs: 12 },
};
const slow: MadeRun = {
  id: 'slow',
  created: '2026-11-22T18:00:00.000Z',
  accuracy: 0.9722,
  config: { preset: 'notebook', seed: 3, overrides: { learningRate: 0.01 } },
};
const several: MadeRun = {
  id: 'several',
  created: '2026-11-22T17:00:00.000Z',
  accuracy: 0.9933,
  networks: 3,
  config: { preset: 'best' },
};
const going: MadeRun = {
  id: 'going',
  created: '2026-11-22T16:00:00.000Z',
  accuracy: 0.9644,
  status: 'training',
  ended: 2,
};
const window = useWindow({
  workspace: { trainRows: 200, testRows: 20, files: runFolders(own, slow, several, going) },
  size: { width: 1280, height: 900 },
});

const runFolder = (id: string): string => path.join(window().workspace, '.digits', 'runs', id);
const item = (name: string | RegExp): Locator => window().page.getByRole('treeitem', { name });
const panel = (): Promise<Frame> => window().webviewFrame('Digits Run');
const textOf = async (frame: Frame, id: string): Promise<string> =>
  (await frame.getByTestId(id).innerText()).replace(/\s+/g, ' ');
const chart = (frame: Frame): Locator => frame.getByTestId('chart-loss').getByRole('application');
/** The names of the runs that are compared, the panel's own first. */
const compared = async (frame: Frame): Promise<string[]> =>
  (await frame.getByTestId('compared-runs').getByRole('listitem').allInnerTexts()).map(text =>
    text.replace(/\s+/g, ' '),
  );
const rowOf = (frame: Frame, label: string): Locator =>
  frame
    .getByTestId('compared-table')
    .getByRole('row')
    .filter({ has: frame.getByRole('rowheader', { name: new RegExp(`^${label}\\b`) }) });

/** What a training does to say that it goes on. */
let beat: NodeJS.Timeout;
beforeAll(() => {
  beat = setInterval(() => fs.writeFileSync(path.join(runFolder('going'), 'heartbeat'), ''), 10_000);
});
afterAll(() => clearInterval(beat));

function write({ id, ...run }: MadeRun): void {
  for (const [name, content] of Object.entries(runFiles({ id, ...run })))
    fs.writeFileSync(path.join(runFolder(id), name), content);
}

describe('the curves of a run', () => {
  test('tell the values at an epoch, by pointer and by keys', async () => {
    await window().page.getByRole('button', { name: 'Digits Section' }).click();
    await item(/^99\.11 %/).click();
    const frame = await panel();
    await until('the last epoch', async () => (await textOf(frame, 'chart-loss')).includes('epoch 12'));
    expect(await textOf(frame, 'kept')).toBe('The weights of epoch 12 are kept, the last one that ended.');
    const box = (await chart(frame).boundingBox())!;
    await window().page.mouse.move(box.x + box.width / 2, box.y + 80);
    await until(
      'an epoch in the middle, in every chart',
      async () =>
        /epoch [67]\b/.test(await textOf(frame, 'chart-loss')) &&
        /epoch [67]\b/.test(await textOf(frame, 'chart-accuracy')),
    );
    await window().screenshot('curves hover');
    await window().page.mouse.move(5, 5);

    await chart(frame).focus();
    await window().page.keyboard.press('Home');
    await window().page.keyboard.press('ArrowRight');
    await until(
      'what a screen reader says',
      async () =>
        (await frame.getByTestId('told').textContent()) === 'Loss, epoch 2: training 0.4600; validation 0.2300',
    );
  });

  test('zoom by keys and by dragging, and show all again', async () => {
    const frame = await panel();
    await window().page.keyboard.press('+');
    expect(await until('the zoom', async () => textOf(frame, 'zoom'))).toMatch(/^Epochs [12] to [678] of 12$/);
    await window().page.keyboard.press('0');
    await frame.getByTestId('zoom').waitFor({ state: 'detached' });
    const box = (await chart(frame).boundingBox())!;
    await window().page.mouse.move(box.x + box.width * 0.5, box.y + 80);
    await window().page.mouse.down();
    await window().page.mouse.move(box.x + box.width * 0.8, box.y + 90, { steps: 5 });
    await window().screenshot('curves drag');
    await window().page.mouse.up();
    const [, first, last] = /^Epochs (\d+) to (\d+) of 12$/.exec(
      await until('the zoom', async () => textOf(frame, 'zoom')),
    )!;
    expect(Number(first)).toBeGreaterThan(4);
    expect(Number(last)).toBeLessThan(12);
    await frame.getByTestId('reset-zoom').click();
    await frame.getByTestId('zoom').waitFor({ state: 'detached' });
  });

  test(
    'are smoothed and on a logarithmic scale, and so again after a reload',
    async () => {
      const frame = await panel();
      await frame.getByTestId('smoothing').focus();
      for (let i = 0; i < 12; i++) await window().page.keyboard.press('ArrowRight');
      await until('smoothed values', async () => (await textOf(frame, 'chart-accuracy')).includes('smoothed'));
      await frame.getByTestId('log-scale').check();
      await chart(frame).focus();
      await window().page.keyboard.press('+');
      const zoom = await until('the zoom', async () => textOf(frame, 'zoom'));
      await window().screenshot('curves smoothed');
      await window().reload();
      const again = await panel();
      await until('the zoom again', async () => (await textOf(again, 'zoom')) === zoom);
      expect(await again.getByTestId('smoothing').inputValue()).toBe('0.6');
      expect(await again.getByTestId('log-scale').isChecked()).toBe(true);
      await again.getByTestId('reset-zoom').click();
      await again.getByTestId('smoothing').fill('0');
      await again.getByTestId('log-scale').uncheck();
    },
    3 * minute,
  );

  test('show where each of several networks begins, and which epochs are kept', async () => {
    await item(/^99\.33 %/).click();
    const frame = await until('its panel', async () => {
      const shown = await panel();
      return (await textOf(shown, 'best')).includes('99.33') ? shown : undefined;
    });
    expect(await textOf(frame, 'kept')).toBe(
      '3 networks train one after the other, 6 epochs each. The weights of epochs 6, 12 and 18 are kept, one of each network, and their answers averaged.',
    );
    expect(await textOf(frame, 'chart-loss')).toContain('epoch 18 (network 3, epoch 6)');
    await frame.getByTestId('chart-loss').getByText('network 2', { exact: true }).first().waitFor();
    await window().screenshot('curves networks');
  });
});

describe('runs', () => {
  test(
    'are compared with those that are picked',
    async () => {
      await item(/^99\.11 %/).click();
      const frame = await until('its panel', async () => {
        const shown = await panel();
        return (await textOf(shown, 'best')).includes('99.11') ? shown : undefined;
      });
      await frame.getByTestId('compare-with').click();
      const rows = window().page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row');
      await until('the other runs', async () => (await rows.count()) === 3);
      await window().pick('notebook');
      await window().pick('quick');
      await window().screenshot('compare pick');
      await window().page.locator('.quick-input-widget:visible').getByRole('button', { name: 'OK' }).click();
      await until('the runs', async () => (await compared(frame)).length === 3);
      expect((await compared(frame)).map(name => name.split(',')[0])).toEqual(['balanced', 'notebook', 'quick']);
      expect(await rowOf(frame, 'Preset').innerText()).toMatch(/≠\s*Preset.*balanced\s+notebook\s+quick/s);
      expect(await rowOf(frame, 'learningRate').innerText()).toContain('0.01');
      expect(await rowOf(frame, 'Networks').innerText()).not.toContain('≠');
      expect(await textOf(frame, 'validation-caution')).toContain('not validated on the same images');
      await frame.getByTestId('only-differing').check();
      await rowOf(frame, 'Networks').waitFor({ state: 'detached' });
      await rowOf(frame, 'Preset').waitFor();
      for (const theme of triedThemes) {
        await window().showTheme(theme);
        await frame.getByTestId('compare-with').scrollIntoViewIfNeeded();
        await window().screenshot(`compare curves ${theme}`);
        await frame.getByTestId('compared-table').scrollIntoViewIfNeeded();
        await window().screenshot(`compare table ${theme}`);
      }
      await window().showTheme('vs-dark');
      // In a panel too narrow for all runs, what a row is of stays in sight.
      await window().page.setViewportSize({ width: 640, height: 900 });
      const table = frame.getByRole('region', { name: 'Settings and results' });
      await until('a table wider than its panel', () =>
        table.evaluate(
          region => (region.scrollLeft = region.scrollWidth) > region.clientWidth && region.scrollLeft > 20,
        ),
      );
      const [header, region] = [
        await rowOf(frame, 'Preset').getByRole('rowheader').boundingBox(),
        await table.boundingBox(),
      ];
      expect(Math.abs(header!.x - region!.x)).toBeLessThan(2);
      await window().screenshot('compare table narrow');
      await window().page.setViewportSize({ width: 1280, height: 900 });
    },
    3 * minute,
  );

  test(
    'are compared again after a reload, and follow one that trains',
    async () => {
      await window().reload();
      const frame = await panel();
      await until('the runs again', async () => (await compared(frame)).length === 3);
      expect(await frame.getByTestId('only-differing').isChecked()).toBe(true);
      expect(await rowOf(frame, 'Epochs ended').innerText()).toMatch(/12\s+6\s+2$/);
      write({ ...going, ended: 3 });
      await until('the next epoch', async () => /12\s+6\s+3$/.test(await rowOf(frame, 'Epochs ended').innerText()));
    },
    3 * minute,
  );

  test(
    'go from the comparison by a click, or with a sentence when they are deleted',
    async () => {
      const frame = await panel();
      await frame
        .getByTestId('compared-runs')
        .getByRole('button', { name: /^Take notebook/ })
        .click();
      await until(
        'the others',
        async () => (await compared(frame)).map(name => name.split(',')[0]).join() === 'balanced,quick',
      );
      clearInterval(beat);
      fs.rmSync(runFolder('going'), { recursive: true });
      await until(
        'a word about it',
        async () =>
          /^The run "quick, 22 Nov.*" is gone, so it is no longer compared\.$/.test(
            await textOf(frame, 'compared-notice'),
          ),
        minute,
      );
      expect(await frame.getByTestId('compared-runs').count()).toBe(0);
      expect(await frame.getByTestId('compared-table').count()).toBe(0);
    },
    2 * minute,
  );

  test(
    'are compared from the list, where several are selected',
    async () => {
      await item(/^97\.22 %/).click();
      await item(/^99\.33 %/).click({ modifiers: ['Control'] });
      const menu = await window().contextMenu(item(/^99\.33 %/));
      await menu.getByRole('menuitem', { name: 'Compare Runs' }).waitFor();
      expect(await menu.getByRole('menuitem', { name: 'Rename Run' }).count()).toBe(0);
      await window().screenshot('compare menu');
      await window().chooseFromMenu(menu, 'Compare Runs');
      await until(
        'the runs',
        async () => {
          const names = (await compared(await panel())).map(name => name.split(',')[0]);
          return names.length === 2 && names.includes('notebook') && names.includes('best');
        },
        minute,
      );
      await window().screenshot('compare from list');
    },
    2 * minute,
  );
});
