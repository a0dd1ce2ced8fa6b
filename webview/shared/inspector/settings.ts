import { useState } from 'preact/hooks';
import { keepState, keptState } from '../bridge';

/** The user's settings of the inspector, for all images. */
export interface InspectorSettings {
  readonly attention: boolean;
  /** Of the map over the digit, in percent. */
  readonly opacity: number;
  readonly neighbours: boolean;
}

/** The settings from before the view was hidden or the inspector closed. */
let kept: InspectorSettings = keptState({ attention: false, opacity: 80, neighbours: false });

/** The settings, and a function that changes some of them. */
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
