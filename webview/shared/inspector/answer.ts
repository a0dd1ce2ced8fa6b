import { useEffect, useState } from 'preact/hooks';
import { DigitsError } from '../../../src/core/errors';
import { sentenceOf } from '../sentenceOf';

/** The state of a question. */
export type Answer<T> =
  | { readonly state: 'unasked' }
  | { readonly state: 'waiting' }
  | { readonly state: 'there'; readonly value: T }
  | { readonly state: 'failed'; readonly sentence: string; readonly tryAgain: () => void };

/** Delay before asking about an image, in ms: images that a held key passes are skipped. */
const REST = 120;
/** Delay before a question that the host cancelled is asked again, in ms. */
const AGAIN = 500;

/** Asks whenever `key` changes, unless `ask` is undefined. Drops answers to earlier keys. */
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
