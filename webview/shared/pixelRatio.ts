import { useEffect, useState } from 'preact/hooks';

/** Device pixels in a CSS pixel; changes with the window's zoom and the screen it is on. */
export function usePixelRatio(): number {
  const [ratio, setRatio] = useState(window.devicePixelRatio);
  useEffect(() => {
    // The query holds for one ratio only, so each change asks again.
    const query = matchMedia(`(resolution: ${ratio}dppx)`);
    const changed = (): void => setRatio(window.devicePixelRatio);
    query.addEventListener('change', changed);
    return () => query.removeEventListener('change', changed);
  }, [ratio]);
  return ratio;
}
