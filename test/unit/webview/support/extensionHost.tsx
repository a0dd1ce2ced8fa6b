// The extension host as a view knows it. Import this before any view: VS Code's API is there when a view loads.
import { configure } from '@testing-library/preact';
import { vi } from 'vitest';
import { Rpc, type Methods } from '../../../../src/protocol/rpc';

// A view answers at once, but a busy machine may take a while to get there.
configure({ asyncUtilTimeout: 10_000 });

let receive: (message: unknown) => void = () => undefined;
const api = {
  postMessage: (message: unknown) => receive(message),
  getState: () => undefined,
  setState: () => undefined,
};
Object.assign(globalThis, { acquireVsCodeApi: () => api });

/** Answers the view with `host` from now on, over a real channel. Returns what calls the view's own methods. */
export function serve<Host extends Methods<Host>, View extends Methods<View>>(host: Host): Rpc<Host, View> {
  return new Rpc<Host, View>(
    {
      send: data => window.dispatchEvent(new MessageEvent('message', { data })),
      listen: onMessage => {
        receive = onMessage;
      },
    },
    host,
  );
}

/** A promise that stays unsettled: a host that never answers. */
export const never = new Promise<never>(() => undefined);

/** Gives every element a size in CSS pixels: a DOM without a browser lays nothing out. `vi.restoreAllMocks` takes it back. */
export function layOut(width: number, height: number): void {
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(width);
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(height);
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(height);
}
