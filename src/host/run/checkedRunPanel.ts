import * as v from 'valibot';
import { fileName, list, record } from '../../core/bounds';
import type { RunPanelHost } from '../../protocol/runPanel';
import { checkedHost, error, evaluation, MOST_ROWS, nothing, row, runIds, want } from '../webview/checkedHost';

/** An image of the validation set, or of an evaluation. */
const image = v.pipe(
  record({ evaluation, row }),
  v.transform(place => ({ evaluation: place.evaluation, row: place.row })),
);

const images = v.pipe(
  record({ evaluation, rows: list(row, MOST_ROWS) }),
  v.transform(request => ({ evaluation: request.evaluation, rows: request.rows })),
);

/** What a run panel's view may ask, with nothing but what it may ask with. */
export function checkedRunPanel(methods: RunPanelHost): RunPanelHost {
  return checkedHost<RunPanelHost>(methods, {
    ready: nothing,
    evaluation: fileName,
    images,
    comparedRuns: runIds,
    pickCompared: runIds,
    cancel: nothing,
    resume: nothing,
    writeSubmission: nothing,
    revealInPreview: image,
    showLog: nothing,
    logError: error,
    probabilities: image,
    occlusion: image,
    neighbours: image,
    cancelQuestion: want,
  });
}
