import { Worker } from 'node:worker_threads';
import type { DataFacts, DataFile, FactsProgress } from '../../core/data/dataFacts';
import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import type { DataFactsEvents, DataFactsMethods } from '../../protocol/dataFacts';
import { Rpc } from '../../protocol/rpc';

/** The host's end of a thread that looks through a data set, once. It ends by itself when that is done, or with {@link dispose}. */
export class DataFactsThread {
  /** Rejects with `cancelled` when it is disposed of before. */
  readonly facts: Promise<DataFacts>;
  private readonly worker: Worker;
  private readonly rpc: Rpc<DataFactsEvents, DataFactsMethods>;

  /** `script`: the bundle of dataFactsWorker.ts. */
  constructor(script: string, files: readonly DataFile[], onProgress: (progress: FactsProgress) => void) {
    this.worker = new Worker(script);
    this.rpc = new Rpc<DataFactsEvents, DataFactsMethods>(
      {
        send: message => this.worker.postMessage(message),
        listen: onMessage => void this.worker.on('message', onMessage),
      },
      { progress: onProgress },
    );
    this.worker.once('error', error => this.end(String(error)));
    this.worker.once('exit', code => this.end(`exit code ${code}`));
    this.facts = this.rpc.call('facts', files).finally(() => void this.worker.terminate());
    // Whoever awaits it later still gets the error.
    this.facts.catch(() => undefined);
  }

  dispose(): void {
    this.rpc.close();
    void this.worker.terminate();
  }

  /** Nothing waits any more where the end was to be. */
  private end(detail: string): void {
    this.rpc.close(
      new DigitsError(
        'internal',
        sentence`The thread that looks through the data ended by itself; reload the page, and see the log when it happens again.`,
        detail,
      ),
    );
  }
}
