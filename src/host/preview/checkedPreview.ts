import * as v from 'valibot';
import { record } from '../../core/bounds';
import type { PreviewHost } from '../../protocol/previewPanel';
import { checkedHost, error, MOST_ROWS, nothing, row, runFolder, want } from '../webview/checkedHost';

const INT32_MAX = 2 ** 31 - 1;
/** An id holds a path. */
const LONGEST_ID = 1 << 15;

const range = v.pipe(
  record({ first: row, count: row }),
  v.transform(({ first, count }) => ({ first, count: Math.min(count, MOST_ROWS) })),
);

const rows = v.pipe(
  v.instance(Uint32Array),
  v.check(list => list.length <= MOST_ROWS && !list.includes(0)),
);

const id = v.pipe(v.string(), v.maxLength(LONGEST_ID));

const label = v.pipe(v.number(), v.integer(), v.minValue(-INT32_MAX), v.maxValue(INT32_MAX));

const filter = v.pipe(
  record({
    filter: record({
      label: v.optional(v.union([label, v.literal('unreadable')])),
      predicted: v.optional(label),
      outcome: v.optional(v.picklist(['right', 'wrong'])),
    }),
    source: v.optional(id),
  }),
  v.transform(({ filter: asked, source }) => ({
    filter: { label: asked.label, predicted: asked.predicted, outcome: asked.outcome },
    source,
  })),
);

/** An image of the file, for the network of a run. */
const image = v.pipe(
  record({ runFolder, row }),
  v.transform(place => ({ runFolder: place.runFolder, row: place.row })),
);

/** What a preview's view may ask, with nothing but what it may ask with. */
export function checkedPreview(methods: PreviewHost): PreviewHost {
  return checkedHost<PreviewHost>(methods, {
    ready: nothing,
    rows: range,
    reload: nothing,
    reopenAsText: nothing,
    showLog: nothing,
    logError: error,
    images: rows,
    labels: nothing,
    predictions: nothing,
    predicted: id,
    filter,
    network: nothing,
    orientation: runFolder,
    openRun: runFolder,
    revealTrainingRow: image,
    probabilities: image,
    occlusion: image,
    neighbours: image,
    cancelQuestion: want,
  });
}
