import type { ImagePage } from '../../protocol/imagePage';
import type { RunImagePlace } from '../../protocol/inspector';
import { fitFile, fitImage } from '../inspector/fitImage';
import { onlyImage, type LocatedImage } from '../inspector/inspectorAnswers';
import { stampOf } from '../pixelFiles/fileStamp';
import type { PixelFiles, PixelFileShare } from '../pixelFiles/pixelFiles';
import { imageFileOf, type ImageFile, type MayRead } from './imageFile';

/** The images of a run's files, one file at a time, and only while it is the file that the network saw: otherwise its rows are other images. */
export class RunImages {
  private readonly runFolder: string;
  private readonly files: PixelFiles;
  private readonly mayRead: MayRead;
  private opened: { readonly evaluation: string | undefined; readonly share: Promise<PixelFileShare> } | undefined;

  constructor(runFolder: string, files: PixelFiles, mayRead: MayRead) {
    this.runFolder = runFolder;
    this.files = files;
    this.mayRead = mayRead;
  }

  /** The file of an evaluation, or the training file. */
  fileOf(evaluation: string | undefined): Promise<ImageFile> {
    return imageFileOf(this.runFolder, evaluation, this.mayRead);
  }

  /** An image, for the run's network. Throws a sentence when it can't be shown. */
  async locate({ evaluation, row }: RunImagePlace): Promise<LocatedImage> {
    const [{ file, run, ofTrainingFile }, page] = await Promise.all([
      this.fileOf(evaluation),
      this.read(evaluation, [row]),
    ]);
    const { thread } = await this.share(evaluation);
    const fit = fitFile(run, file, await thread.opened);
    return {
      runFolder: this.runFolder,
      ...fitImage(onlyImage(page, row), fit),
      trainingRow: ofTrainingFile ? row : undefined,
    };
  }

  /** Images of these rows, in the order asked for. Throws a sentence when they can't be shown. */
  async read(evaluation: string | undefined, rows: readonly number[]): Promise<ImagePage> {
    const opening = this.share(evaluation);
    try {
      const share = await opening;
      const page = await share.thread.images(rows);
      // Looked at after reading, so that a file replaced meanwhile is noticed.
      if ((await stampOf(share.file)) === share.stamp) return page;
    } catch (error) {
      if (this.opened?.share === opening) this.release();
      throw error;
    }
    // Written again since it was opened, by whatever hand: it is opened and checked again.
    if (this.opened?.share === opening) this.release();
    return this.read(evaluation, rows);
  }

  /** Gives the open file back. */
  release(): void {
    this.opened?.share.then(
      share => share.dispose(),
      () => undefined,
    );
    this.opened = undefined;
  }

  /** The file that is open, or else this one, in its place. */
  private share(evaluation: string | undefined): Promise<PixelFileShare> {
    if (this.opened && this.opened.evaluation !== evaluation) this.release();
    this.opened ??= { evaluation, share: this.open(evaluation) };
    return this.opened.share;
  }

  private async open(evaluation: string | undefined): Promise<PixelFileShare> {
    const { file, check } = await this.fileOf(evaluation);
    const share = await this.files.acquire(file);
    try {
      // Before it is known to be a pixel CSV: of one that was replaced, this says more.
      await check();
      await share.thread.opened;
      return share;
    } catch (error) {
      share.dispose();
      throw error;
    }
  }
}
