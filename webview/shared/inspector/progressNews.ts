import { useEffect, useState } from 'preact/hooks';
import type { ExplainProgress } from '../../../src/protocol/explain';

const listeners = new Set<(progress: ExplainProgress) => void>();

/** Passes on the host's progress; called by the view's channel. */
export function explaining(progress: ExplainProgress): void {
  for (const listener of listeners) listener(progress);
}

/** The host's latest progress while `waiting`; undefined otherwise. */
export function useProgress(waiting: boolean): ExplainProgress | undefined {
  const [progress, setProgress] = useState<ExplainProgress>();
  useEffect(() => {
    setProgress(undefined);
    if (!waiting) return;
    listeners.add(setProgress);
    return () => void listeners.delete(setProgress);
  }, [waiting]);
  return progress;
}
