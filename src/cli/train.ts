import { presets } from '../core/presets';
import { newRunId } from '../core/run/runFolder';
import type { EngineChoice, PresetName } from '../core/run/runRecord';
import { count, duration, percent } from '../core/text';
import { DigitsError } from '../core/errors';
import { chooseDataSet } from './dataSet';
import type { Output } from './output';
import { inTrainingProcess } from './session';

export interface TrainOptions {
  readonly folder: string;
  readonly preset: PresetName;
  readonly epochs: number | undefined;
  readonly seed: number;
  readonly engine: EngineChoice;
  readonly limit: number | undefined;
}

/** `digits train`. */
export async function trainCommand({ folder, preset, epochs, seed, engine, limit }: TrainOptions, output: Output): Promise<void> {
  const dataSet = await chooseDataSet(folder, 'train');
  const config = { preset, epochs: epochs ?? presets[preset].epochs, seed, engine, ...(limit !== undefined && { limit }) };
  const run = await inTrainingProcess(
    {
      started: run => {
        output.event(
          { event: 'started', run: run.id, engine: run.engine.name, parameters: run.parameters, trainingRows: run.data.trainingRows, validationRows: run.data.validationRows },
          `Run ${run.id}: ${count(run.data.trainingRows)} images to train on and ${count(run.data.validationRows)} to validate, ${count(run.parameters)} parameters, ${run.engine.library} on ${run.engine.threads} threads`,
        );
      },
      progress: progress => {
        output.event({ event: 'progress', ...progress });
        switch (progress.phase) {
          case 'reading':
            output.bar(progress.share, `reading ${progress.file}`);
            break;
          case 'training':
            output.bar(progress.share, `epoch ${progress.epoch}/${progress.epochs}  accuracy ${percent(progress.accuracy)}  ${duration(progress.secondsLeft)} left`);
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
          `Epoch ${epoch.epoch}/${config.epochs}  loss ${epoch.loss.toFixed(4)}  accuracy ${percent(epoch.accuracy)}  validation loss ${epoch.valLoss.toFixed(4)}  accuracy ${percent(epoch.valAccuracy)}  ${duration(epoch.seconds)}`,
        );
      },
    },
    child => child.rpc.call('train', { folder: dataSet.folder, trainFile: dataSet.trainFile, runId: newRunId(new Date(), preset), config }),
  );
  if (run.status === 'cancelled') {
    const kept = run.bestEpoch === undefined ? 'no epoch had ended' : `epoch ${run.bestEpoch} is kept in run ${run.id}`;
    throw new DigitsError('cancelled', `Cancelled; ${kept}.`);
  }
  output.event(
    { event: 'done', run: run.id, engine: run.engine.name, seconds: run.seconds, epochs: config.epochs, bestEpoch: run.bestEpoch, valAccuracy: run.valAccuracy },
    `Done in ${duration(run.seconds)}: ${percent(run.valAccuracy ?? 0)} of the validation images right after epoch ${run.bestEpoch}. "digits submit ${folder}" writes a submission.`,
  );
}
