import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import { DataPanel } from '../../../src/host/data/dataPanel';
import { RunPanel } from '../../../src/host/run/runPanel';
import { PreviewPanel } from '../../../src/host/preview/previewPanel';
import { hostileToDataPanel, hostileToPreview, hostileToRunPanel } from '../../fixtures/hostileMessages';

// The panels of the extension with a view that is not ours: whatever it sends is answered with an error, and nobody else is asked to do anything.

/** The view's end of a panel. */
class StrangeView {
  readonly panel: vscode.WebviewPanel;
  private readonly messages = new vscode.EventEmitter<unknown>();
  private answered: (message: unknown) => void = () => undefined;

  constructor() {
    const never = (): vscode.Disposable => new vscode.Disposable(() => undefined);
    const webview = {
      options: {},
      html: '',
      cspSource: '',
      asWebviewUri: (uri: vscode.Uri) => uri,
      onDidReceiveMessage: this.messages.event,
      postMessage: async (message: unknown) => this.answered(message),
    };
    this.panel = {
      webview,
      title: '',
      visible: true,
      active: true,
      onDidChangeViewState: never,
      onDidDispose: never,
      reveal: never,
      dispose: never,
    } as unknown as vscode.WebviewPanel;
  }

  ask(method: string, argument: unknown): Promise<{ readonly type?: unknown }> {
    return new Promise(resolve => {
      this.answered = message => resolve(message as { readonly type?: unknown });
      this.messages.fire({ type: 'request', id: 1, method, argument });
    });
  }
}

/** Stands for all that a panel works with: notes who is asked what, and does none of it. */
function noting(called: string[], name = ''): never {
  return new Proxy(
    {},
    {
      get: (_, key) => {
        const place = `${name}.${String(key)}`;
        if (String(key).startsWith('onDid')) return () => new vscode.Disposable(() => undefined);
        if (['runs', 'files', 'explain', 'actions', 'dataSets', 'inspecting', 'predictions'].includes(String(key)))
          return noting(called, place);
        return (): unknown => {
          called.push(place);
          return undefined;
        };
      },
    },
  ) as never;
}

suite('messages of a view that is not ours', () => {
  const file = (): vscode.Uri => vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, 'train.csv');
  const kinds: readonly [
    string,
    Readonly<Record<string, readonly unknown[]>>,
    (panel: vscode.WebviewPanel, context: never) => vscode.Disposable,
  ][] = [
    ['a run panel', hostileToRunPanel, (panel, context) => new RunPanel('/data/.digits/runs/a', panel, context)],
    ['a preview', hostileToPreview, (panel, context) => new PreviewPanel(file(), panel, context)],
    ['a data page', hostileToDataPanel, (panel, context) => new DataPanel(path.dirname(file().fsPath), panel, context)],
  ];
  for (const [name, hostile, make] of kinds) {
    test(`${name} answers with errors and does nothing`, async () => {
      const called: string[] = [];
      const view = new StrangeView();
      const context = new Proxy(
        { extensionUri: file() },
        {
          get: (own, key) =>
            key === 'extensionUri' ? own.extensionUri : (noting(called) as Record<string | symbol, unknown>)[key],
        },
      );
      const made = make(view.panel, context as never);
      called.length = 0;
      for (const [method, given] of Object.entries(hostile)) {
        for (const argument of given) assert.equal((await view.ask(method, argument)).type, 'error', method);
      }
      // What was wrong is in the log.
      assert.deepEqual(
        called.filter(place => !place.endsWith('logError')),
        [],
      );
      assert.ok(called.length > 0);
      made.dispose();
    });
  }
});
