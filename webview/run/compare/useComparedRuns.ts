import { useEffect, useRef, useState } from 'preact/hooks';
import { fullName } from '../../../src/core/run/runName';
import type { ComparedRun } from '../../../src/protocol/runPanel';
import { sentenceOf } from '../../shared/sentenceOf';

/** The compared runs, as last read. */
export interface ComparedRunsState {
  readonly runs: readonly ComparedRun[];
  /** Why they can't be read. */
  readonly failure: string | undefined;
}

interface ComparedRunsSource {
  /** Reads those of these runs that still exist. */
  readonly read: (ids: readonly string[]) => Promise<readonly ComparedRun[]>;
  /** Changes when some of them may have changed. */
  readonly version: unknown;
  /** Called with the ids and names of runs that no longer exist. */
  readonly onGone: (ids: readonly string[], names: readonly string[]) => void;
}

/** Reads compared runs, again whenever they may have changed. */
export function useComparedRuns(
  ids: readonly string[],
  { read, version, onGone }: ComparedRunsSource,
): ComparedRunsState {
  const [state, setState] = useState<ComparedRunsState>({ runs: [], failure: undefined });
  const names = useRef(new Map<string, string>());
  const wanted = ids.join('/');
  useEffect(() => {
    if (ids.length === 0) {
      setState({ runs: [], failure: undefined });
      return;
    }
    let isLast = true;
    read(ids).then(
      runs => {
        if (!isLast) return;
        for (const run of runs) names.current.set(run.id, fullName(run));
        setState({ runs, failure: undefined });
        const gone = ids.filter(id => !runs.some(run => run.id === id));
        if (gone.length > 0)
          onGone(
            gone,
            gone.map(id => names.current.get(id) ?? id),
          );
      },
      (error: unknown) => {
        if (isLast) setState(known => ({ ...known, failure: sentenceOf(error) }));
      },
    );
    return () => {
      isLast = false;
    };
  }, [wanted, version]);
  return state;
}
