import { useState } from 'preact/hooks';
import { keepState, keptState } from '../bridge';

/** What the user wants to see of every image. */
export interface InspectorSettings {
  readonly attention: boolean;
  /** Of the map over the digit, in per cent. */
  readonly opacity: number;
  readonly neighbours: boolean;
}

/** As it was before the view was hidden, or an inspector closed. */
let kept: InspectorSettings = keptState({ attention: false, opacity: 80, neighbours: false });

/** The settings and what changes some of them. */
export function useInspectorSettings(): readonly [InspectorSettings, (changes: Partial<InspectorSettings>) => void] {
  const [settings, setSettings] = useState(kept);
  return [
    settings,
    changes => {
      kept = { ...kept, ...changes };
      setSettings(kept);
      keepState(kept);
    },
  ];
}
