// The thread that looks through a data set, so that the extension host's own never does.
import { parentPort } from 'node:worker_threads';
import { readDataFacts } from '../../store/dataSet/readDataFacts';
import type { DataFactsEvents, DataFactsMethods } from '../../protocol/dataFacts';
import { Rpc } from '../../protocol/rpc';

/** Between two words about progress, in ms. */
const PROGRESS_EVERY = 100;

const port = parentPort!;
let told = 0;
const rpc = new Rpc<DataFactsMethods, DataFactsEvents>(
  { send: message => port.postMessage(message), listen: onMessage => port.on('message', onMessage) },
  {
    facts: files =>
      readDataFacts(files, {
        onProgress: progress => {
          if (progress.phase === 'reading' && performance.now() - told < PROGRESS_EVERY) return;
          told = performance.now();
          rpc.notify('progress', progress);
        },
      }),
  },
);
