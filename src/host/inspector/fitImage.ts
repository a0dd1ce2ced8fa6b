import path from 'node:path';
import { fitImages, fitted, type ImageFit } from '../../core/data/fitImages';
import { orientationNotes, predictInParts, type PredictPixels } from '../../core/data/orientation';
import type { RunRecord } from '../../core/run/runRecord';
import type { ExplainedImage } from '../../protocol/explain';
import type { OpenedPixelFile } from '../../protocol/pixelFile';

/** How the images of an open file are given to a run's network, by its first rows. Throws as {@link fitImages} does. */
export function fitFile({ id, data }: RunRecord, file: string, { layout, first }: OpenedPixelFile): ImageFit {
  return fitImages(data, layout, first.rows.length, { file: path.basename(file), network: `run ${id}` });
}

/** A sentence where the images of an open file seem to lie otherwise than those of a run, by its first rows, as the run's network sees them. */
export async function orientationOf(
  run: RunRecord,
  file: string,
  opened: OpenedPixelFile,
  ask: (images: ExplainedImage) => Promise<Float32Array>,
): Promise<readonly string[]> {
  const { side, classes } = run.data;
  const fit = fitFile(run, file, opened);
  const names = { file: path.basename(file), network: `run ${run.id}` };
  const askParts: PredictPixels = all =>
    predictInParts(all, side ** 2, PART, pixels =>
      ask({ pixels, ink: fit.ink, images: pixels.length / side ** 2, trainingRow: undefined }),
    );
  return orientationNotes(fitted(opened.first.pixels, fit), side, classes.length, names, askParts);
}

/** Images of one question: another one about an image that somebody looks at need not wait long. */
const PART = 64;

/** An image as the network is to see it. */
export function fitImage(pixels: Uint8Array, fit: ImageFit): Pick<ExplainedImage, 'pixels' | 'ink'> {
  return { pixels: fitted(pixels, fit), ink: fit.ink };
}
