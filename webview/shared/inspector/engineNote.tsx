import type { JSX } from 'preact';
import type { EngineInfo } from '../../../src/core/run/runRecord';

/** Says that the portable engine answers, and why; renders nothing for another engine. */
export function EngineNote({ engine }: { readonly engine: EngineInfo }): JSX.Element | null {
  if (engine.name !== 'portable') return null;
  return (
    <p class="muted" data-testid="engine-note">
      The portable engine answers, which is slower.{engine.note === undefined ? '' : ` ${engine.note}`}
    </p>
  );
}
