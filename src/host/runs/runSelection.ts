import type { RunNode } from './runItem';

/** What the keys of the view give a command in place of a node. */
export const SELECTION = 'selection';

/**
 * The folders of the runs that a command is about: those selected in the view where it was chosen from a menu or by a key
 * there, or that of a path. Empty where it came from elsewhere, as from the Command Palette.
 */
export function runFoldersFrom(argument: unknown, selected: unknown, selection: readonly unknown[]): readonly string[] {
  if (typeof argument === 'string' && argument !== SELECTION) return [argument];
  const nodes =
    argument === SELECTION
      ? selection
      : Array.isArray(selected) && selected.length > 0
        ? (selected as readonly unknown[])
        : [argument];
  return nodes.filter(isRunNode).map(({ runFolder }) => runFolder);
}

function isRunNode(node: unknown): node is RunNode {
  return typeof node === 'object' && node !== null && 'type' in node && node.type === 'run';
}
