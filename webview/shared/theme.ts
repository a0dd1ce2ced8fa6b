import { useEffect, useState } from 'preact/hooks';

/** The value of a VS Code colour, such as `color('charts-blue')`, for computing with it. */
export function color(name: string, fallback = 'foreground'): string {
  const style = getComputedStyle(document.documentElement);
  return style.getPropertyValue(`--vscode-${name}`).trim() || style.getPropertyValue(`--vscode-${fallback}`).trim();
}

/** Calls back after the theme or one of its colours changed. Returns a function that stops it. */
function onThemeChange(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributeFilter: ['class', 'data-vscode-theme-id'] });
  // Colour customizations change only the CSS variables, which VS Code sets on the root element.
  observer.observe(document.documentElement, { attributeFilter: ['style'] });
  return () => observer.disconnect();
}

/** A number that changes with the theme, as a dependency of what is computed from its colours. */
export function useTheme(): number {
  const [version, setVersion] = useState(0);
  useEffect(() => onThemeChange(() => setVersion(value => value + 1)), []);
  return version;
}
