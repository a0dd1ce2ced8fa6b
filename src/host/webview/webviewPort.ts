import type * as vscode from 'vscode';
import type { Port } from '../../protocol/rpc';

/** The host's end of the channel to a panel's view. What is told while the panel is hidden is lost: there is no view then. */
export function webviewPort(panel: vscode.WebviewPanel, disposables: vscode.Disposable[]): Port {
  return {
    send: message => {
      if (panel.visible) void panel.webview.postMessage(message);
    },
    listen: onMessage => disposables.push(panel.webview.onDidReceiveMessage(onMessage)),
  };
}
