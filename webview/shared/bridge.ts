import { Rpc, type Methods } from '../../src/protocol/rpc';

/** The API that VS Code gives a webview, once. */
interface WebviewApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: object): void;
}

declare function acquireVsCodeApi(): WebviewApi;

const api = acquireVsCodeApi();

/** Connects this view to the extension host. Typed arrays are sent as they are. */
export function connect<Ours extends Methods<Ours>, Theirs extends Methods<Theirs>>(ours: Ours): Rpc<Ours, Theirs> {
  return new Rpc<Ours, Theirs>(
    {
      send: message => api.postMessage(message),
      listen: onMessage => window.addEventListener('message', event => onMessage(event.data)),
    },
    ours,
  );
}

/**
 * The state that this view kept before it was hidden or the window reloaded, merged over `defaults`. Ignores values of
 * another type than the default, which other versions may have kept.
 */
export function keptState<T extends object>(defaults: T): T {
  const kept = api.getState();
  if (typeof kept !== 'object' || kept === null) return defaults;
  const known = Object.entries(kept).filter(
    ([key, value]) => key in defaults && typeof value === typeof defaults[key as keyof T],
  );
  return { ...defaults, ...Object.fromEntries(known) };
}

/** Merges into the kept state: position, zoom, choices. Keep it small, because it is written often. */
export function keepState(state: object): void {
  const kept = api.getState();
  api.setState(typeof kept === 'object' ? { ...kept, ...state } : state);
}
