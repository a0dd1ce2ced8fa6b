import type { Evaluation } from '../../src/core/run/evaluation';
import type { RunRecord } from '../../src/core/run/runRecord';
import type { RunPanelHost, RunPanelView } from '../../src/protocol/runPanel';
import type { Rpc } from '../../src/protocol/rpc';
import type { ExampleQuestions } from './inspector';

/** What the inspector asks about images of a run's training file, or of an evaluation's. */
export function exampleQuestions(
  host: Rpc<RunPanelView, RunPanelHost>,
  run: RunRecord,
  evaluation: Evaluation | undefined,
): ExampleQuestions {
  const place = (row: number) => ({ evaluation: evaluation?.id, row });
  const file = evaluation?.file ?? run.data.file;
  return {
    // Better weights, or a repeated evaluation, say something else.
    key: `${evaluation?.id ?? ''} ${evaluation?.created ?? ''} ${run.bestEpoch}`,
    file: file.slice(file.lastIndexOf('/') + 1),
    occlusion: row => host.call('occlusion', place(row)),
    neighbours: row => host.call('neighbours', place(row)),
    reveal: row => host.call('revealInPreview', place(row)),
    revealTraining: row => host.call('revealInPreview', { evaluation: undefined, row }),
    cancelQuestion: want => host.notify('cancelQuestion', want),
  };
}
