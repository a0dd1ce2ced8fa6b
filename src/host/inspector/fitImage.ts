import path from 'node:path';
import { fitImages, fitted, type ImageFit } from '../../core/data/fitImages';
import type { RunRecord } from '../../core/run/runRecord';
import type { ExplainedImage } from '../../protocol/explain';
import type { OpenedPixelFile } from '../../protocol/pixelFile';

/** How the images of an open file are given to a run's network, by its first rows. Throws as {@link fitImages} does. */
export function fitFile({ id, data }: RunRecord, file: string, { layout, first }: OpenedPixelFile): ImageFit {
  return fitImages(data, layout, first.rows.length, { file: path.basename(file), network: `run ${id}` });
}

/** An image as the network is to see it. */
export function fitImage(pixels: Uint8Array, fit: ImageFit): Pick<ExplainedImage, 'pixels' | 'ink'> {
  return { pixels: fitted(pixels, fit), ink: fit.ink };
}
