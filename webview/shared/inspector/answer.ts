import { useEffect, useState } from 'preact/hooks';
import { DigitsError } from '../../../src/core/errors';
import { sentenceOf } from '../sentenceOf';

/** What became of a question. */
export type Answer<T> =
  | { readonly state: 'unasked' }
  | { readonly state: 'waiting' }
  | { readonly state: 'there'; readonly value: T }
  | { readonly state: 'failed'; readonly sentence: string; readonly tryAgain: () => void };

/** An image rests for so long before it is asked about, in ms: of those that a held key passes, none is. */
const REST = 120;
/** A question that was cancelled from the other side is asked again after this long, in ms. */
const AGAIN = 500;

/** Asks about what `key` names whenever that changes; nothing while `ask` is undefined. What comes for an earlier key is dropped. */
export function useAnswer<T>(ask: (() => Promise<T>) | undefined, key: string): Answer<T> {
  const [known, setKnown] = useState<{ readonly key: string; readonly answer: Answer<T> }>();
  const [attempt, setAttempt] = useState(0);
  const asks = ask !== undefined;
  useEffect(() => {
    if (!ask) return setKnown(undefined);
    let wanted = true;
    let timer: ReturnType<typeof setTimeout>;
    const settle = (answer: Answer<T>): void => {
      if (wanted) setKnown({ key, answer });
    };
    const tryAgain = (): void => {
      settle({ state: 'waiting' });
      setAttempt(value => value + 1);
    };
    const start = (): void => {
      ask().then(
        value => settle({ state: 'there', value }),
        (error: unknown) => {
          if (!(error instanceof DigitsError && error.code === 'cancelled'))
            return settle({ state: 'failed', sentence: sentenceOf(error), tryAgain });
          if (wanted) timer = setTimeout(start, AGAIN);
        },
      );
    };
    timer = setTimeout(start, REST);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [asks, key, attempt]);
  if (!asks) return { state: 'unasked' };
  return known?.key === key ? known.answer : { state: 'waiting' };
}
