import * as vscode from 'vscode';
import { DigitsError } from '../core/errors';
import { parseOverrides, type Overrides } from '../core/overrides';
import type { EngineChoice } from '../core/run/runRecord';

/** A setting of the user's that can't be; whoever shows it can open it. */
export class SettingError extends DigitsError {
  readonly setting: string;

  constructor(setting: string, message: string) {
    super('bad-setting', message);
    this.setting = setting;
  }
}

/** The engine that a folder or file is to be trained with. */
export function readEngine(scope: vscode.Uri | undefined): EngineChoice {
  return vscode.workspace.getConfiguration('digits', scope).get<EngineChoice>('engine', 'auto');
}

/** The user's own values for the presets, those for all rows included. Throws a {@link SettingError}. */
export function readOverrides(scope: vscode.Uri): Overrides {
  const settings = vscode.workspace.getConfiguration('digits', scope);
  const setting = 'digits.presetValues';
  const values: unknown = settings.get('presetValues') ?? {};
  if (typeof values !== 'object' || Array.isArray(values))
    throw new SettingError(
      setting,
      `The setting "${setting}" takes an object of names and numbers, as in {"learningRate": 0.01}.`,
    );
  try {
    const overrides = parseOverrides({ ...values });
    return settings.get('trainOnAllRows') === true ? { ...overrides, validationShare: 0 } : overrides;
  } catch (error) {
    throw error instanceof DigitsError
      ? new SettingError(setting, `The setting "${setting}" has a value that can't be: ${error.message}`)
      : error;
  }
}
