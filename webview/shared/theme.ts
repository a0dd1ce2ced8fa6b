import { useEffect, useState } from 'preact/hooks';

/** The value of one of VS Code's colours, as in `color('charts-blue')`: for what is reckoned from it. */
export function color(name: string, fallback = 'foreground'): string {
  const style = getComputedStyle(document.documentElement);
  return style.getPropertyValue(`--vscode-${name}`).trim() || style.getPropertyValue(`--vscode-${fallback}`).trim();
}

/** Calls back after the theme, or a colour of it, changed. Returns what ends that. */
function onThemeChange(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributeFilter: ['class', 'data-vscode-theme-id'] });
  // Colours that the user sets change only the variables, which VS Code puts on the root.
  observer.observe(document.documentElement, { attributeFilter: ['style'] });
  return () => observer.disconnect();
}

/** A number that changes with the theme: what is reckoned from its colours depends on it. */
export function useTheme(): number {
  const [version, setVersion] = useState(0);
  useEffect(() => onThemeChange(() => setVersion(value => value + 1)), []);
  return version;
}
