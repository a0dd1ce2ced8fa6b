import type { Page } from 'playwright-core';

/** An event of Chromium's tracing; times in microseconds. */
export interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  /** The same by the thread's own clock, which stands still while other threads have the processor. */
  readonly tts?: number;
  readonly tdur?: number;
  readonly args?: { readonly data?: { readonly url?: string } };
}

const scripts = new Set([
  'FunctionCall',
  'EvaluateScript',
  'v8.compile',
  'FireAnimationFrame',
  'EventDispatch',
  'TimerFire',
  'RunMicrotasks',
  'HandlePostMessage',
]);

/** Traces the browser while `work` goes on. */
export async function traced(page: Page, work: () => Promise<void>): Promise<readonly TraceEvent[]> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  const complete = new Promise<void>(resolve => session.once('Tracing.tracingComplete', () => resolve()));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'v8'] },
  });
  try {
    await work();
  } finally {
    await session.send('Tracing.end');
    await complete;
    await session.detach();
  }
  return events;
}

/** Milliseconds of processor time that script took in each frame of the page that runs this script, in order; nested events count once. */
export function scriptPerFrame(events: readonly TraceEvent[], script: string): number[] {
  const own = events.find(({ args }) => args?.data?.url?.includes(script));
  if (!own) throw new Error(`Nothing ran ${script} while it was traced.`);
  const ofPage = events.filter(({ pid, tid }) => pid === own.pid && tid === own.tid).toSorted((a, b) => a.ts - b.ts);
  const frames = ofPage.filter(({ name }) => name === 'Commit').map(({ ts }) => ts);
  const spent = frames.map(() => 0);
  let frame = -1;
  let end = 0;
  for (const { name, ts, tts, tdur } of ofPage) {
    while (frame + 1 < frames.length && frames[frame + 1]! <= ts) frame++;
    if (frame < 0 || !scripts.has(name) || tts === undefined || tdur === undefined) continue;
    spent[frame]! += Math.max(tts + tdur - Math.max(tts, end), 0) / 1000;
    end = Math.max(end, tts + tdur);
  }
  return spent;
}
