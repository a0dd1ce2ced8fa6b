import path from 'node:path';
import * as vscode from 'vscode';
import { hasFingerprint } from '../../store/pixelFile/fingerprint';
import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import { shortName } from '../../core/run/runName';
import { statusNames, type RunRecord } from '../../core/run/runRecord';
import { dayAndTime, percent } from '../../core/text';
import type { ExplainProgress } from '../../protocol/explain';
import type { InspectorNetwork, PreviewImagePlace, PreviewInspectorHost } from '../../protocol/inspector';
import { Disposable } from '../disposable';
import { fitFile, fitImage, orientationOf } from '../inspector/fitImage';
import { InspectorAnswers, onlyImage, type LocatedImage } from '../inspector/inspectorAnswers';
import { checkTrainFile, replacedNote, trainFileOf } from '../../store/run/trainingFile';
import type { ExplainService } from '../runs/explainService';
import type { OpenedPixelFile } from '../../protocol/pixelFile';
import type { PixelFileShare } from '../pixelFiles/pixelFiles';

/** What inspectors in previews work with. */
export interface PreviewInspecting {
  readonly explain: ExplainService;
  /** The runs of a folder, newest first. */
  list(dataFolder: string): Promise<readonly { readonly runFolder: string; readonly run: RunRecord }[]>;
  /** The folder of the data set that commands mean. */
  currentFolder(): string | undefined;
  openRun(runFolder: string): void;
  reveal(file: vscode.Uri, row: number): void;
}

/** The host's side of the inspector in one preview. */
export class PreviewInspector extends Disposable {
  /** For the preview's channel. */
  readonly methods: PreviewInspectorHost;

  private readonly context: PreviewInspecting;
  private readonly share: () => PixelFileShare;
  private readonly answers: InspectorAnswers<PreviewImagePlace>;
  /** The runs that the view was told of, by folder: it may ask for no others. */
  private readonly offered = new Map<string, RunRecord>();
  /** Ends the question how the images lie. */
  private asking = new AbortController();

  /** `share`: the file that the preview shows. */
  constructor(
    context: PreviewInspecting,
    share: () => PixelFileShare,
    onProgress: (progress: ExplainProgress) => void,
  ) {
    super();
    this.context = context;
    this.share = share;
    this.answers = this.register(new InspectorAnswers(context.explain, place => this.locate(place), onProgress));
    this.register({ dispose: () => void this.cancelOrientation() });
    this.methods = {
      ...this.answers.methods,
      network: () => this.network(),
      orientation: runFolder => this.orientation(runFolder),
      openRun: runFolder => {
        this.runOf(runFolder);
        context.openRun(runFolder);
      },
      revealTrainingRow: place => this.revealTrainingRow(place),
    };
  }

  /** The view is gone for now. */
  release(): void {
    this.cancelOrientation();
    this.answers.cancelQuestion();
  }

  private async network(): Promise<InspectorNetwork | undefined> {
    const { file, thread } = this.share();
    const opened = await thread.opened;
    const { side } = opened.format;
    // The file's own folder first: another one's data set may have images of the same size, and other classes.
    const folders = new Set([path.dirname(file), this.context.currentFolder() ?? path.dirname(file)]);
    for (const folder of folders) {
      const found = (await this.context.list(folder)).find(
        ({ run }) => run.bestEpoch !== undefined && run.data.side === side,
      );
      if (!found) continue;
      const { runFolder, run } = found;
      this.offered.set(runFolder, run);
      const notes = await notesOf(runFolder, run, file, opened);
      return { runFolder, name: nameOf(found), classes: run.data.classes, notes };
    }
    return undefined;
  }

  private async orientation(runFolder: string): Promise<readonly string[]> {
    const run = this.runOf(runFolder);
    const { file, thread } = this.share();
    const opened = await thread.opened;
    const { signal } = this.cancelOrientation();
    this.answers.hold(runFolder);
    return orientationOf(
      run,
      file,
      opened,
      async images => (await this.context.explain.ask('probabilities', runFolder, images, signal)).value,
    );
  }

  /** Ends the question how the images lie; what comes back is for the next one. */
  private cancelOrientation(): AbortController {
    this.asking.abort(new DigitsError('cancelled', sentence`The inspector moved on.`));
    return (this.asking = new AbortController());
  }

  private async locate({ runFolder, row }: PreviewImagePlace): Promise<LocatedImage> {
    const run = this.runOf(runFolder);
    const { file, thread } = this.share();
    const [page, opened, isTrained] = await Promise.all([
      thread.images([row]),
      thread.opened,
      hasFingerprint(file, run.data.fingerprint),
    ]);
    return {
      runFolder,
      ...fitImage(onlyImage(page, row), fitFile(run, file, opened)),
      trainingRow: isTrained ? row : undefined,
    };
  }

  private async revealTrainingRow({ runFolder, row }: PreviewImagePlace): Promise<void> {
    const run = this.runOf(runFolder);
    await checkTrainFile(runFolder, run);
    this.context.reveal(vscode.Uri.file(trainFileOf(runFolder, run)), row);
  }

  private runOf(runFolder: string): RunRecord {
    const run = this.offered.get(runFolder);
    if (!run)
      throw new DigitsError('internal', sentence`A preview asked for a run that it was not told of.`, runFolder);
    return run;
  }
}

function nameOf({ run, title }: { readonly run: RunRecord; readonly title?: string | undefined }): string {
  return [
    shortName({ run, title }),
    run.valAccuracy === undefined ? statusNames[run.status].toLowerCase() : percent(run.valAccuracy),
    dayAndTime(run.created),
  ].join(', ');
}

/** What to be careful about when a network is asked about images of a file. Why it can't be asked at all is told with its answer. */
async function notesOf(
  runFolder: string,
  run: RunRecord,
  file: string,
  opened: OpenedPixelFile,
): Promise<readonly string[]> {
  const replaced = await replacedNote(runFolder, run);
  try {
    return [...fitFile(run, file, opened).notes, ...replaced];
  } catch {
    return replaced;
  }
}
