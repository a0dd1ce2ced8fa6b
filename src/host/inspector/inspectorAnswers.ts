import type * as vscode from 'vscode';
import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import type { ExplainedImage, Explanations, ExplainProgress, Want } from '../../protocol/explain';
import type { Explained, InspectorHost } from '../../protocol/inspector';
import type { ImagePage } from '../../protocol/imagePage';
import { Disposable } from '../disposable';
import type { ExplainService } from '../runs/explainService';

/** An image, and the run whose network is asked about it. */
export interface LocatedImage extends ExplainedImage {
  readonly runFolder: string;
}

/** Answers what one view's inspector asks. Of each question only the last one counts: the user has moved on from the others. */
export class InspectorAnswers<Place> extends Disposable {
  /** For the view's channel. */
  readonly methods: InspectorHost<Place>;

  private readonly service: ExplainService;
  private readonly locate: (place: Place) => Promise<LocatedImage>;
  private readonly asked = new Map<Want, AbortController>();
  private held: { readonly runFolder: string; readonly hold: vscode.Disposable } | undefined;

  /** `locate` finds an image, or throws a sentence. */
  constructor(
    service: ExplainService,
    locate: (place: Place) => Promise<LocatedImage>,
    onProgress: (progress: ExplainProgress) => void,
  ) {
    super();
    this.service = service;
    this.locate = locate;
    this.register(
      service.onDidProgress(({ runFolder, progress }) => {
        if (runFolder === this.held?.runFolder) onProgress(progress);
      }),
    );
    this.register({ dispose: () => this.held?.hold.dispose() });
    this.register({ dispose: () => this.cancelQuestion() });
    this.methods = {
      probabilities: place => this.answer('probabilities', place),
      occlusion: place => this.answer('occlusion', place),
      neighbours: place => this.answer('neighbours', place),
      cancelQuestion: want => this.cancelQuestion(want),
    };
  }

  /** Takes back a question, or all; the network stays for a while, for it may be asked again. */
  cancelQuestion(want?: Want): void {
    for (const [asked, question] of this.asked) {
      if (want !== undefined && asked !== want) continue;
      question.abort(questionCancelled());
      this.asked.delete(asked);
    }
  }

  private async answer<W extends Want>(want: W, place: Place): Promise<Explained<Explanations[W]>> {
    this.asked.get(want)?.abort(questionCancelled());
    const question = new AbortController();
    this.asked.set(want, question);
    const { runFolder, ...image } = await this.locate(place);
    question.signal.throwIfAborted();
    this.hold(runFolder);
    const { engine, value } = await this.service.ask(want, runFolder, image, question.signal);
    return { engine, value: withOwnMemory(value) };
  }

  /** Keeps a run's network, in place of the one before, until this is disposed of. */
  hold(runFolder: string): void {
    if (this.isDisposed || this.held?.runFolder === runFolder) return;
    this.held?.hold.dispose();
    this.held = { runFolder, hold: this.service.hold(runFolder) };
  }
}

/** The pixels of the one image that was asked for. Throws where the row has none. */
export function onlyImage(page: ImagePage, row: number): Uint8Array {
  const [problem] = page.problems;
  if (page.rows.length === 1) return page.pixels;
  throw new DigitsError('bad-row', problem?.message ?? `There is no row ${row} in this file; it may have changed.`);
}

function questionCancelled(): DigitsError {
  return new DigitsError('cancelled', sentence`The inspector moved on.`);
}

/** Arrays that came from another process lie in the memory of the whole message, which a view would get with them. */
function withOwnMemory<T>(value: T): T {
  if (ArrayBuffer.isView(value)) return (value as unknown as Uint8Array).slice() as T;
  if (Array.isArray(value)) return value.map(withOwnMemory) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withOwnMemory(part)])) as T;
}
