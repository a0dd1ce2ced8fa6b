import { useEffect, useState } from 'preact/hooks';

/** Device pixels per CSS pixel; changes with the zoom and the screen of the window. */
export function usePixelRatio(): number {
  const [ratio, setRatio] = useState(window.devicePixelRatio);
  useEffect(() => {
    // The query matches only one ratio, so each change needs a new one.
    const query = matchMedia(`(resolution: ${ratio}dppx)`);
    const changed = (): void => setRatio(window.devicePixelRatio);
    query.addEventListener('change', changed);
    return () => query.removeEventListener('change', changed);
  }, [ratio]);
  return ratio;
}
