import * as vscode from 'vscode';
import { measureFile } from '../../store/pixelFile/measureFile';
import { DigitsError } from '../../core/errors';
import type { Overrides } from '../../core/overrides';
import { newRunConfig, resolveConfig } from '../../core/run/runConfig';
import { defaultPreset, presets } from '../../core/presets';
import { fitToRows } from '../../core/run/fewRows';
import type { RunConfig } from '../../core/run/runRecord';
import type { PresetName, Preset } from '../../core/presets';
import { percent } from '../../core/text';
import type { DataSetService } from '../dataSets/dataSetService';
import { requireTrust, type Log } from '../log';
import type { Training } from '../runs/trainingQueue';
import { readEngine, readOverrides } from '../settings';
import { saveFirst } from '../unsaved';
import { trainWithProgress, type TrainActions } from './trainWithProgress';
import {
  epochsOffered,
  epochsQuestion,
  fewRowsHint,
  presetCost,
  readEpochs,
  settingsWords,
  skipRowsButton,
} from './trainWords';

/** What the train command works with. */
export interface TrainServices extends TrainActions {
  readonly dataSets: DataSetService;
  readonly memory: vscode.Memento;
}

const epochsKey = (preset: PresetName): string => `digits.epochs.${preset}`;
const presetKey = 'digits.preset';

/** "Digits: Train Model", on the data set in `folder` or the current one: asks for preset and epochs, trains with a progress notification, offers the submission. */
export async function trainCommand(services: TrainServices, folder?: string): Promise<void> {
  requireTrust();
  const trainFile = await services.dataSets.trainFile(folder);
  if (trainFile === undefined) return;
  // Asked before anything is chosen or counted: the answer decides which rows are trained on.
  if (!(await saveFirst([trainFile]))) return;
  const uri = vscode.Uri.file(trainFile);
  const overrides = readOverrides(uri);
  const engine = readEngine(uri);
  const file = await measureFile(trainFile);
  const preset = await pickPreset(services.memory, overrides, file.rows);
  if (preset === undefined) return;
  const choice = { preset, overrides, engine, rows: file.rows };
  const fitted = newRunConfig(choice);
  const epochs = await askEpochs(services, file, fitted);
  if (epochs === undefined) return;
  // What was only accepted suits these rows, not those of the next data set.
  await services.memory.update(epochsKey(preset), epochs === fitted.epochs ? undefined : epochs);

  const config = newRunConfig({ ...choice, epochs });
  await trainAsking(services, { trainFile, config });
}

/** Trains, and where rows need a word from the user, asks and trains again. */
async function trainAsking(services: TrainServices, training: Training): Promise<void> {
  try {
    await trainWithProgress(services, training);
  } catch (error) {
    if (!(error instanceof DigitsError) || error.skippableRows === undefined) throw error;
    const answer = await askAboutRows(services.log, error);
    // Meanwhile the user may have mended rows in an editor.
    if (answer && (await saveFirst([training.trainFile])))
      await trainAsking(services, { ...training, config: { ...training.config, ...answer } });
  }
}

async function askAboutRows(
  log: Log,
  error: DigitsError,
): Promise<Pick<RunConfig, 'skipBadRows' | 'unlabelled'> | undefined> {
  const skip = skipRowsButton(error.skippableRows!);
  if (error.code !== 'unlabelled') return (await log.offer(error, skip)) === skip ? { skipBadRows: true } : undefined;
  const asClass = 'Train -1 as a Class';
  const chosen = await log.offer(error, skip, asClass);
  if (chosen === undefined) return undefined;
  return { unlabelled: chosen === asClass ? 'class' : 'skip' };
}

function accuracyWords({ accuracy }: Preset): string {
  return accuracy === undefined ? '' : `; ${percent(accuracy)} right on MNIST`;
}

/** Asks for a preset; the one chosen last stands first. */
async function pickPreset(memory: vscode.Memento, overrides: Overrides, rows: number): Promise<PresetName | undefined> {
  const first = memory.get(presetKey, defaultPreset);
  const names = (Object.keys(presets) as PresetName[]).sort((a, b) => Number(b === first) - Number(a === first));
  const items = names.map(label => ({
    label,
    description:
      presetCost({ ...resolveConfig({ preset: label, overrides }), ...fitToRows(label, overrides, rows) }) +
      accuracyWords(presets[label]),
    detail: presets[label].purpose,
  }));
  const placeHolder = `Choose a preset: a network and how it is trained.${settingsWords(overrides)}`;
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Train Model (1/2)',
    placeHolder,
    ignoreFocusOut: true,
  });
  if (picked) await memory.update(presetKey, picked.label);
  return picked?.label;
}

/** Asks how often to go over the data, and says as soon as it is measured how long that will take. `config`: with the epochs that suit the rows. */
async function askEpochs(
  { runs, memory }: TrainServices,
  { rows, side }: Awaited<ReturnType<typeof measureFile>>,
  config: RunConfig,
): Promise<number | undefined> {
  const input = vscode.window.createInputBox();
  const child = runs.spawn();
  const { preset, overrides } = config;
  const { networks } = resolveConfig(config);
  try {
    input.title = 'Train Model (2/2)';
    input.value = String(epochsOffered(memory.get(epochsKey(preset)), config));
    input.ignoreFocusOut = true;
    let secondsPerEpoch: number | undefined;
    const update = (): void => {
      const epochs = readEpochs(input.value);
      input.validationMessage = typeof epochs === 'string' ? epochs : undefined;
      if (typeof epochs === 'number')
        input.prompt =
          epochsQuestion(epochs, networks, secondsPerEpoch) + fewRowsHint(config) + settingsWords(overrides ?? {});
    };
    update();
    const answer = new Promise<number | undefined>((resolve, reject) => {
      input.onDidChangeValue(update);
      input.onDidAccept(() => {
        const epochs = readEpochs(input.value);
        if (typeof epochs === 'number') resolve(epochs);
      });
      input.onDidHide(() => resolve(undefined));
      child.rpc
        // The number of classes is in the data, not yet read; it hardly matters for the time.
        .call('estimate', { config, rows, side, classes: 10 })
        .then(estimate => {
          ({ secondsPerEpoch } = estimate);
          update();
        })
        // No engine, no training: said now rather than after the questions.
        .catch(reject);
    });
    input.show();
    return await answer;
  } finally {
    runs.end(child);
    input.dispose();
  }
}
