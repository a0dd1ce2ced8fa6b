import { useEffect, useMemo, useState } from 'preact/hooks';
import { fullInk } from '../../../src/core/data/fullInk';
import type { Evaluation } from '../../../src/core/run/evaluation';
import type { Rpc } from '../../../src/protocol/rpc';
import type { RunPanelHost, RunPanelState, RunPanelView } from '../../../src/protocol/runPanel';
import { sentenceOf } from '../../shared/sentenceOf';
import type { ImageSet } from '../imageSet';
import { RowImages } from './rowImages';

interface ShownImages {
  /** Undefined where the images can't be shown. */
  readonly images: RowImages | undefined;
  /** Why they could not be fetched, if another try may help. */
  readonly failure: string | undefined;
  readonly tryAgain: () => void;
}

/** The images of the set that matrix and gallery show. */
export function useRowImages(
  host: Rpc<RunPanelView, RunPanelHost>,
  run: RunPanelState['run'] | undefined,
  set: ImageSet | undefined,
  evaluation: Evaluation | undefined,
): ShownImages {
  const [failure, setFailure] = useState<string>();
  const [, redraw] = useState(0);
  const data = run?.data;
  const showsImages = set !== undefined && set.imagesNote === undefined;
  const images = useMemo(
    () =>
      data && showsImages
        ? new RowImages({
            side: data.side,
            fullInk: fullInk(data.maxPixel),
            fetch: rows => host.call('images', { evaluation: set.evaluation, rows }),
            changed: () => redraw(value => value + 1),
            failed: error => setFailure(sentenceOf(error)),
          })
        : undefined,
    // A repeated evaluation may have other images.
    [showsImages, data?.fingerprint, set?.evaluation, evaluation?.created],
  );
  // Each full state brings a new record: what failed before may work now.
  useEffect(() => setFailure(undefined), [images, run]);
  return { images: failure === undefined ? images : undefined, failure, tryAgain: () => setFailure(undefined) };
}
