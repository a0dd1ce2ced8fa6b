import { useEffect } from 'preact/hooks';
import type { RefObject } from 'preact';
import type { GridHandle } from '../shared/virtualGrid';

/** Gives the grid the focus whenever nothing else in the view has it, so that its keys always work. */
export function useFocusFallback(grid: RefObject<GridHandle | null>): void {
  useEffect(() => {
    const take = (): void => {
      if (document.hasFocus() && document.activeElement === document.body) grid.current?.focus();
    };
    take();
    window.addEventListener('focus', take);
    return () => window.removeEventListener('focus', take);
  });
}
