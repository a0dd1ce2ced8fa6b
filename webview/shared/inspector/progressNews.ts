import { useEffect, useState } from 'preact/hooks';
import type { ExplainProgress } from '../../../src/protocol/explain';

const listeners = new Set<(progress: ExplainProgress) => void>();

/** Passes on what the host tells of its progress; the view's channel calls it. */
export function explaining(progress: ExplainProgress): void {
  for (const listener of listeners) listener(progress);
}

/** What the host told last since `waiting`; undefined while nobody waits. */
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
