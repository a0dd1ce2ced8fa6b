import type { JSX } from 'preact';
import { count } from '../../../src/core/text';
import type { Neighbours } from '../../../src/protocol/explain';
import type { Explained } from '../../../src/protocol/inspector';
import { DigitCanvas } from '../digitCanvas';
import { usePixelRatio } from '../pixelRatio';
import { ProgressBar } from '../progressBar';
import { wholeScale } from '../tileLayout';
import type { Answer } from './answer';
import { EngineNote } from './engineNote';
import { comparisonWords, distance, labelWords, progressWords } from './neighbourModel';
import { useProgress } from './progressNews';
import { Unanswered } from './unanswered';

/** About the width of an image, in CSS pixels. */
const IMAGE_WIDTH = 56;

interface NeighbourListProps {
  readonly answer: Answer<Explained<Neighbours>>;
  readonly side: number;
  readonly fullInk: number;
  readonly invert: boolean;
  readonly onReveal: (row: number) => void;
}

/** The training images most similar to the inspected one; each opens its row. */
export function NeighbourList({ answer, side, fullInk, invert, onReveal }: NeighbourListProps): JSX.Element {
  const ratio = usePixelRatio();
  const progress = useProgress(answer.state === 'waiting');
  if (answer.state !== 'there') {
    return (
      <Unanswered answer={answer} waiting="Comparing with the training images…">
        {progress && (
          <>
            <p>{progressWords(progress)}</p>
            <ProgressBar share={progress.share} label={progressWords(progress)} />
          </>
        )}
      </Unanswered>
    );
  }
  const { value, engine } = answer.value;
  const scale = wholeScale(Math.max(1, Math.floor(IMAGE_WIDTH / side)), ratio);
  const area = side ** 2;
  return (
    <div class="neighbours" data-testid="neighbours">
      <p class="numbers" role="status">
        {labelWords(value.labels)}
      </p>
      <ul class="neighbour-list numbers" aria-label="Nearest training images">
        {Array.from(value.rows, (row, i) => (
          <li key={row}>
            <button type="button" class="neighbour" title="Reveal in preview" onClick={() => onReveal(row)}>
              <span class="hidden-text">{`Label ${value.labels[i]!}, row ${count(row)}, distance ${distance(value.distances[i]!)}: reveal in preview`}</span>
              {/* The same in short. */}
              <span class="tile-content" aria-hidden="true">
                <DigitCanvas
                  digits={[{ pixels: value.pixels.subarray(i * area, (i + 1) * area), fullInk }]}
                  side={side}
                  scale={scale}
                  ratio={ratio}
                  invert={invert}
                />
                <strong>{value.labels[i]}</strong>
                <span>{distance(value.distances[i]!)}</span>
                <span class="muted">row {count(row)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <p class="muted numbers">{comparisonWords(value)}</p>
      <EngineNote engine={engine} />
    </div>
  );
}
