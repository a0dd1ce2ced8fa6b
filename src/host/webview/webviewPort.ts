import type * as vscode from 'vscode';
import type { Port } from '../../protocol/rpc';

/** The host's end of the channel to a panel's view. What is sent while the panel is hidden is lost: there is no view then. `register` is given the subscription. */
export function webviewPort(panel: vscode.WebviewPanel, register: (subscription: vscode.Disposable) => void): Port {
  return {
    send: message => {
      if (panel.visible) void panel.webview.postMessage(message);
    },
    listen: onMessage => register(panel.webview.onDidReceiveMessage(onMessage)),
  };
}
