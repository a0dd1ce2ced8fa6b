import os from 'node:os';
import { keptEpoch } from '../../core/run/keptEpoch';
import { createdAfter } from '../../core/run/newestFirst';
import type { ResolvedConfig } from '../../core/run/runConfig';
import type { EngineInfo, RunRecord } from '../../core/run/runRecord';
import { processStart } from '../../store/processIdentity';
import { listRuns } from '../../store/run/runFolder';
import type { TrainJob } from '../../protocol/training';
import type { TrainingData } from '../data/trainingData';
import type { Ensemble } from './ensemble';
import type { InterruptedRun } from './interruptedRun';

/** What the record of a run is made of. */
interface Beginning {
  readonly job: TrainJob;
  readonly config: ResolvedConfig;
  readonly data: TrainingData;
  readonly engine: EngineInfo;
  readonly ensemble: Ensemble;
  readonly before: InterruptedRun | undefined;
}

/** The record with which a training begins, or goes on. */
export async function firstRecord({ job, config, data, engine, ensemble, before }: Beginning): Promise<RunRecord> {
  const { networks } = config;
  const parameters = ensemble.layers.reduce((sum, layer) => sum + layer.parameters, 0) * networks;
  // Not taken from the run: its process may have died before it noted the last epoch, or while it did.
  const best = before && keptEpoch(before.history, before.run);
  const pidStart = await processStart(process.pid);
  return {
    version: 1,
    id: job.runId,
    status: 'training',
    created: before?.run.created ?? createdAfter((await listRuns(job.folder)).map(other => other.run)),
    config: job.config,
    data: data.record,
    engine,
    layers: ensemble.layers,
    networks,
    parameters,
    keeps: config.schedule.type === 'plateau' && data.validation.length > 0 ? 'best' : 'last',
    pid: process.pid,
    ...(pidStart !== undefined && { pidStart }),
    host: os.hostname(),
    seconds: before?.run.seconds ?? 0,
    ...(best && { bestEpoch: best.epoch }),
    ...(best?.valAccuracy !== undefined && { valAccuracy: best.valAccuracy }),
  };
}
