import path from 'node:path';
import * as vscode from 'vscode';
import { measureFile } from '../../core/csv/measureFile';
import { defaultPreset, presets } from '../../core/presets';
import type { EngineChoice, PresetName, RunConfig } from '../../core/run/runRecord';
import { count, percent, plural, roughDuration } from '../../core/text';
import type { Progress } from '../../protocol/training';
import type { DataSetService } from '../dataSets/dataSetService';
import { requireTrust } from '../log';
import type { RunService } from '../runs/runService';

/** What the train command works with. */
export interface TrainServices {
  readonly dataSets: DataSetService;
  readonly runs: RunService;
  readonly memory: vscode.Memento;
  readonly openRun: (runFolder: string, preserveFocus?: boolean) => void;
  readonly writeSubmission: (runFolder: string) => unknown;
}

const epochsKey = (preset: PresetName): string => `digits.epochs.${preset}`;
const presetKey = 'digits.preset';
const mostEpochs = 1000;

/** "Digits: Train Model", on the data set in `folder` or the current one: asks for preset and epochs, trains with a progress notification, offers the submission. */
export async function trainCommand(services: TrainServices, folder?: string): Promise<void> {
  requireTrust();
  const trainFile = await services.dataSets.trainFile(folder);
  if (trainFile === undefined) return;
  const preset = await pickPreset(services.memory);
  if (preset === undefined) return;
  const engine = vscode.workspace.getConfiguration('digits', vscode.Uri.file(trainFile)).get<EngineChoice>('engine', 'auto');
  const epochs = await askEpochs(services, trainFile, preset, engine);
  if (epochs === undefined) return;
  await services.memory.update(epochsKey(preset), epochs);

  const config: RunConfig = { preset, epochs, seed: 2, engine };
  const name = vscode.workspace.asRelativePath(trainFile);
  const { runFolder, run } = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `Training on ${name}`, cancellable: true },
    (notification, token) => {
      let reported = 0;
      let waited = false;
      token.onCancellationRequested(() => notification.report({ message: 'stopping…' }));
      // After a wait the user is at something else: no key of theirs may land in the panel.
      return services.runs.train(trainFile, config, token, runFolder => services.openRun(runFolder, waited), progress => {
        waited ||= progress === 'waiting';
        if (token.isCancellationRequested) return;
        const done = progress === 'waiting' ? 0 : shareDone(progress, epochs) * 100;
        notification.report({ message: describe(progress), increment: Math.max(done - reported, 0) });
        reported = Math.max(reported, done);
      });
    },
  );

  if (run.bestEpoch === undefined) return;
  const result = `${percent(run.valAccuracy ?? 0)} of ${count(run.data.validationRows)} validation images right`;
  const sentence =
    run.status === 'cancelled'
      ? `Training on ${name} was cancelled; the weights of epoch ${run.bestEpoch} are kept (${result}).`
      : `Trained on ${name}: ${result} after epoch ${run.bestEpoch}.`;
  const choice = await vscode.window.showInformationMessage(sentence, 'Write Submission', 'Show Run');
  if (choice === 'Write Submission') await services.writeSubmission(runFolder);
  if (choice === 'Show Run') services.openRun(runFolder);
}

/** Asks for a preset; the one chosen last stands first. */
async function pickPreset(memory: vscode.Memento): Promise<PresetName | undefined> {
  const first = memory.get(presetKey, defaultPreset);
  const names = (Object.keys(presets) as PresetName[]).sort((a, b) => Number(b === first) - Number(a === first));
  const items = names.map(label => ({ label, description: plural(presets[label].epochs, 'epoch'), detail: presets[label].purpose }));
  const picked = await vscode.window.showQuickPick(items, { title: 'Train Model (1/2)', placeHolder: 'Choose a preset: a network and how it is trained', ignoreFocusOut: true });
  if (picked) await memory.update(presetKey, picked.label);
  return picked?.label;
}

/** Asks how often to go over the data, and says as soon as it is measured how long that will take. */
async function askEpochs({ runs, memory }: TrainServices, trainFile: string, preset: PresetName, engine: EngineChoice): Promise<number | undefined> {
  const input = vscode.window.createInputBox();
  const child = runs.spawn();
  try {
    input.title = 'Train Model (2/2)';
    input.value = String(memory.get(epochsKey(preset), presets[preset].epochs));
    input.ignoreFocusOut = true;
    let secondsPerEpoch: number | undefined;
    const update = (): void => {
      const epochs = readEpochs(input.value);
      input.validationMessage = typeof epochs === 'string' ? epochs : undefined;
      if (typeof epochs === 'string') return;
      const time = secondsPerEpoch === undefined ? 'Measuring how long that takes here…' : `About ${roughDuration(secondsPerEpoch * epochs)} on this machine, ${roughDuration(secondsPerEpoch)} an epoch.`;
      input.prompt = `Epochs: how many times to go over the data. ${time}`;
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
          ({ secondsPerEpoch } = await child.rpc.call('estimate', { engine, preset, rows, side, classes: 10 }));
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

/** A number of epochs, or what is wrong with the text. */
function readEpochs(text: string): number | string {
  const value = Number(text.trim());
  return /^\s*\d+\s*$/.test(text) && value >= 1 && value <= mostEpochs ? value : `A whole number from 1 to ${mostEpochs}.`;
}

/** How much of a training is done, 0 to 1. */
function shareDone(progress: Progress, epochs: number): number {
  switch (progress.phase) {
    case 'training':
      return (progress.epoch - 1 + progress.share * 0.95) / epochs;
    case 'validating':
      return (progress.epoch - 1 + 0.95 + progress.share * 0.05) / epochs;
    case 'reading':
    case 'predicting':
      return 0;
  }
}

function describe(progress: Progress | 'waiting'): string {
  if (progress === 'waiting') return 'waiting for another training to end';
  switch (progress.phase) {
    case 'reading':
      return `reading ${path.basename(progress.file)}, ${Math.round(progress.share * 100)} %`;
    case 'training':
      return `epoch ${progress.epoch} of ${progress.epochs}, accuracy ${percent(progress.accuracy)}, ${roughDuration(progress.secondsLeft)} left`;
    case 'validating':
      return `epoch ${progress.epoch} of ${progress.epochs}, validating`;
    case 'predicting':
      return 'predicting';
  }
}
