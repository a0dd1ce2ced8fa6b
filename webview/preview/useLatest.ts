import { useEffect, useState } from 'preact/hooks';

/** The latest answer, and whether a newer one is pending. */
export interface Answer<T> {
  readonly value: T | undefined;
  readonly pending: boolean;
}

interface Asking<T> {
  /** The subject of the answers: one of another scope is never shown. */
  readonly scope: unknown;
  /** The question; undefined asks nothing. */
  readonly key: string | undefined;
  readonly ask: () => Promise<T>;
  readonly failed: (error: unknown) => void;
}

/** Asks again whenever the key changes, and keeps the previous answer until then. */
export function useLatest<T>({ scope, key, ask, failed }: Asking<T>): Answer<T> {
  const [answer, setAnswer] = useState<{
    readonly scope: unknown;
    readonly key: string;
    readonly value: T | undefined;
  }>();
  useEffect(() => {
    if (key === undefined) {
      setAnswer(undefined);
      return undefined;
    }
    let wanted = true;
    ask().then(
      value => wanted && setAnswer({ scope, key, value }),
      (error: unknown) => {
        if (!wanted) return;
        setAnswer({ scope, key, value: undefined });
        failed(error);
      },
    );
    return () => {
      wanted = false;
    };
  }, [scope, key]);
  if (key === undefined) return { value: undefined, pending: false };
  const known = answer?.scope === scope ? answer : undefined;
  return { value: known?.value, pending: known?.key !== key };
}
