import * as vscode from 'vscode';
import { Disposable } from '../disposable';
import { readFormat } from '../../store/pixelFile/openPixelFile';

/** The context key with the paths of the CSVs in text editors that are no pixel CSVs: the title bar offers no preview of them. */
const key = 'digits.otherTables';

/**
 * Keeps {@link key}. It names what is none rather than what is one, so that the offer is there before Digits has looked,
 * and reads headers from the disk, since VS Code shows no extension what a file over 50 MB holds.
 */
export class OtherTables extends Disposable {
  /** By path: whether a file is a pixel CSV. */
  private readonly known = new Map<string, Promise<boolean>>();
  private looking = 0;

  constructor() {
    super();
    this.register(vscode.window.tabGroups.onDidChangeTabs(() => void this.look()));
    this.register(
      vscode.workspace.onDidSaveTextDocument(({ uri }) => {
        if (this.known.delete(uri.path)) void this.look();
      }),
    );
    void this.look();
  }

  private async look(): Promise<void> {
    const looking = ++this.looking;
    const uris = new Map(
      vscode.window.tabGroups.all
        .flatMap(group => group.tabs)
        .flatMap(({ input }) =>
          input instanceof vscode.TabInputText && isCsv(input.uri) ? [[input.uri.path, input.uri]] : [],
        ),
    );
    for (const path of this.known.keys()) if (!uris.has(path)) this.known.delete(path);
    for (const [path, { fsPath }] of uris) {
      if (!this.known.has(path))
        this.known.set(
          path,
          readFormat(fsPath).then(
            () => true,
            () => false,
          ),
        );
    }
    const open = [...uris.values()];
    const arePixels = await Promise.all(open.map(({ path }) => this.known.get(path)));
    // The window knows a file on its own machine by the system's path, and one on another by the URI's.
    const others = open.filter((_, i) => !arePixels[i]).flatMap(({ path, fsPath }) => [path, fsPath]);
    if (looking === this.looking) await vscode.commands.executeCommand('setContext', key, others);
  }
}

function isCsv({ scheme, path }: vscode.Uri): boolean {
  return scheme === 'file' && /\.csv$/i.test(path);
}
