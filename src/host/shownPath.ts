import path from 'node:path';
import * as vscode from 'vscode';
import { distinctNames } from './distinctNames';

/**
 * A file or folder as people are told of it: its path within the workspace, where that has several folders with the name of
 * its own before it, and where two of those have the same name with the path that tells them apart. Its whole path elsewhere.
 * Everything of the host is named by this.
 */
export function shownPath(place: string | vscode.Uri): string {
  const uri = typeof place === 'string' ? vscode.Uri.file(place) : place;
  const folders = vscode.workspace.workspaceFolders ?? [];
  const own = vscode.workspace.getWorkspaceFolder(uri);
  if (!own) return vscode.workspace.asRelativePath(uri);
  const inner = path.relative(own.uri.fsPath, uri.fsPath).replaceAll(path.sep, '/');
  const name = distinctNames(folders.map(folder => ({ name: folder.name, path: folder.uri.fsPath })))[
    folders.indexOf(own)
  ]!;
  if (inner === '') return name;
  return folders.length > 1 ? `${name}/${inner}` : inner;
}
