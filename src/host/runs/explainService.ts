import * as vscode from 'vscode';
import { DigitsError } from '../../core/errors';
import { Lru } from '../../core/lru';
import { sentence } from '../../core/sentence';
import { engineWords } from '../../core/text';
import type { ExplainedImage, Explanations, ExplainProgress, Want } from '../../protocol/explain';
import type { Explained } from '../../protocol/inspector';
import { RunNetwork } from '../../processes/runNetwork';
import { Disposable } from '../disposable';
import type { Log } from '../log';

/** Networks held at a time: each is a process with an engine, and may hold all training images. */
const mostNetworks = 2;

/** Asks the networks of finished runs about images. A network's process lasts while somebody holds it and asks now and then. */
export class ExplainService extends Disposable {
  private readonly bundle: string;
  private readonly log: Log;
  /** By run folder. */
  private readonly networks = new Lru<string, RunNetwork>();
  /** How many hold the network of a run. */
  private readonly holders = new Map<string, number>();
  private readonly progressed = this.register(
    new vscode.EventEmitter<{ readonly runFolder: string; readonly progress: ExplainProgress }>(),
  );
  readonly onDidProgress = this.progressed.event;

  constructor(bundle: string, log: Log) {
    super();
    this.bundle = bundle;
    this.log = log;
    this.register({ dispose: () => [...this.networks.keys()].forEach(runFolder => this.end(runFolder)) });
  }

  /** Holds a run's network: when the last one lets go, its process ends. */
  hold(runFolder: string): vscode.Disposable {
    this.holders.set(runFolder, (this.holders.get(runFolder) ?? 0) + 1);
    return new vscode.Disposable(() => {
      const left = (this.holders.get(runFolder) ?? 0) - 1;
      if (left > 0) return void this.holders.set(runFolder, left);
      this.holders.delete(runFolder);
      this.end(runFolder);
    });
  }

  /** Asks a run's network, which the caller holds. Throws a sentence where it can't answer, and the signal's reason once it is aborted. */
  ask<W extends Want>(
    want: W,
    runFolder: string,
    image: ExplainedImage,
    signal: AbortSignal,
  ): Promise<Explained<Explanations[W]>> {
    if (!vscode.workspace.isTrusted) {
      throw new DigitsError(
        'bad-setting',
        sentence`Digits asks a network only in a trusted folder; run "Workspaces: Manage Workspace Trust" and trust this one.`,
      );
    }
    const network = this.networks.use(runFolder) ?? this.make(runFolder);
    return network.ask(want, image, signal);
  }

  private make(runFolder: string): RunNetwork {
    if (this.networks.size >= mostNetworks) {
      const folders = [...this.networks.keys()];
      this.end(folders.find(folder => !this.networks.get(folder)!.busy) ?? folders[0]!);
    }
    const network = new RunNetwork(this.bundle, runFolder, {
      onProgress: progress => this.progressed.fire({ runFolder, progress }),
      onServed: ({ engine, epoch }) =>
        this.log.info(`The network of ${runFolder}, epoch ${epoch}, answers: ${engineWords(engine)}`),
    });
    this.networks.set(runFolder, network);
    return network;
  }

  private end(runFolder: string): void {
    this.networks.get(runFolder)?.dispose();
    this.networks.delete(runFolder);
  }
}
