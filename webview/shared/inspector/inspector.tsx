import { useEffect, useRef, useState } from 'preact/hooks';
import type { ComponentChildren, JSX } from 'preact';
import type { OcclusionMap } from '../../../src/core/occlusion';
import { count } from '../../../src/core/text';
import type { Neighbours, Want } from '../../../src/protocol/explain';
import type { Explained } from '../../../src/protocol/inspector';
import { sentenceOf } from '../sentenceOf';
import type { DigitPixels } from '../ink';
import { useAnswer } from './answer';
import { Attention } from './attention';
import type { Judged } from './bars';
import { NeighbourList } from './neighbourList';
import { PixelView } from './pixelView';
import { ProbabilityBars } from './probabilityBars';
import { useInspectorSettings, type InspectorSettings } from './settings';

/** The questions about the image that a network can answer. */
export interface InspectorQuestions {
  readonly occlusion: () => Promise<Explained<OcclusionMap>>;
  readonly neighbours: () => Promise<Explained<Neighbours>>;
  /** Rejects with a sentence when the row can't be shown. */
  readonly revealTraining: (row: number) => Promise<void>;
}

interface InspectorProps {
  /** "Misclassified image", for screen readers. */
  readonly label: string;
  /** One level below the heading above it. */
  readonly heading: 'h2' | 'h3';
  readonly file: string;
  readonly row: number;
  /** Unique for each image and network. */
  readonly imageKey: string;
  /** "3 of 120". */
  readonly position: string;
  readonly first: boolean;
  readonly last: boolean;
  readonly side: number;
  readonly fullInk: number;
  readonly invert?: boolean;
  readonly digit: DigitPixels | undefined;
  /** Replaces an image that can't be shown. */
  readonly noImage?: ComponentChildren;
  /** The label of the image in the file, if it has one. */
  readonly truth: number | undefined;
  /** The labels of the classes that `judged` is about. */
  readonly classes: readonly number[];
  /** The prediction, once known; `children` say more about it, or why there is none. */
  readonly judged: Judged | undefined;
  readonly children?: ComponentChildren;
  readonly questions: InspectorQuestions | undefined;
  /** Buttons that open other views. */
  readonly actions: (run: (action: () => Promise<void>) => void) => ComponentChildren;
  /** Counts how often the user opened the inspector; takes the focus each time. */
  readonly asked: number;
  readonly onStep: (by: 1 | -1) => void;
  readonly onClose: () => void;
  /** Cancels a question, or all when the inspector closes. */
  readonly onCancelQuestion: (want: Want | undefined) => void;
}

/** One image, enlarged: its pixels, the probabilities, what the network looked at, and similar images. */
export function Inspector(props: InspectorProps): JSX.Element {
  const { row, side, truth, judged, classes, questions, imageKey } = props;
  const Heading = props.heading;
  const panel = useRef<HTMLElement>(null);
  const [settings, change] = useInspectorSettings();
  useEffect(() => panel.current?.focus({ preventScroll: true }), [props.asked]);
  useEffect(() => () => props.onCancelQuestion(undefined), []);
  const attention = useAnswer(settings.attention ? questions?.occlusion : undefined, imageKey);
  const neighbours = useAnswer(settings.neighbours ? questions?.neighbours : undefined, imageKey);
  /** A failed action on this image; shown for this image only. */
  const [failure, setFailure] = useState<{ readonly row: number; readonly sentence: string }>();
  const act = (action: () => Promise<void>): void => {
    setFailure(undefined);
    action().catch((error: unknown) => setFailure({ row, sentence: sentenceOf(error) }));
  };

  const toggle = (want: Want, changes: Partial<InspectorSettings>): void => {
    change(changes);
    props.onCancelQuestion(want);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const slides = event.target instanceof HTMLInputElement;
    if (event.key === 'Escape') props.onClose();
    else if (event.key === 'ArrowLeft' && !slides) props.onStep(-1);
    else if (event.key === 'ArrowRight' && !slides) props.onStep(1);
    else return;
    event.preventDefault();
  };

  const map = attention.state === 'there' ? attention.value.value : undefined;
  const predicted = judged && classes[judged.predicted];
  return (
    <section
      ref={panel}
      class="inspector"
      tabIndex={-1}
      aria-label={props.label}
      data-testid="inspector"
      onKeyDown={onKeyDown}
    >
      <div class="inspector-title">
        <Heading aria-live="polite">Row {count(row)}</Heading>
        <span class="inspector-file muted" title={props.file}>
          {props.file}
        </span>
        <span class="muted numbers">{props.position}</span>
        <vscode-button
          appearance="icon"
          disabled={props.first}
          aria-label="Previous"
          title="Previous (←)"
          data-testid="previous"
          onClick={() => props.onStep(-1)}
        >
          ‹
        </vscode-button>
        <vscode-button
          appearance="icon"
          disabled={props.last}
          aria-label="Next"
          title="Next (→)"
          data-testid="next"
          onClick={() => props.onStep(1)}
        >
          ›
        </vscode-button>
        <vscode-button
          appearance="icon"
          aria-label="Close"
          title="Close (Escape)"
          data-testid="inspector-close"
          onClick={props.onClose}
        >
          ✕
        </vscode-button>
      </div>
      <Judgement truth={truth} predicted={predicted} />
      {props.noImage ?? (
        <PixelView
          digit={props.digit}
          side={side}
          invert={props.invert ?? false}
          label={imageWords(row, truth, predicted)}
          map={map}
          mapName={String(map ? classes[map.predicted] : '')}
          opacity={settings.opacity / 100}
        />
      )}
      {questions && (
        <>
          <vscode-button
            appearance="secondary"
            aria-pressed={settings.attention ? 'true' : 'false'}
            data-testid="attention-toggle"
            onClick={() => toggle('occlusion', { attention: !settings.attention })}
          >
            What the Network Looked At
          </vscode-button>
          <Attention
            answer={attention}
            classes={classes}
            opacity={settings.opacity}
            onOpacity={opacity => change({ opacity })}
          />
        </>
      )}
      {judged && <ProbabilityBars judged={judged} classes={classes} />}
      {props.children}
      <div class="buttons">{props.actions(act)}</div>
      {questions && (
        <>
          <vscode-button
            appearance="secondary"
            aria-pressed={settings.neighbours ? 'true' : 'false'}
            data-testid="neighbours-toggle"
            onClick={() => toggle('neighbours', { neighbours: !settings.neighbours })}
          >
            Nearest Training Images
          </vscode-button>
          <NeighbourList
            answer={neighbours}
            side={side}
            fullInk={props.fullInk}
            invert={props.invert ?? false}
            onReveal={found => act(() => questions.revealTraining(found))}
          />
        </>
      )}
      {failure?.row === row && (
        <p class="notice notice-error" role="alert" data-testid="reveal-failure">
          {failure.sentence}
        </p>
      )}
    </section>
  );
}

/** The true and the predicted label of the image. */
function Judgement({
  truth,
  predicted,
}: {
  readonly truth: number | undefined;
  readonly predicted: number | undefined;
}): JSX.Element | null {
  if (truth === undefined && predicted === undefined) return null;
  if (predicted === undefined)
    return (
      <p data-testid="judgement">
        label <strong>{truth}</strong>
      </p>
    );
  if (truth === undefined)
    return (
      <p data-testid="judgement">
        predicted <strong>{predicted}</strong>
      </p>
    );
  return (
    <p data-testid="judgement">
      true <strong>{truth}</strong> → predicted <strong>{predicted}</strong>
      {truth === predicted && ', which is right'}
    </p>
  );
}

function imageWords(row: number, truth: number | undefined, predicted: number | undefined): string {
  return [
    `Row ${count(row)}`,
    ...(truth === undefined ? [] : [`true ${truth}`]),
    ...(predicted === undefined ? [] : [`predicted ${predicted}`]),
  ].join(', ');
}
