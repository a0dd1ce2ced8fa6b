import { useMemo, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { fullName } from '../../../src/core/run/runName';
import type { RunPanelHost, RunPanelState, RunPanelView } from '../../../src/protocol/runPanel';
import type { Rpc } from '../../../src/protocol/rpc';
import { sentenceOf } from '../../shared/sentenceOf';
import type { ChartRun } from '../charts/chartRun';
import { comparedWith, type ChangeView, type ChartsView } from '../charts/chartsView';
import { goneSentence } from './comparedRows';
import { ComparedTable } from './comparedTable';
import { RunsLegend } from './runsLegend';
import { useComparedRuns } from './useComparedRuns';

/** What a comparison needs. */
export interface ComparisonProps {
  readonly state: RunPanelState;
  readonly host: Rpc<RunPanelView, RunPanelHost>;
  readonly view: ChartsView;
  readonly onView: ChangeView;
  /** Changes when other runs may have changed. */
  readonly version: number;
}

/** A run, those it is compared with, and the controls of the comparison. */
interface Comparison {
  readonly runs: readonly ChartRun[];
  readonly button: JSX.Element;
  /** Notices about the compared runs, and their legend. */
  readonly legend: JSX.Element;
  /** Settings and results side by side, if runs are compared. */
  readonly table: JSX.Element | undefined;
}

/** Compares a run with others of the same data set. */
export function useComparison({ state, host, view, onView, version }: ComparisonProps): Comparison {
  const { runFolder, run, history, title } = state;
  /** Says which compared runs are gone, or why others can't be chosen. */
  const [notice, setNotice] = useState<string>();
  const ids = view.compared.map(({ id }) => id);
  const { runs: others, failure } = useComparedRuns(ids, {
    read: wanted => host.call('comparedRuns', wanted),
    version,
    onGone: (lost, names) => {
      setNotice(goneSentence(names));
      onView(({ compared }) => ({ compared: compared.filter(({ id }) => !lost.includes(id)) }));
    },
  });

  const runs = useMemo(() => {
    const own: ChartRun = { id: runFolder, name: fullName({ run, title }), run, history, slot: 0 };
    const compared = view.compared.flatMap(({ id, slot }): ChartRun[] => {
      const other = others.find(each => each.id === id);
      return other ? [{ ...other, name: fullName(other), slot }] : [];
    });
    return [own, ...compared];
  }, [runFolder, run, history, title, view.compared, others]);

  const compare = async (): Promise<void> => {
    const picked = await host.call('pickCompared', ids);
    if (picked === undefined) return;
    setNotice(undefined);
    onView(({ compared }) => ({ compared: comparedWith(compared, picked) }));
  };

  return {
    runs,
    button: (
      <vscode-button
        appearance="secondary"
        data-testid="compare-with"
        onClick={() => void compare().catch((error: unknown) => setNotice(sentenceOf(error)))}
      >
        Compare with…
      </vscode-button>
    ),
    legend: (
      <>
        {notice !== undefined && (
          <p class="notice" role="status" data-testid="compared-notice">
            {notice}
          </p>
        )}
        {failure !== undefined && (
          <p class="notice notice-error" role="alert">
            {failure}
          </p>
        )}
        {runs.length > 1 && (
          <RunsLegend
            runs={runs}
            onRemove={removed => {
              setNotice(undefined);
              onView(({ compared }) => ({ compared: compared.filter(({ id }) => id !== removed) }));
            }}
          />
        )}
      </>
    ),
    table:
      runs.length > 1 ? (
        <ComparedTable
          runs={runs}
          onlyDiffering={view.onlyDiffering}
          onOnlyDiffering={onlyDiffering => onView({ onlyDiffering })}
        />
      ) : undefined,
  };
}
