import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { RunPanelState } from '../../src/protocol/runPanel';
import { keepState, keptState } from '../shared/bridge';
import type { ChartsView } from './charts/chartsView';
import { firstChoices, packChoices, type Choices } from './choices';
import type { Looking } from './examples/examples';

/**
 * The state kept while the view is hidden and across window reloads. An empty evaluation is the validation set; `top`
 * is that of the gallery.
 */
export const kept = keptState({
  runFolder: '',
  evaluation: '',
  scroll: 0,
  ...firstChoices,
  row: 0,
  inspecting: false,
  top: 0,
  charts: {} as unknown,
});

/**
 * Keeps the view's state, and restores the scroll position once there is content. Returns a function that keeps it at
 * once.
 */
export function useKeeping(
  state: RunPanelState | undefined,
  evaluation: string,
  choices: Choices,
  looking: Looking,
  top: RefObject<number>,
  charts: ChartsView,
): () => void {
  const scroll = useRef(kept.scroll);
  const runFolder = state?.runFolder;
  const keep = (): void => {
    if (runFolder !== undefined)
      keepState({
        runFolder,
        evaluation,
        scroll: scroll.current,
        ...packChoices(choices),
        ...looking,
        top: top.current,
        charts,
      });
  };
  useEffect(() => {
    const onScroll = (): void => {
      scroll.current = window.scrollY;
      keep();
    };
    keep();
    window.addEventListener('scroll', onScroll, { passive: true });
    return () => window.removeEventListener('scroll', onScroll);
  }, [runFolder, evaluation, choices, looking, charts]);
  useEffect(() => {
    if (runFolder !== undefined) requestAnimationFrame(() => window.scrollTo(0, kept.scroll));
  }, [runFolder]);
  return keep;
}
