import { nodeProgram } from '../../scripts/lib/nodes.mjs';

/** The versions of Node that VS Code and the command line run on, each with its program, where this platform has them. */
export function otherNodes(): { readonly major: number; readonly node: string }[] {
  return [20, 22, 24].flatMap(major => {
    const node = nodeProgram(major);
    return node === undefined ? [] : [{ major, node }];
  });
}
