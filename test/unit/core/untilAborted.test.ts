import { describe, expect, it } from 'vitest';
import { untilAborted } from '../../../src/core/untilAborted';

describe('waiting until a signal is aborted', () => {
  it('gives what the work gives', async () => {
    const { signal } = new AbortController();
    await expect(untilAborted(Promise.resolve(3), signal)).resolves.toBe(3);
    await expect(untilAborted(Promise.reject(new Error('broken')), signal)).rejects.toThrow('broken');
  });

  it("ends with the signal's reason, whether it was aborted before or is meanwhile", async () => {
    const never = new Promise<never>(() => undefined);
    const reason = new Error('moved on');
    await expect(untilAborted(never, AbortSignal.abort(reason))).rejects.toBe(reason);
    const controller = new AbortController();
    const waiting = untilAborted(never, controller.signal);
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
  });
});
