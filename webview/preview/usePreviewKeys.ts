import { useEffect, useRef } from 'preact/hooks';
import { WheelZoom } from './zoom';

/** The actions of keys, wherever the focus is. */
export interface PreviewKeys {
  /** 0: back to the usual zoom. */
  zoom(direction: 1 | 0 | -1): void;
  invert(): void;
  filter(): void;
  goToRow(): void;
  /** Undefined if there is nothing to close. */
  readonly close: (() => void) | undefined;
}

/** Handles the keys of the preview, and Ctrl with the wheel, which browsers also report for pinching. */
export function usePreviewKeys(keys: PreviewKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const wheelZoom = new WheelZoom();
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || takesText(event.target)) return;
      const action = actionOf(event.key, latest.current);
      if (!action) return;
      event.preventDefault();
      action();
    };
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      const direction = wheelZoom.turn(event.deltaY);
      if (direction !== 0) latest.current.zoom(direction);
    };
    document.addEventListener('keydown', onKeyDown);
    document.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      document.removeEventListener('keydown', onKeyDown);
      document.removeEventListener('wheel', onWheel);
    };
  }, []);
}

function actionOf(key: string, keys: PreviewKeys): (() => void) | undefined {
  switch (key) {
    case '+':
    case '=':
      return () => keys.zoom(1);
    case '-':
      return () => keys.zoom(-1);
    case '0':
      return () => keys.zoom(0);
    case 'i':
    case 'I':
      return () => keys.invert();
    case 'f':
    case 'F':
      return () => keys.filter();
    case 'g':
    case 'G':
      return () => keys.goToRow();
    case 'Escape':
      return keys.close;
    default:
      return undefined;
  }
}

/** In these, letters and digits are text, or pick an option. */
function takesText(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('vscode-text-field, vscode-dropdown') !== null;
}
