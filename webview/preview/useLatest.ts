import { useEffect, useState } from 'preact/hooks';

/** What was asked for, and whether it is still under way. */
export interface Answer<T> {
  readonly value: T | undefined;
  readonly pending: boolean;
}

interface Asking<T> {
  /** What answers are about: one of another scope is never shown. */
  readonly scope: unknown;
  /** What is asked for; undefined is nothing, and has no answer. */
  readonly key: string | undefined;
  readonly ask: () => Promise<T>;
  readonly failed: (error: unknown) => void;
}

/** Asks again whenever the key changes; until the answer is there, that to the last key stands for it. */
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
