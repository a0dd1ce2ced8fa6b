import { nodeProgram } from '../../scripts/lib/nodes.mjs';
import { isFullRun } from '../fullRun';

/** The versions of Node that VS Code and the command line run on, each with its program, where this platform has them; the oldest and the newest suffice in a usual run. */
export function otherNodes(): { readonly major: number; readonly node: string }[] {
  return (isFullRun ? [20, 22, 24] : [20, 24]).flatMap(major => {
    const node = nodeProgram(major);
    return node === undefined ? [] : [{ major, node }];
  });
}
