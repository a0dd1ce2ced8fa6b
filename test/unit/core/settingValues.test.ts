import { expect, it } from 'vitest';
import {
  allRowsSetting,
  engineSetting,
  fileNamesSetting,
  presetValuesSetting,
  runsFolderSetting,
} from '../../../src/core/settingValues';

const odd = [null, 3, true, [], {}, 'cuda', ['train.csv', 5], Number.NaN];

it.each(odd.map(given => [given]))(
  'names the engine setting, its value and what is allowed, and uses auto: %j',
  given => {
    const { value, problem } = engineSetting(given);
    expect(value).toBe('auto');
    expect(problem).toBe(
      `The setting "digits.engine" is ${JSON.stringify(given)}, and it takes "auto", "native" or "portable"; "auto" is used.`,
    );
  },
);

it.each(odd.filter(given => given !== true).map(given => [given]))(
  'names the setting for all rows where it is no boolean: %j',
  given => {
    const { value, problem } = allRowsSetting(given);
    expect(value).toBe(false);
    expect(problem).toContain(`"digits.trainOnAllRows" is ${JSON.stringify(given)}, and it takes true or false`);
  },
);

it.each([null, 3, true, [], 'learningRate'])('names the preset values where they are no object: %j', given => {
  expect(presetValuesSetting(given).problem).toContain(
    `"digits.presetValues" is ${JSON.stringify(given)}, and it takes an object of names and numbers`,
  );
});

it.each([{ learningRate: true }, { learningRate: null }, { learning: 1 }, { batchSize: 2.5 }, { crop: 99 }])(
  'says what is wrong with a preset value: %j',
  given => {
    const [[name, value]] = Object.entries(given) as [[string, unknown]];
    const { problem } = presetValuesSetting(given);
    expect(problem).toContain(`"digits.presetValues" has a value that can't be: "${name}"`);
    expect(problem).toMatch(name === 'learning' ? /learningRate/ : new RegExp(`from .* to .*"${String(value)}"`));
  },
);

it.each([null, 3, 'train.csv', {}, [], [''], [5], ['data/train.csv']])(
  'names a setting of file names and uses the usual ones: %j',
  given => {
    const { value, problem } = fileNamesSetting('trainFiles', given, ['train.csv']);
    expect(value).toEqual(['train.csv']);
    expect(problem).toBe(
      `The setting "digits.trainFiles" is ${JSON.stringify(given)}, and it takes a list of file names without folders, as in ["train.csv"]; ["train.csv"] is used.`,
    );
  },
);

it('uses the names that are some, and says that others are none', () => {
  const { value, problem } = fileNamesSetting('testFiles', ['mine.csv', 5], ['test.csv']);
  expect(value).toEqual(['mine.csv']);
  expect(problem).toContain('["mine.csv"] is used');
});

it('has nothing to say of settings that are right, or not there', () => {
  for (const read of [engineSetting, allRowsSetting, presetValuesSetting])
    expect(read(undefined).problem).toBeUndefined();
  expect(engineSetting('native')).toEqual({ value: 'native' });
  expect(allRowsSetting(true)).toEqual({ value: true });
  expect(presetValuesSetting({ learningRate: 0.01 })).toEqual({ value: { learningRate: 0.01 } });
  expect(fileNamesSetting('trainFiles', ['a.csv', 'b.csv'], ['train.csv'])).toEqual({ value: ['a.csv', 'b.csv'] });
});

it.each([null, 3, true, [[]], {}, 'runs', './runs', '~', '~me/runs'].map(given => [given]))(
  'names a folder for runs that is none: %j',
  given => {
    const { value, problem } = runsFolderSetting(given, '/home/me');
    expect(value).toBeUndefined();
    expect(problem).toContain('"digits.runsFolder" is ');
    expect(problem).toContain('it takes the whole path of a folder');
  },
);

it('takes a folder for runs by its whole path, or from the own folder', () => {
  expect(runsFolderSetting('~/runs', '/home/me')).toEqual({ value: '/home/me/runs' });
  for (const value of ['/runs', 'C:\\runs', 'd:/runs', '\\\\server\\runs'])
    expect(runsFolderSetting(value, '/home/me')).toEqual({ value });
  expect(runsFolderSetting('', '/home/me')).toEqual({ value: undefined });
});

it('shows no more of a long value than a sentence holds', () => {
  expect(engineSetting('x'.repeat(10_000)).problem!.length).toBeLessThan(200);
});
