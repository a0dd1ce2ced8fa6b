import { DigitsError } from './errors';
import { parseOverrides, type Overrides } from './overrides';
import type { EngineChoice } from './run/runRecord';

// What a person may write into settings.json, which VS Code passes on whatever it is. A setting that is not there is
// `undefined`, and has its default.

/** What a setting says, or why it says nothing: then `value` is what is used in its place. */
export interface SettingValue<T> {
  readonly value: T;
  /** A sentence that names the setting, what it is set to and what is allowed. */
  readonly problem?: string;
}

const engines: readonly EngineChoice[] = ['auto', 'native', 'portable'];
const LONGEST_SHOWN = 60;

/** `digits.engine`. */
export function engineSetting(given: unknown): SettingValue<EngineChoice> {
  const engine = given === undefined ? 'auto' : engines.find(name => name === given);
  if (engine !== undefined) return { value: engine };
  return { value: 'auto', problem: `${refused('engine', given, '"auto", "native" or "portable"')}; "auto" is used.` };
}

/** `digits.trainOnAllRows`. */
export function allRowsSetting(given: unknown): SettingValue<boolean> {
  if (given === undefined || typeof given === 'boolean') return { value: given ?? false };
  return { value: false, problem: `${refused('trainOnAllRows', given, 'true or false')}.` };
}

/** `digits.presetValues`. */
export function presetValuesSetting(given: unknown): SettingValue<Overrides> {
  if (given === undefined) return { value: {} };
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return {
      value: {},
      problem: `${refused('presetValues', given, 'an object of names and numbers, as in {"learningRate": 0.01}')}.`,
    };
  try {
    return { value: parseOverrides({ ...given }) };
  } catch (error) {
    if (!(error instanceof DigitsError)) throw error;
    return { value: {}, problem: `The setting "digits.presetValues" has a value that can't be: ${error.message}` };
  }
}

/** `digits.trainFiles` or `digits.testFiles`: names of files, without folders. */
export function fileNamesSetting(
  key: 'trainFiles' | 'testFiles',
  given: unknown,
  usual: readonly string[],
): SettingValue<readonly string[]> {
  if (given === undefined) return { value: usual };
  const isName = (name: unknown): name is string => typeof name === 'string' && name !== '' && !/[\\/]/.test(name);
  const names = Array.isArray(given) ? given.filter(isName) : [];
  if (Array.isArray(given) && names.length === given.length && names.length > 0) return { value: names };
  const value = names.length > 0 ? names : usual;
  const allowed = `a list of file names without folders, as in ${JSON.stringify(usual)}`;
  return { value, problem: `${refused(key, given, allowed)}; ${JSON.stringify(value)} is used.` };
}

/** `digits.runsFolder`: an absolute path, or one in the user's own folder `home`; undefined for beside the data. */
export function runsFolderSetting(given: unknown, home: string): SettingValue<string | undefined> {
  if (given === undefined || given === '') return { value: undefined };
  if (typeof given === 'string' && !given.includes('\0')) {
    if (/^~[\\/]/.test(given)) return { value: home + given.slice(1) };
    if (/^(?:\/|[a-z]:[\\/]|\\\\)/i.test(given)) return { value: given };
  }
  const allowed = 'the whole path of a folder, as in "~/digits-runs", or nothing for beside the data';
  return { value: undefined, problem: `${refused('runsFolder', given, allowed)}; runs are kept beside the data.` };
}

function refused(key: string, given: unknown, allowed: string): string {
  const text = JSON.stringify(given);
  const shown = text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
  return `The setting "digits.${key}" is ${shown}, and it takes ${allowed}`;
}
