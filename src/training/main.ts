import os from 'node:os';
import { DigitsError } from '../core/errors';
import { presets } from '../core/presets';
import { Random } from '../core/random';
import type { EngineChoice, EngineInfo, PresetName } from '../core/run/runRecord';
import { Rpc, type Port } from '../protocol/rpc';
import type { TrainingEvents, TrainingMethods } from '../protocol/training';
import type { Kernels } from './engine/kernels';
import { loadNativeEngine } from './engine/native';
import { nativeKernels } from './engine/nativeKernels';
import { estimateEpoch } from './estimate';
import { submit } from './submit';
import { train } from './train';

// The training process: forked by the extension host or the command line, it does what it is told and ends with its parent.

process.on('disconnect', () => process.exit());
// An interrupt at a terminal goes to the whole group; the parent decides and sends a cancel.
process.on('SIGINT', () => undefined);
// Training must not slow down the editor.
os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);

const port: Port = {
  send: message => void process.send?.(message),
  listen: onMessage => void process.on('message', onMessage),
};

let loaded: Promise<{ readonly engine: EngineInfo; readonly kernels: Kernels }> | undefined;
let job = new AbortController();

const methods: TrainingMethods = {
  loadEngine: async ({ engine: choice, preset }) => (await engine(choice, preset)).engine,
  estimate: async ({ preset, rows, side, classes }) => {
    const { kernels } = await engine('auto', preset);
    return estimateEpoch(preset, rows, side, classes, kernels, new Random(1));
  },
  train: async trainJob => {
    job = new AbortController();
    return train(trainJob, { ...(await engine(trainJob.config.engine, trainJob.config.preset)), events, signal: job.signal });
  },
  submit: async submitJob => {
    job = new AbortController();
    await engine('auto');
    return submit(submitJob, events, job.signal);
  },
  cancel: () => job.abort(new DigitsError('cancelled', 'The training was cancelled.')),
};

const rpc = new Rpc<TrainingMethods, TrainingEvents>(port, methods);

const events: TrainingEvents = {
  progress: progress => rpc.notify('progress', progress),
  started: run => rpc.notify('started', run),
  epoch: epoch => rpc.notify('epoch', epoch),
};

/** Loads the engine at the first call; how many threads it has is settled then. */
function engine(choice: EngineChoice, preset?: PresetName): Promise<{ readonly engine: EngineInfo; readonly kernels: Kernels }> {
  if (choice === 'portable') {
    return Promise.reject(new DigitsError('no-engine', 'The portable engine is not part of this version of Digits; set "digits.engine" to "auto" or "native".'));
  }
  loaded ??= loadNativeEngine(preset && presets[preset].threads).then(engine => ({ engine, kernels: nativeKernels() }));
  return loaded;
}
