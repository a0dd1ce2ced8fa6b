import type { ComponentChildren, JSX } from 'preact';

interface FailureProps {
  /** A sentence that says what to do. */
  readonly message: string;
  /** Buttons. */
  readonly children: ComponentChildren;
}

/** Replaces a view that can't show its content. */
export function Failure({ message, children }: FailureProps): JSX.Element {
  return (
    <main class="failure" data-testid="failure">
      <p role="alert">{message}</p>
      <div class="buttons">{children}</div>
    </main>
  );
}
