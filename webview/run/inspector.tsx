import { useEffect, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { count } from '../../src/core/text';
import { DigitCanvas } from '../shared/digitCanvas';
import { sentenceOf } from '../shared/failure';
import type { DigitPixels } from '../shared/ink';
import { usePixelRatio } from '../shared/pixelRatio';
import { wholeScale } from '../shared/tileLayout';
import { describeExample } from './exampleGrid';
import { bars, probability, type Example } from './exampleModel';

/** CSS pixels that the image is wide, about. */
const IMAGE_WIDTH = 224;

interface InspectorProps {
  readonly example: Example;
  /** Its place among those shown, from 0, and how many those are. */
  readonly index: number;
  readonly total: number;
  readonly classes: readonly number[];
  readonly side: number;
  /** Images can be shown, and rows revealed. */
  readonly hasImages: boolean;
  readonly digit: DigitPixels | undefined;
  /** Grows each time the user asks for the inspector: it takes the focus. */
  readonly asked: number;
  readonly onStep: (by: 1 | -1) => void;
  readonly onReveal: () => Promise<void>;
  readonly onClose: () => void;
}

/** One misclassified image, large, and what the network thought of it. */
export function Inspector(props: InspectorProps): JSX.Element {
  const { example, index, total, classes, side } = props;
  const panel = useRef<HTMLElement>(null);
  const ratio = usePixelRatio();
  const scale = wholeScale(Math.max(1, Math.floor(IMAGE_WIDTH / side)), ratio);
  useEffect(() => panel.current?.focus({ preventScroll: true }), [props.asked]);
  /** Of the row that was to be revealed; no other shows it. */
  const [failure, setFailure] = useState<{ readonly row: number; readonly sentence: string }>();
  const reveal = (): void => {
    setFailure(undefined);
    props.onReveal().catch((error: unknown) => setFailure({ row: example.row, sentence: sentenceOf(error) }));
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'Escape') props.onClose();
    else if (event.key === 'ArrowLeft' || event.key === 'ArrowUp') props.onStep(-1);
    else if (event.key === 'ArrowRight' || event.key === 'ArrowDown') props.onStep(1);
    else return;
    event.preventDefault();
  };

  return (
    <section ref={panel} class="inspector" tabIndex={-1} aria-label="Misclassified image" data-testid="inspector" onKeyDown={onKeyDown}>
      <div class="inspector-title">
        <h3 aria-live="polite">Row {count(example.row)}</h3>
        <span class="muted numbers">{count(index + 1)} of {count(total)}</span>
        <vscode-button appearance="icon" aria-label="Close" title="Close (Escape)" data-testid="inspector-close" onClick={props.onClose}>✕</vscode-button>
      </div>
      <p>
        true <strong>{classes[example.label]}</strong> → predicted <strong>{classes[example.predicted]}</strong>
      </p>
      {props.hasImages && <DigitCanvas digits={[props.digit]} side={side} scale={scale} ratio={ratio} label={describeExample(example, classes)} />}
      <ul class="probabilities numbers" aria-label="Probabilities">
        {bars(example).map(({ index: label, probability: value, role }) => (
          <li key={label} class={role ? `is-${role}` : ''}>
            <strong>{classes[label]}</strong>
            <span class="bar" aria-hidden="true"><span style={{ width: `${value * 100}%` }} /></span>
            <span class="right">{probability(value)}</span>
            <span class="role">{role}</span>
          </li>
        ))}
      </ul>
      <div class="buttons">
        <vscode-button appearance="secondary" disabled={index === 0} title="Previous (←)" data-testid="previous" onClick={() => props.onStep(-1)}>Previous</vscode-button>
        <vscode-button appearance="secondary" disabled={index === total - 1} title="Next (→)" data-testid="next" onClick={() => props.onStep(1)}>Next</vscode-button>
        <vscode-button appearance="secondary" disabled={!props.hasImages} data-testid="reveal" onClick={reveal}>Reveal in Preview</vscode-button>
      </div>
      {failure?.row === example.row && <p class="notice notice-error" role="alert" data-testid="reveal-failure">{failure.sentence}</p>}
    </section>
  );
}
