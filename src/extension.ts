import * as vscode from 'vscode';
import { checkEngineCommand } from './host/commands/checkEngineCommand';
import { pickCompared } from './host/commands/compareCommand';
import { evaluateCommand } from './host/commands/evaluateCommand';
import { exportCommand } from './host/commands/exportCommand';
import { resumeCommand } from './host/commands/resumeCommand';
import { registerRunCommands } from './host/commands/runCommands';
import { showDataCommand } from './host/commands/showDataCommand';
import { submitCommand } from './host/commands/submitCommand';
import { trainCommand } from './host/commands/trainCommand';
import { registerCsvText } from './host/csvText/registerCsvText';
import { rowAtCursor } from './host/csvText/rowAtCursor';
import { DataPanels } from './host/data/dataPanels';
import { DataSetService } from './host/dataSets/dataSetService';
import { DataSetView, pathFrom } from './host/runs/dataSetView';
import { EngineWarning } from './host/runs/engineWarning';
import { Log } from './host/log';
import { SettingsCheck } from './host/settingsCheck';
import { RunPanels } from './host/run/runPanels';
import { FilePredictions } from './host/preview/filePredictions';
import { PixelFiles } from './host/pixelFiles/pixelFiles';
import { PreviewEditorProvider } from './host/preview/previewEditor';
import { pickRunFolder } from './host/commands/pickRun';
import { previewCommand } from './host/commands/previewCommand';
import { ChosenFiles } from './host/runs/chosenFiles';
import { ExplainService } from './host/runs/explainService';
import { requireRunFolder } from './host/runs/requireRunFolder';
import { RunService } from './host/runs/runService';
import { RunsPlace } from './host/runs/runsPlace';
import { RunWatcher } from './host/runs/runWatcher';
import { StatusBar } from './host/runs/statusBar';

/** Builds the services and registers them. */
export function activate(context: vscode.ExtensionContext): void {
  const { extensionUri, globalState, workspaceState, subscriptions } = context;
  const dist = (name: string): string => vscode.Uri.joinPath(extensionUri, 'dist', name).fsPath;

  const log = new Log();
  const dataSets = new DataSetService(workspaceState, log);
  const runsPlace = new RunsPlace();
  const watcher = new RunWatcher();
  const runs = new RunService(dist('training.js'), log, watcher.onDidChange, dataSets, new ChosenFiles(workspaceState));
  const pixelFiles = new PixelFiles(dist('pixelFileWorker.js'));
  const explain = new ExplainService(dist('training.js'), log);
  const inspecting = {
    explain,
    list: (folder: string) => runs.list(folder),
    currentFolder: () => dataSets.current?.folder,
    openRun: (runFolder: string) => openRun(runFolder),
    reveal: (file: vscode.Uri, row: number) => void log.guard(() => preview.reveal(file, row))(),
  };
  const predictions = new FilePredictions(dataSets, runs);
  const preview = new PreviewEditorProvider(
    extensionUri,
    pixelFiles,
    inspecting,
    predictions,
    () => log.show(),
    error => log.logError(error),
  );
  const writeSubmission = (runFolder?: string): Promise<void> => submitCommand(dataSets, runs, runFolder);
  const resume = (runFolder?: string): Promise<void> => resumeCommand(training, runFolder);
  const panels = new RunPanels(extensionUri, runs, pixelFiles, explain, {
    resume: runFolder => void log.guard(resume)(runFolder),
    writeSubmission: runFolder => void log.guard(writeSubmission)(runFolder),
    pickCompared: (runFolder, ids) => pickCompared(runs, runFolder, ids),
    revealInPreview: (file, row) => void log.guard(() => preview.reveal(file, row))(),
    showLog: () => log.show(),
    logError: error => log.logError(error),
  });
  const dataPanels = new DataPanels({
    extensionUri,
    dataSets,
    script: dist('dataFactsWorker.js'),
    actions: {
      preview: file => void log.guard(() => preview.open(file))(),
      revealInPreview: (file, row) => void log.guard(() => preview.reveal(file, row))(),
      showLog: () => log.show(),
      logError: error => log.logError(error),
    },
  });
  const openRun = (runFolder: string, preserveFocus = false, evaluation?: string): void =>
    panels.open(runFolder, preserveFocus, evaluation);
  const training = { dataSets, runs, memory: workspaceState, log, openRun, writeSubmission, resume };
  const view = new DataSetView(dataSets, runs);
  const tree = vscode.window.createTreeView('digits.dataSets', { treeDataProvider: view, canSelectMany: true });
  const command = (name: string, action: (argument: unknown) => unknown): vscode.Disposable =>
    vscode.commands.registerCommand(`digits.${name}`, log.guard(action));

  const runFrom = (argument: unknown): string | undefined => {
    const place = pathFrom(argument);
    return place === undefined ? undefined : requireRunFolder(place);
  };

  // The Explorer's menu offers to evaluate only where there may be a run: not beside every CSV.
  void vscode.commands.executeCommand('setContext', 'digits.active', true);
  subscriptions.push(
    log,
    dataSets,
    watcher,
    runsPlace.follow(dataSets, () => watcher.followRoot()),
    runs,
    explain,
    pixelFiles,
    predictions,
    preview,
    panels,
    dataPanels,
    view,
    new StatusBar(dataSets, runs),
    new EngineWarning(runs, globalState),
    new SettingsCheck(log),
    registerCsvText(),
    tree,
    registerRunCommands({ dataSets, runs, panels, log, selection: () => tree.selection }),
    command('previewImages', argument => previewCommand(dataSets, uri => preview.open(uri), argument)),
    command('showData', argument => showDataCommand(dataSets, dataPanels, pathFrom(argument))),
    command('previewRow', () => {
      const { uri, row } = rowAtCursor();
      return preview.reveal(uri, row);
    }),
    command('reopenAsText', () => preview.reopenAsText()),
    command('train', argument => trainCommand(training, pathFrom(argument))),
    command('resume', argument => resume(runFrom(argument))),
    command('writeSubmission', argument => writeSubmission(runFrom(argument))),
    command('evaluate', argument => evaluateCommand({ dataSets, runs, openRun }, pathFrom(argument))),
    command('exportModel', argument => exportCommand(dataSets, runs, runFrom(argument))),
    command('openRun', async argument => {
      const runFolder = runFrom(argument) ?? (await pickRunFolder(dataSets, runs));
      if (runFolder !== undefined) openRun(runFolder);
    }),
    command('selectDataSet', () => dataSets.choose(true)),
    command('refresh', () => dataSets.refresh()),
    command('checkEngine', () => checkEngineCommand(dataSets, runs, log)),
    command('showLog', () => log.show()),
  );
}
