import { randomBytes } from 'node:crypto';
import os from 'node:os';
import { DigitsError } from '../../core/errors';
import type { Preset } from '../../core/presets';
import type { EngineChoice, EngineInfo, EngineName } from '../../core/run/runRecord';
import { ForkedProcess } from '../../processes/forkedProcess';
import type { EpochSums, WorkerEvents, WorkerMethods } from '../../protocol/worker';
import { startJoined } from './peers';

type WorkerProcess = ForkedProcess<WorkerEvents, WorkerMethods>;

/** Step listeners of the current epoch. */
interface Listeners {
  stepped: (sums: EpochSums) => void;
}

/** More shares of a batch than two are too small to pay. */
const mostProcesses = 2;

/** How many processes share the work, and the threads of each. */
export interface Layout {
  readonly processes: number;
  readonly threads: number;
}

/** What suits an engine on this machine. */
export type LayoutOf = (engine: EngineName) => Layout;

/** `TF_NUM_INTRAOP_THREADS` and the number of `processes`, where given, decide. */
export function layoutFor(threads: Preset['threads'], processes?: number): LayoutOf {
  const cores = os.availableParallelism();
  const given = Number(process.env['TF_NUM_INTRAOP_THREADS']);
  return engine => {
    // The portable engine has one thread: only processes bring it other cores.
    const one = threads === 'one' || engine === 'portable';
    const count = processes ?? (one ? Math.min(cores, mostProcesses) : 1);
    return { processes: count, threads: given > 0 ? given : one ? 1 : Math.max(Math.floor(cores / count), 1) };
  };
}

/** The workers of a job and the engine they run on; they end with {@link dispose} and with this process. */
export class WorkerGroup {
  readonly engine: EngineInfo;
  private readonly members: readonly WorkerProcess[];
  private readonly listeners: Listeners;

  private constructor(engine: EngineInfo, members: readonly WorkerProcess[], listeners: Listeners) {
    this.engine = engine;
    this.members = members;
    this.listeners = listeners;
  }

  /**
   * Starts the workers. With "auto" the portable engine takes over where the native one does not load or dies of it, and
   * the engine's note says why. Throws `no-engine` and `engine-died`. Once `signal` is aborted the group is ended, wherever it
   * is, and all that is asked of it rejects with `cancelled`.
   */
  static async start(choice: EngineChoice, layout: LayoutOf, signal?: AbortSignal): Promise<WorkerGroup> {
    if (choice !== 'auto') return WorkerGroup.startEngine(choice, layout, signal);
    try {
      return await WorkerGroup.startEngine('native', layout, signal);
    } catch (error) {
      if (!(error instanceof DigitsError) || (error.code !== 'no-engine' && error.code !== 'engine-died')) throw error;
      return WorkerGroup.startEngine('portable', layout, signal, error.message).catch((failure: unknown) => {
        throw signal?.aborted ? failure : error;
      });
    }
  }

  private static async startEngine(
    name: EngineName,
    layout: LayoutOf,
    signal?: AbortSignal,
    note?: string,
  ): Promise<WorkerGroup> {
    const { processes, threads } = layout(name);
    const environment = {
      TF_NUM_INTRAOP_THREADS: String(threads),
      TF_NUM_INTEROP_THREADS: String(threads),
      OMP_NUM_THREADS: String(threads),
    };
    const listeners: Listeners = { stepped: () => undefined };
    const members = startJoined(
      processes,
      (streams): WorkerProcess =>
        new ForkedProcess(
          __filename,
          { stepped: sums => listeners.stepped(sums) },
          { arguments: ['worker'], environment, streams },
        ),
    );
    const end = (): void => members.forEach(member => member.dispose());
    signal?.addEventListener('abort', end);
    if (signal?.aborted) end();
    try {
      const [engine] = await Promise.all(members.map(({ rpc }) => rpc.call('loadEngine', name)));
      const place = { count: processes, name: randomBytes(6).toString('hex') };
      await Promise.all(members.map(({ rpc }, rank) => rpc.call('join', { rank, ...place })));
      return new WorkerGroup({ ...engine!, processes, ...(note !== undefined && { note }) }, members, listeners);
    } catch (error) {
      end();
      throw error;
    }
  }

  get size(): number {
    return this.members.length;
  }

  /** Asks all of them, each with an argument of its own, and waits for all answers. */
  all<K extends keyof WorkerMethods & string>(
    method: K,
    argument: (member: number) => Parameters<WorkerMethods[K]>[0],
  ): Promise<Awaited<ReturnType<WorkerMethods[K]>>[]> {
    return Promise.all(this.members.map((_, member) => this.one(member, method, argument(member))));
  }

  /** Asks one of them. */
  one<K extends keyof WorkerMethods & string>(
    member: number,
    method: K,
    argument: Parameters<WorkerMethods[K]>[0],
  ): Promise<Awaited<ReturnType<WorkerMethods[K]>>> {
    return this.members[member]!.rpc.call(method, argument as never) as Promise<Awaited<ReturnType<WorkerMethods[K]>>>;
  }

  /** Trains an epoch in all of them. `onStep` is told the sums so far, a few times a second. */
  async epoch(epoch: number, rates: Float64Array, onStep: (sums: EpochSums) => void): Promise<EpochSums> {
    this.listeners.stepped = onStep;
    const [sums] = await this.all('epoch', () => ({ epoch, rates }));
    return sums!;
  }

  dispose(): void {
    for (const member of this.members) member.dispose();
  }
}
