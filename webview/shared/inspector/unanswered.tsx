import type { ComponentChildren, JSX } from 'preact';
import type { Answer } from './answer';

interface UnansweredProps {
  readonly answer: Exclude<Answer<unknown>, { readonly state: 'there' }>;
  /** The text while waiting. */
  readonly waiting: string;
  /** Replaces that text, with more detail. */
  readonly children?: ComponentChildren;
}

/** Stands in for an answer: says that it is pending, or why there is none. */
export function Unanswered({ answer, waiting, children }: UnansweredProps): JSX.Element | null {
  switch (answer.state) {
    case 'unasked':
      return null;
    case 'waiting':
      return (
        <div class="unanswered muted" aria-busy="true">
          {children ?? <p>{waiting}</p>}
        </div>
      );
    case 'failed':
      return (
        <div class="notice notice-error" role="alert" data-testid="unanswered">
          <span>{answer.sentence}</span>
          <vscode-button appearance="secondary" onClick={answer.tryAgain}>
            Try Again
          </vscode-button>
        </div>
      );
  }
}
