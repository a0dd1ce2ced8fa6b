import { Rpc, type Methods } from '../../src/protocol/rpc';

/** What VS Code gives a webview, once. */
interface WebviewApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: object): void;
}

declare function acquireVsCodeApi(): WebviewApi;

const api = acquireVsCodeApi();

/** Connects this view with the extension host. Typed arrays cross as they are. */
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
 * What this view kept before it was hidden or the window reloaded, laid over `defaults`. Only values of the default's own
 * type are taken, so that what an older version kept does no harm.
 */
export function keptState<T extends object>(defaults: T): T {
  const kept = api.getState();
  if (typeof kept !== 'object' || kept === null) return defaults;
  const known = Object.entries(kept).filter(
    ([key, value]) => key in defaults && typeof value === typeof defaults[key as keyof T],
  );
  return { ...defaults, ...Object.fromEntries(known) };
}

/** Keeps what the user would miss: position, zoom, choices; what others kept stays. Small, since it is written often. */
export function keepState(state: object): void {
  const kept = api.getState();
  api.setState(typeof kept === 'object' ? { ...kept, ...state } : state);
}
