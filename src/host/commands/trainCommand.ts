import * as vscode from 'vscode';
import { measureFile } from '../../store/pixelFile/measureFile';
import { DigitsError } from '../../core/errors';
import type { Overrides } from '../../core/overrides';
import { newRunConfig, resolveConfig } from '../../core/run/runConfig';
import { defaultPreset, presets } from '../../core/presets';
import type { EngineChoice, RunConfig } from '../../core/run/runRecord';
import type { PresetName, Preset } from '../../core/presets';
import { percent } from '../../core/text';
import type { DataSetService } from '../dataSets/dataSetService';
import { requireTrust, type Log } from '../log';
import type { Training } from '../runs/trainingQueue';
import { readEngine, readOverrides } from '../settings';
import { trainWithProgress, type TrainActions } from './trainWithProgress';
import { epochsQuestion, presetCost, readEpochs, settingsWords, skipRowsButton } from './trainWords';

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
  const uri = vscode.Uri.file(trainFile);
  const overrides = readOverrides(uri);
  const engine = readEngine(uri);
  const preset = await pickPreset(services.memory, overrides);
  if (preset === undefined) return;
  const epochs = await askEpochs(services, trainFile, { preset, overrides, engine });
  if (epochs === undefined) return;
  await services.memory.update(epochsKey(preset), epochs);

  const config = newRunConfig({ preset, epochs, overrides, engine });
  await trainAsking(services, { trainFile, config });
}

/** Trains, and where rows need a word from the user, asks and trains again. */
async function trainAsking(services: TrainServices, training: Training): Promise<void> {
  try {
    await trainWithProgress(services, training);
  } catch (error) {
    if (!(error instanceof DigitsError) || error.skippableRows === undefined) throw error;
    const answer = await askAboutRows(services.log, error);
    if (answer) await trainAsking(services, { ...training, config: { ...training.config, ...answer } });
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
async function pickPreset(memory: vscode.Memento, overrides: Overrides): Promise<PresetName | undefined> {
  const first = memory.get(presetKey, defaultPreset);
  const names = (Object.keys(presets) as PresetName[]).sort((a, b) => Number(b === first) - Number(a === first));
  const items = names.map(label => ({
    label,
    description: presetCost(resolveConfig({ preset: label, overrides })) + accuracyWords(presets[label]),
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

interface Choice {
  readonly preset: PresetName;
  readonly overrides: Overrides;
  readonly engine: EngineChoice;
}

/** Asks how often to go over the data, and says as soon as it is measured how long that will take. */
async function askEpochs(
  { runs, memory }: TrainServices,
  trainFile: string,
  { preset, overrides, engine }: Choice,
): Promise<number | undefined> {
  const input = vscode.window.createInputBox();
  const child = runs.spawn();
  const choice = { preset, overrides, engine };
  const { networks } = resolveConfig(choice);
  try {
    input.title = 'Train Model (2/2)';
    input.value = String(memory.get(epochsKey(preset), presets[preset].epochs));
    input.ignoreFocusOut = true;
    let secondsPerEpoch: number | undefined;
    const update = (): void => {
      const epochs = readEpochs(input.value);
      input.validationMessage = typeof epochs === 'string' ? epochs : undefined;
      if (typeof epochs === 'number')
        input.prompt = epochsQuestion(epochs, networks, secondsPerEpoch) + settingsWords(overrides);
    };
    update();
    const answer = new Promise<number | undefined>((resolve, reject) => {
      input.onDidChangeValue(update);
      input.onDidAccept(() => {
        const epochs = readEpochs(input.value);
        if (typeof epochs === 'number') resolve(epochs);
      });
      input.onDidHide(() => resolve(undefined));
      measureFile(trainFile)
        .then(async ({ rows, side }) => {
          // The number of classes is in the data, not yet read; it hardly matters for the time.
          ({ secondsPerEpoch } = await child.rpc.call('estimate', {
            config: choice,
            rows,
            side,
            classes: 10,
          }));
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
