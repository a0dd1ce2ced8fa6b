import type { JSX } from 'preact';

/** A progress bar; `share`: 0 to 1. */
export function ProgressBar({ share, label }: { readonly share: number; readonly label: string }): JSX.Element {
  const percent = Math.round(share * 100);
  return (
    <div
      class="progress"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <div style={{ width: `${share * 100}%` }} />
    </div>
  );
}
