import type { JSX } from 'preact';
import { count } from '../../../src/core/text';
import type { OcclusionMap } from '../../../src/core/occlusion';
import type { Evaluation } from '../../../src/core/run/evaluation';
import type { RunRecord } from '../../../src/core/run/runRecord';
import type { Neighbours, Want } from '../../../src/protocol/explain';
import type { Explained } from '../../../src/protocol/inspector';
import type { Rpc } from '../../../src/protocol/rpc';
import type { RunPanelHost, RunPanelView } from '../../../src/protocol/runPanel';
import type { DigitPixels } from '../../shared/ink';
import { Inspector } from '../../shared/inspector/inspector';
import type { Example } from './exampleModel';

/** What the inspector of a gallery asks of the host, by row of the gallery's file. */
export interface ExampleQuestions {
  /** Differs for every set of images. */
  readonly key: string;
  /** The file's name. */
  readonly file: string;
  readonly occlusion: (row: number) => Promise<Explained<OcclusionMap>>;
  readonly neighbours: (row: number) => Promise<Explained<Neighbours>>;
  /** These reject with a sentence when the row can't be shown. */
  readonly reveal: (row: number) => Promise<void>;
  /** A row of the training file. */
  readonly revealTraining: (row: number) => Promise<void>;
  /** Cancels this question, or all. */
  readonly cancelQuestion: (want: Want | undefined) => void;
}

/** The inspector's questions about images of a run's training file, or of an evaluation's file. */
export function exampleQuestions(
  host: Rpc<RunPanelView, RunPanelHost>,
  run: RunRecord,
  evaluation: Evaluation | undefined,
): ExampleQuestions {
  const place = (row: number) => ({ evaluation: evaluation?.id, row });
  const file = evaluation?.file ?? run.data.file;
  return {
    // Better weights or a repeated evaluation change the answers.
    key: `${evaluation?.id ?? ''} ${evaluation?.created ?? ''} ${run.bestEpoch}`,
    file: file.slice(file.lastIndexOf('/') + 1),
    occlusion: row => host.call('occlusion', place(row)),
    neighbours: row => host.call('neighbours', place(row)),
    reveal: row => host.call('revealInPreview', place(row)),
    revealTraining: row => host.call('revealInPreview', { evaluation: undefined, row }),
    cancelQuestion: want => host.notify('cancelQuestion', want),
  };
}

interface ExampleInspectorProps {
  readonly example: Example;
  /** Its index among the images shown, and their number. */
  readonly index: number;
  readonly total: number;
  readonly classes: readonly number[];
  readonly side: number;
  readonly fullInk: number;
  /** Images can be shown and rows revealed. */
  readonly hasImages: boolean;
  readonly digit: DigitPixels | undefined;
  readonly questions: ExampleQuestions;
  readonly asked: number;
  readonly onStep: (by: 1 | -1) => void;
  readonly onClose: () => void;
}

/** One misclassified image, enlarged, with its probabilities. */
export function ExampleInspector(props: ExampleInspectorProps): JSX.Element {
  const { example, index, total, questions, hasImages } = props;
  const { row } = example;
  return (
    <Inspector
      label="Misclassified image"
      heading="h3"
      file={questions.file}
      row={row}
      imageKey={`${questions.key} ${row}`}
      position={`${count(index + 1)} of ${count(total)}`}
      first={index === 0}
      last={index === total - 1}
      side={props.side}
      fullInk={props.fullInk}
      digit={props.digit}
      noImage={hasImages ? undefined : <p class="no-inspector-image muted">The image can't be shown.</p>}
      truth={props.classes[example.label]}
      classes={props.classes}
      judged={example}
      questions={
        hasImages
          ? {
              occlusion: () => questions.occlusion(row),
              neighbours: () => questions.neighbours(row),
              revealTraining: questions.revealTraining,
            }
          : undefined
      }
      actions={act => (
        <vscode-button
          appearance="secondary"
          disabled={!hasImages}
          data-testid="reveal"
          onClick={() => act(() => questions.reveal(row))}
        >
          Reveal in Preview
        </vscode-button>
      )}
      asked={props.asked}
      onStep={props.onStep}
      onClose={props.onClose}
      onCancelQuestion={questions.cancelQuestion}
    />
  );
}
