import os from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { DigitsError } from '../core/errors';
import { sentence } from '../core/sentence';
import type { ExplainEvents, ExplainMethods } from '../protocol/explain';
import type { WorkerEvents, WorkerMethods } from '../protocol/worker';
import { Rpc, type Port } from '../protocol/rpc';
import type { TrainingEvents, TrainingMethods } from '../protocol/training';
import { estimate, measureEngine } from './jobs/estimate';
import { evaluate } from './jobs/evaluate';
import { explainMethods } from './jobs/explain';
import { exportModel } from './jobs/exportModel';
import { workerMethods } from './distributed/worker';
import { submit } from './jobs/submit';
import { train } from './jobs/train';

// The training process: forked by the extension host or the command line, it does what it is told and ends with its
// parent. With the argument "explain" it serves a finished run. Forked by itself, with "worker", it is one of those that
// compute.

process.on('disconnect', () => process.exit());
// Which is not noticed in the middle of a computation: a thread looks after the parent as well.
new Worker(path.join(__dirname, 'parentWatch.js'), { workerData: process.ppid }).unref();
// An interrupt at a terminal goes to the whole group; the parent decides and sends a cancel.
process.on('SIGINT', () => undefined);
// So does a hang-up, which the parent may be told to ignore, as under nohup.
process.on('SIGHUP', () => undefined);
// Training must not slow down the editor, and an answer no training. Nobody may raise the priority that a parent gave.
const { PRIORITY_BELOW_NORMAL, PRIORITY_LOW } = os.constants.priority;
os.setPriority(Math.max(os.getPriority(), process.argv[2] === 'explain' ? PRIORITY_LOW : PRIORITY_BELOW_NORMAL));

const port: Port = {
  send: message => void process.send?.(message),
  listen: onMessage => void process.on('message', onMessage),
};

// A sign of life: not every start comes so far.
port.send('begun');

if (process.argv[2] === 'worker') serveWorker();
else if (process.argv[2] === 'explain') serveRun();
else serveTraining();

function serveWorker(): void {
  const rpc: Rpc<WorkerMethods, WorkerEvents> = new Rpc<WorkerMethods, WorkerEvents>(
    port,
    workerMethods({ stepped: sums => rpc.notify('stepped', sums) }),
  );
}

function serveRun(): void {
  const rpc: Rpc<ExplainMethods, ExplainEvents> = new Rpc<ExplainMethods, ExplainEvents>(
    port,
    explainMethods({ progress: progress => rpc.notify('progress', progress) }),
  );
}

function serveTraining(): void {
  let job = new AbortController();
  const begin = (): AbortSignal => {
    job = new AbortController();
    return job.signal;
  };
  const methods: TrainingMethods = {
    estimate,
    measureEngine,
    train: trainJob => train(trainJob, { events, signal: begin() }),
    submit: submitJob => submit(submitJob, events, begin()),
    evaluate: evaluateJob => evaluate(evaluateJob, events, begin()),
    exportModel: exportJob => exportModel(exportJob, path.join(__dirname, 'export'), begin()),
    cancel: () => job.abort(new DigitsError('cancelled', sentence`The training was cancelled.`)),
  };
  const rpc = new Rpc<TrainingMethods, TrainingEvents>(port, methods);
  const events: TrainingEvents = {
    progress: progress => rpc.notify('progress', progress),
    started: run => rpc.notify('started', run),
    epoch: epoch => rpc.notify('epoch', epoch),
  };
}
