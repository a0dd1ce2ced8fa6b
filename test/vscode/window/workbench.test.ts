import { expect, test } from 'vitest';
import { useWindow } from '../driver';

const window = useWindow();

test('a folder with train.csv and test.csv shows Digits in the status bar', async () => {
  const item = window().statusBarItem('Digits');
  await item.first().waitFor();
  expect(await item.first().innerText()).toContain('Digits');
  await window().screenshot('workbench');
});
