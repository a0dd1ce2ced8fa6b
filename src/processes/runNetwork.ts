import { DigitsError } from '../core/errors';
import { sentence } from '../core/sentence';
import { readRun } from '../store/run/runFolder';
import { untilAborted } from '../core/untilAborted';
import type {
  ExplainedImage,
  ExplainEvents,
  ExplainMethods,
  Explanations,
  ExplainProgress,
  ServedNetwork,
  Want,
} from '../protocol/explain';
import { ForkedProcess, type ForkOptions } from './forkedProcess';
import type { Explained } from '../protocol/inspector';

/** How long a process waits for the next question before it is ended, in ms. */
const usualIdle = 60_000;

interface Serving {
  readonly process: ForkedProcess<ExplainEvents, ExplainMethods>;
  readonly network: Promise<ServedNetwork>;
  /** Of the weights that the run had when the process was started. */
  readonly epoch: number | undefined;
}

export interface RunNetworkOptions extends Pick<ForkOptions, 'environment' | 'node'> {
  readonly onProgress?: (progress: ExplainProgress) => void;
  /** The process is there and has loaded the network. */
  readonly onServed?: (network: ServedNetwork) => void;
  readonly idle?: number;
}

/**
 * The network of a finished run, to be asked about images. A process of the training bundle holds it: started with the
 * first question, ended when none came for a while, started again with the next one.
 */
export class RunNetwork {
  private readonly bundle: string;
  private readonly runFolder: string;
  private readonly options: RunNetworkOptions;
  private serving: Serving | undefined;
  private asked = 0;
  private nextId = 1;
  private idle: NodeJS.Timeout | undefined;
  private disposed = false;

  constructor(bundle: string, runFolder: string, options: RunNetworkOptions = {}) {
    this.bundle = bundle;
    this.runFolder = runFolder;
    this.options = options;
  }

  /** The process that serves now. */
  get pid(): number | undefined {
    return this.serving?.process.pid;
  }

  /** Questions under way. */
  get busy(): boolean {
    return this.asked > 0;
  }

  /** Asks about an image. Rejects with the signal's reason as soon as it is aborted. */
  async ask<W extends Want>(want: W, image: ExplainedImage, signal: AbortSignal): Promise<Explained<Explanations[W]>> {
    clearTimeout(this.idle);
    this.asked++;
    try {
      return await untilAborted(this.answer(want, image, signal), signal);
    } finally {
      this.asked--;
      if (this.asked === 0 && this.serving) this.idle = setTimeout(() => this.end(), this.options.idle ?? usualIdle);
    }
  }

  /** Ends the process, for good. What is pending is rejected as cancelled. */
  dispose(): void {
    this.disposed = true;
    this.end();
  }

  private async answer<W extends Want>(
    want: W,
    image: ExplainedImage,
    signal: AbortSignal,
  ): Promise<Explained<Explanations[W]>> {
    // A run that trains keeps better weights now and then.
    const { bestEpoch } = await readRun(this.runFolder);
    if (this.disposed) throw new DigitsError('cancelled', sentence`The network is no longer needed.`);
    signal.throwIfAborted();
    if (this.serving && this.serving.epoch !== bestEpoch) this.end();
    const serving = (this.serving ??= this.start(bestEpoch));
    try {
      const { engine } = await serving.network;
      signal.throwIfAborted();
      const { rpc } = serving.process;
      const id = this.nextId++;
      const cancel = (): void => rpc.notify('cancel', id);
      signal.addEventListener('abort', cancel);
      const value = await rpc
        .call(want as Want, { id, ...image })
        .finally(() => signal.removeEventListener('abort', cancel));
      return { engine, value: value as Explanations[W] };
    } catch (error) {
      // The next question starts it again.
      if (error instanceof DigitsError && error.code === 'engine-died' && this.serving === serving) this.end();
      throw error;
    }
  }

  private start(epoch: number | undefined): Serving {
    const { node, environment, onProgress, onServed } = this.options;
    const process = new ForkedProcess<ExplainEvents, ExplainMethods>(
      this.bundle,
      { progress: progress => onProgress?.(progress) },
      { arguments: ['explain'], ...(node !== undefined && { node }), ...(environment && { environment }) },
    );
    const network = process.rpc.call('open', { runFolder: this.runFolder });
    const serving = { process, network, epoch };
    network.then(onServed, () => {
      if (this.serving === serving) this.end();
    });
    return serving;
  }

  private end(): void {
    clearTimeout(this.idle);
    this.serving?.process.dispose();
    this.serving = undefined;
  }
}
