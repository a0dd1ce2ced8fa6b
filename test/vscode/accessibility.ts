import axe from 'axe-core';
import type { Frame } from 'playwright-core';

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What axe-core finds wrong in a view as it stands there, best practices included: a line a rule, with the first element that breaks it. */
export async function violations(frame: Frame): Promise<string[]> {
  // Not by an element: the view's policy lets nothing but its own script in.
  await frame.evaluate(axe.source);
  const found = await frame.evaluate(async (): Promise<readonly Violation[]> => {
    const { axe: inPage } = globalThis as unknown as {
      axe: { run(options: object): Promise<{ violations: readonly Violation[] }> };
    };
    return (await inPage.run({ resultTypes: ['violations'], iframes: false })).violations;
  });
  return found.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}: ${nodes.length} times, first ${nodes[0]!.html.slice(0, 200)}: ${(nodes[0]!.failureSummary ?? '').replace(/\s+/g, ' ')}`,
  );
}
