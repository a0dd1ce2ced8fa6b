import { useEffect } from 'preact/hooks';
import type { RefObject } from 'preact';
import type { GridHandle } from '../shared/virtualGrid';

/** The grid has the focus when nothing else in the view does: its keys work at once, and again when what had it is gone. */
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
