import { layOut, serve } from './extensionHost';
import { render, screen, within } from '@testing-library/preact';
import { useState } from 'preact/hooks';
import type { EpochRecord, RunRecord } from '../../../../src/core/run/runRecord';
import type { RunPanelHost, RunPanelState, RunPanelView } from '../../../../src/protocol/runPanel';
import { readChartsView, type ChartsView } from '../../../../webview/run/charts/chartsView';
import { Curves } from '../../../../webview/run/charts/curves';
import { connect } from '../../../../webview/shared/bridge';

/** Shows the curves of a run, which is titled "mine" and drawn 700 pixels wide. */
export function showCurves(history: readonly EpochRecord[], run: RunRecord, answers: Partial<RunPanelHost> = {}): void {
  const state: RunPanelState = {
    runFolder: '/r',
    run,
    title: 'mine',
    history,
    progress: undefined,
    validation: undefined,
    evaluations: [],
    show: undefined,
    imagesNote: undefined,
    canSubmit: false,
    trainsHere: false,
    canResume: false,
  };
  layOut(700, 240);
  serve<Partial<RunPanelHost>, object>(answers);
  const host = connect<RunPanelView, RunPanelHost>({} as RunPanelView);
  function Panel() {
    const [view, setView] = useState(readChartsView(undefined));
    return (
      <Curves
        state={state}
        host={host}
        view={view}
        version={0}
        onView={change =>
          setView((known): ChartsView => ({ ...known, ...(typeof change === 'function' ? change(known) : change) }))
        }
      />
    );
  }
  render(<Panel />);
}

export type ChartName = 'loss' | 'accuracy' | 'learning-rate';
export const figure = (name: ChartName): HTMLElement => screen.getByTestId(`chart-${name}`);
export const chart = (name: ChartName): HTMLElement => within(figure(name)).getByRole('application');
/** The number of lines in a chart, or of another kind of path. */
export const lines = (name: ChartName, kind = 'line'): number => chart(name).querySelectorAll(`path.${kind}`).length;
/** What the last key led to, as a screen reader says it. */
export const told = (): string => screen.getByTestId('told').textContent ?? '';
