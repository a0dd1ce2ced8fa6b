import type { JSX } from 'preact';
import type { OcclusionMap } from '../../../src/core/occlusion';
import type { Explained } from '../../../src/protocol/inspector';
import { probability } from '../probability';
import type { Answer } from './answer';
import { AttentionLegend } from './attentionCanvas';
import { attentionWords, scaleOf } from './attentionModel';
import { EngineNote } from './engineNote';
import { Unanswered } from './unanswered';

interface AttentionProps {
  readonly answer: Answer<Explained<OcclusionMap>>;
  /** The labels of the classes. */
  readonly classes: readonly number[];
  /** In percent. */
  readonly opacity: number;
  readonly onOpacity: (opacity: number) => void;
}

/** The legend of the map over the digit, and the map in words. */
export function Attention({ answer, classes, opacity, onOpacity }: AttentionProps): JSX.Element {
  if (answer.state !== 'there') return <Unanswered answer={answer} waiting="Covering the image part by part…" />;
  const { value: map, engine } = answer.value;
  const name = String(classes[map.predicted] ?? '?');
  const most = probability(scaleOf(map));
  return (
    <div class="attention">
      <div class="attention-scale numbers">
        <span>
          p({name}) rises by {most}
        </span>
        <AttentionLegend opacity={opacity / 100} />
        <span>falls by {most}</span>
      </div>
      <p class="numbers" role="status" data-testid="attention-words">
        {attentionWords(map, name)}
      </p>
      <label class="attention-opacity">
        <span>Opacity</span>
        <input
          type="range"
          min={10}
          max={100}
          step={10}
          value={opacity}
          aria-valuetext={`${opacity} %`}
          onInput={event => onOpacity(Number(event.currentTarget.value))}
        />
      </label>
      <EngineNote engine={engine} />
    </div>
  );
}
