import os from 'node:os';
import * as vscode from 'vscode';
import { DigitsError } from '../core/errors';
import type { Overrides } from '../core/overrides';
import type { EngineChoice } from '../core/run/runRecord';
import {
  allRowsSetting,
  engineSetting,
  fileNamesSetting,
  presetValuesSetting,
  runsFolderSetting,
  type SettingValue,
} from '../core/settingValues';

/** A setting of the user's that can't be; whoever shows it can open it. */
export class SettingError extends DigitsError {
  readonly setting: string;

  constructor(setting: string, message: string) {
    super('bad-setting', message);
    this.setting = setting;
  }
}

type Scope = vscode.ConfigurationScope | undefined;

function read<T>(key: string, scope: Scope, check: (given: unknown) => SettingValue<T>): SettingValue<T> {
  return check(vscode.workspace.getConfiguration('digits', scope).get<unknown>(key));
}

/** The engine that a folder or file is to be trained with; "auto" where the setting can't be, which {@link settingProblems} tells. */
export function readEngine(scope: Scope): EngineChoice {
  return read('engine', scope, engineSetting).value;
}

/** The user's own values for the presets, those for all rows included. Throws a {@link SettingError}: another training is not what was asked for. */
export function readOverrides(scope: vscode.Uri): Overrides {
  const required = <T>(key: string, check: (given: unknown) => SettingValue<T>): T => {
    const { value, problem } = read(key, scope, check);
    if (problem !== undefined) throw new SettingError(`digits.${key}`, problem);
    return value;
  };
  const overrides = required('presetValues', presetValuesSetting);
  return required('trainOnAllRows', allRowsSetting) ? { ...overrides, validationShare: 0 } : overrides;
}

/** The names that the settings of a workspace folder give to data files; the usual ones where they give none. */
export function readFileNames(
  key: 'trainFiles' | 'testFiles',
  scope: Scope,
  usual: readonly string[],
): readonly string[] {
  return read(key, scope, given => fileNamesSetting(key, given, usual)).value;
}

/** The folder that new runs are kept in; undefined for beside their data. */
export function readRunsFolder(): string | undefined {
  return read('runsFolder', undefined, given => runsFolderSetting(given, os.homedir())).value;
}

/** What is wrong with the settings, over all workspace folders, a sentence for each value. */
export function settingProblems(): readonly SettingError[] {
  const checks: Readonly<Record<string, (given: unknown) => SettingValue<unknown>>> = {
    engine: engineSetting,
    trainOnAllRows: allRowsSetting,
    presetValues: presetValuesSetting,
    trainFiles: given => fileNamesSetting('trainFiles', given, ['train.csv']),
    runsFolder: given => runsFolderSetting(given, os.homedir()),
    testFiles: given => fileNamesSetting('testFiles', given, ['test.csv']),
  };
  const problems = [undefined, ...(vscode.workspace.workspaceFolders ?? [])].flatMap(scope =>
    Object.entries(checks).flatMap(([key, check]) => {
      const { problem } = read(key, scope, check);
      return problem === undefined ? [] : [new SettingError(`digits.${key}`, problem)];
    }),
  );
  return problems.filter(({ message }, i) => problems.findIndex(other => other.message === message) === i);
}
