import type { EngineInfo } from './run/runRecord';

// Made once: a grid asks for hundreds of them as it scrolls.
const thousands = new Intl.NumberFormat('en-US');

/** A number with thousands apart, as in "42,000". */
export function count(value: number): string {
  return thousands.format(value);
}

/** "1 image", "42,000 images". */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** A share as people read it: 0.98714 is "98.71 %". Only all is "100.00 %", and only none "0.00 %". */
export function percent(share: number, decimals = 2): string {
  const least = 10 ** -decimals;
  const rounded = Number((share * 100).toFixed(decimals));
  const shown = share > 0 && share < 1 ? Math.min(Math.max(rounded, least), 100 - least) : rounded;
  return `${shown.toFixed(decimals)} %`;
}

/** A duration as people say it: "0.8 s", "42 s", "3 min 20 s", "1 h 5 min". */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return whole % 60 === 0 ? `${whole / 60} min` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(whole / 60);
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A duration that is a guess: to a second below ten, to five below two minutes, then to a minute. */
export function roughDuration(seconds: number): string {
  if (seconds < 10) return `${Math.max(Math.ceil(seconds), 1)} s`;
  return duration(seconds < 120 ? Math.round(seconds / 5) * 5 : Math.round(seconds / 60) * 60);
}

/** A moment of the user's day: "22 Nov, 16:28". `iso`: as in run.json. */
export function dayAndTime(iso: string): string {
  return new Date(iso).toLocaleString('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
}

/** A number of bytes as VS Code shows it: "76.8 MB". */
export function bytes(count: number): string {
  if (count < 1000) return `${count} B`;
  const unit = count < 1e6 ? (['kB', 1e3] as const) : count < 1e9 ? (['MB', 1e6] as const) : (['GB', 1e9] as const);
  return `${(count / unit[1]).toFixed(1)} ${unit[0]}`;
}

/** An engine as people read it: "TensorFlow 2.15.1 on 2 processes of 1 thread". */
export function describeEngine({
  library,
  processes,
  threads,
}: Pick<EngineInfo, 'library' | 'processes' | 'threads'>): string {
  return processes === 1
    ? `${library} on ${plural(threads, 'thread')}`
    : `${library} on ${processes} processes of ${plural(threads, 'thread')}`;
}

/** An engine for the log, with why it is not the fastest: "portable engine (tfjs 4.22 on 1 thread): TensorFlow is not installed". */
export function engineWords(engine: EngineInfo): string {
  return `${engine.name} engine (${describeEngine(engine)})${engine.note === undefined ? '' : `: ${engine.note}`}`;
}
