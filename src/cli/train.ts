import path from 'node:path';
import { DigitsError } from '../core/errors';
import { sentence } from '../core/sentence';
import { newRunConfig, resolveConfig, type NewRunChoice } from '../core/run/runConfig';
import { dataFolderOf, newRunId } from '../store/run/runFolder';
import { trainFileOf } from '../store/run/trainingFile';
import type { EpochRecord } from '../core/run/runRecord';
import { fewRowsWords } from '../core/run/fewRows';
import { measureFile } from '../store/pixelFile/measureFile';
import { count, describeEngine, duration, percent } from '../core/text';
import type { TrainJob } from '../protocol/training';
import { chooseRun } from './chooseRun';
import { chooseDataSet } from './dataSet';
import { listProblems } from './listProblems';
import type { Output } from './output';
import { inTrainingProcess } from './session';
import { folderWords } from './folderWords';

export interface TrainOptions extends NewRunChoice {
  readonly folder: string;
}

/** `digits train`. */
export async function trainCommand({ folder, ...choice }: TrainOptions, output: Output): Promise<void> {
  const dataSet = await chooseDataSet(folder, 'train');
  // What is wrong with the file the training tells.
  const measured = await measureFile(dataSet.trainFile).catch(() => undefined);
  const config = newRunConfig({ ...choice, rows: measured?.rows });
  const note = fewRowsWords(config, choice.epochs !== undefined);
  if (note !== undefined) output.event({ event: 'note', message: note }, note);
  await runTraining(
    { folder: dataSet.folder, trainFile: dataSet.trainFile, runId: newRunId(new Date(), config.preset), config },
    folder,
    output,
  );
}

/** `digits train --resume`. */
export async function resumeCommand(
  { folder, runId }: { readonly folder: string; readonly runId: string },
  output: Output,
): Promise<void> {
  const { run, runFolder } = await chooseRun(folder, runId);
  const dataFolder = dataFolderOf(runFolder);
  await runTraining(
    {
      folder: dataFolder,
      trainFile: trainFileOf(runFolder, run),
      runId: path.basename(runFolder),
      config: run.config,
      resume: true,
    },
    folder,
    output,
  );
}

/** Trains and tells how it goes; `folder` as the user named it. Throws `cancelled`, or why the output was lost, with what is kept. */
async function runTraining(job: TrainJob, folder: string, output: Output): Promise<void> {
  const { config } = job;
  const { totalEpochs } = resolveConfig(config);
  let warned: readonly string[] = [];
  const run = await inTrainingProcess(
    {
      started: run => {
        output.event(
          {
            event: 'started',
            run: run.id,
            engine: run.engine.name,
            parameters: run.parameters,
            trainingRows: run.data.trainingRows,
            validationRows: run.data.validationRows,
            skippedRows: run.data.skippedRows ?? 0,
          },
          `Run ${run.id}${job.resume ? ' goes on' : ''}: ${count(run.data.trainingRows)} images to train on and ${run.data.validationRows === 0 ? 'none' : count(run.data.validationRows)} to validate, ${count(run.parameters)} parameters, ${describeEngine(run.engine)}`,
        );
        warned = run.data.warnings;
        for (const message of warned) output.event({ event: 'warning', message }, message);
        if (run.engine.note !== undefined)
          output.event({ event: 'note', message: run.engine.note }, `The portable engine is used. ${run.engine.note}`);
      },
      progress: progress => {
        output.event({ event: 'progress', ...progress });
        switch (progress.phase) {
          case 'reading':
            output.bar(progress.share, `reading ${progress.file}`);
            break;
          case 'training':
            output.bar(
              progress.share,
              `epoch ${progress.epoch}/${progress.epochs}  accuracy ${percent(progress.accuracy)}  ${duration(progress.secondsLeft)} left`,
            );
            break;
          case 'validating':
            output.bar(progress.share, `epoch ${progress.epoch}/${progress.epochs}  validating`);
            break;
          case 'predicting':
            break;
        }
      },
      epoch: epoch => {
        output.event(
          { ...epoch, event: 'epoch' },
          `Epoch ${epoch.epoch}/${totalEpochs}  loss ${epoch.loss.toFixed(4)}  accuracy ${percent(epoch.accuracy)}${validationOf(epoch)}  ${duration(epoch.seconds)}`,
        );
      },
    },
    child => child.train(job),
    output,
  ).catch((error: unknown) => {
    if (!(error instanceof DigitsError)) throw error;
    if (error.code === 'bad-row') throw refusal(error, output);
    if (error.code === 'unlabelled')
      throw new DigitsError(
        error.code,
        sentence`${error.message} --unlabelled skip does the one, --unlabelled class the other.`,
      );
    throw error;
  });
  if (run.status === 'cancelled') {
    const kept =
      run.bestEpoch === undefined
        ? 'no epoch had ended'
        : `epoch ${run.bestEpoch} is kept in run ${run.id}; "digits train ${folderWords(folder)} --resume ${run.id}" goes on`;
    if (!output.failure) throw new DigitsError('cancelled', sentence`Cancelled; ${kept}.`);
    const { code, message } = output.failure.error;
    throw new DigitsError(code, sentence`${message.replace(/(;.*)?\.$/, '')}; ${kept}.`);
  }
  for (const message of run.data.warnings.slice(warned.length)) output.event({ event: 'warning', message }, message);
  output.event(
    {
      event: 'done',
      run: run.id,
      engine: run.engine.name,
      seconds: run.seconds,
      epochs: config.epochs,
      bestEpoch: run.bestEpoch,
      valAccuracy: run.valAccuracy,
    },
    `Done in ${duration(run.seconds)}${run.valAccuracy === undefined ? '' : `: ${percent(run.valAccuracy)} of the validation images right after epoch ${run.bestEpoch}`}. "digits submit ${folderWords(folder)}" writes a submission.`,
  );
}

/** Lists the rows that can't be read; returns the error with the way to train without them. */
function refusal(error: DigitsError, output: Output): DigitsError {
  listProblems(error, output);
  const { code, message, detail, skippableRows } = error;
  if (skippableRows === undefined) return error;
  return new DigitsError(
    code,
    sentence`${message} --skip-bad-rows trains without ${skippableRows === 1 ? 'it' : 'them'}.`,
    detail,
    skippableRows,
  );
}

function validationOf({ valLoss, valAccuracy }: EpochRecord): string {
  return valLoss === undefined || valAccuracy === undefined
    ? ''
    : `  validation loss ${valLoss.toFixed(4)}  accuracy ${percent(valAccuracy)}`;
}
