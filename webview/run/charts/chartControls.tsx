import { useId } from 'preact/hooks';
import type { JSX } from 'preact';
import type { ChartsView } from './chartsView';
import type { EpochRange } from './epochRange';
import { mostSmoothing } from './smoothing';

interface ChartControlsProps {
  readonly view: ChartsView;
  readonly range: EpochRange;
  readonly full: EpochRange;
  /** Several runs are compared, so training curves can be hidden. */
  readonly compares: boolean;
  readonly onView: (change: Partial<ChartsView>) => void;
}

/** The controls of the curves: smoothing, scale, zoom. */
export function ChartControls({ view, range, full, compares, onView }: ChartControlsProps): JSX.Element {
  const slider = useId();
  return (
    <div class="chart-controls">
      <span class="control">
        <label for={slider}>Smoothing</label>
        <input
          id={slider}
          type="range"
          min={0}
          max={mostSmoothing}
          step={0.05}
          value={view.smoothing}
          data-testid="smoothing"
          onInput={event => onView({ smoothing: event.currentTarget.valueAsNumber })}
        />
        <output class="numbers" for={slider}>
          {view.smoothing.toFixed(2)}
        </output>
      </span>
      <label class="control" title="Of loss and learning rate">
        <input
          type="checkbox"
          checked={view.log}
          data-testid="log-scale"
          onChange={event => onView({ log: event.currentTarget.checked })}
        />
        Log scale
      </label>
      {compares && (
        <label class="control">
          <input
            type="checkbox"
            checked={view.training}
            data-testid="training-curves"
            onChange={event => onView({ training: event.currentTarget.checked })}
          />
          Training curves
        </label>
      )}
      {view.zoom && (
        <span class="control numbers">
          <span data-testid="zoom">
            Epochs {range.first} to {range.last} of {full.last}
          </span>
          <vscode-button appearance="secondary" data-testid="reset-zoom" onClick={() => onView({ zoom: undefined })}>
            Reset Zoom
          </vscode-button>
        </span>
      )}
    </div>
  );
}
