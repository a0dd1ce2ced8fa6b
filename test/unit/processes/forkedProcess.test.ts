import { describe, expect, it } from 'vitest';
import { childOptions, ForkedProcess } from '../../../src/processes/forkedProcess';
import { temporaryFolder } from '../support/temporaryFolder';

const folder = temporaryFolder();

describe('options of the training process', () => {
  it('open no debugger port unless one is attached to the parent', () => {
    // VS Code gives its extension host the first of these always.
    expect(childOptions(['--inspect-port=0', '--max-old-space-size=4096'])).toEqual([]);
    expect(childOptions([])).toEqual([]);
  });

  it("let a debugger follow the parent's, on a port of its own", () => {
    expect(childOptions(['--inspect=9229'])).toEqual(['--inspect=0']);
    expect(childOptions(['--inspect-brk'])).toEqual(['--inspect=0']);
  });
});

describe('a process of ours', () => {
  const timers = (): number => process.getActiveResourcesInfo().filter(kind => kind === 'Timeout').length;

  it.each([
    ['ended by us', 'setInterval(() => undefined, 1000);', true],
    ['that ends by itself', 'process.exit(3);', false],
  ] as const)('leaves no timer that would keep the program alive when it is gone: one %s', async (_, code, ours) => {
    const before = timers();
    const child = new ForkedProcess<object, { ask(nothing: undefined): void }>(
      await folder.write('child.js', code),
      {},
    );
    const answer = child.rpc.call('ask', undefined);
    answer.catch(() => undefined);
    if (ours) child.dispose();
    await child.ended;
    await expect(answer).rejects.toMatchObject({ code: ours ? 'cancelled' : 'engine-died' });
    expect(timers()).toBeLessThanOrEqual(before);
  });
});
