import type { DigitsError } from './errors';
import { defaultPreset } from './presets';
import type { EngineChoice, EngineInfo, EngineName } from './run/runRecord';
import { count, describeEngine } from './text';

/** What came of measuring an engine: its speed, or why it does not run here. */
export type EngineResult =
  { readonly engine: EngineInfo; readonly imagesPerSecond: number } | { readonly error: DigitsError };

/** Both engines as they do on this machine, and which of them was asked for. */
export interface EngineReport {
  readonly choice: EngineChoice;
  readonly results: Readonly<Record<EngineName, EngineResult>>;
}

/** Both, the one that "auto" prefers first. */
export const engineNames: readonly EngineName[] = ['native', 'portable'];

/** The engine that a training with this choice runs on. Throws the engine's error where it does not run here. */
export function chosenEngine({ choice, results }: EngineReport): EngineName {
  const { native, portable } = results;
  const name = choice !== 'auto' ? choice : 'error' in native && !('error' in portable) ? 'portable' : 'native';
  const result = results[name];
  if ('error' in result) throw result.error;
  return name;
}

/** Which engine runs, how fast, how the other one does beside it, and how to get the faster one. Throws as {@link chosenEngine} does. */
export function engineSentence(report: EngineReport): string {
  const name = chosenEngine(report);
  const other = name === 'native' ? 'portable' : 'native';
  const used = report.results[name];
  const beside = report.results[other];
  if ('error' in used) throw used.error;
  const sentence = `Digits runs on the ${name} engine, ${describeEngine(used.engine)}: ${imagesPerSecond(used)}.`;
  if ('error' in beside)
    return name === 'portable' ? `${sentence} The native engine does not run: ${beside.error.message}` : sentence;
  const ratio = used.imagesPerSecond / beside.imagesPerSecond;
  const comparison =
    ratio >= 1
      ? `, so a training takes ${ratio.toFixed(1)} times as long`
      : `, ${(1 / ratio).toFixed(1)} times as fast`;
  const howTo = name === 'portable' && ratio < 1 ? ', and runs where "digits.engine" is "auto"' : '';
  return `${sentence} The ${other} engine works too: ${imagesPerSecond(beside)}${comparison}${howTo}.`;
}

/** How an engine did, in a line. */
export function engineLine({ choice, results }: EngineReport, name: EngineName): string {
  const result = results[name];
  const used = choice === name || (choice === 'auto' && (name === 'native' || 'error' in results.native));
  const mark = used && 'engine' in result ? ', used' : '';
  return 'error' in result
    ? `${name} engine: ${result.error.message}`
    : `${name} engine${mark}: ${describeEngine(result.engine)}, ${imagesPerSecond(result)}`;
}

/** All that is known of the engines, one line each; `machine` is a line about the computer. */
export function engineLines(report: EngineReport, machine: string): readonly string[] {
  return [machine, `asked for: ${report.choice}`, ...engineNames.map(name => engineLine(report, name)), speedNote];
}

/** What the speed is of. */
export const speedNote = `The speed is that of training: preset "${defaultPreset}", images of 28x28 pixels.`;

function imagesPerSecond({ imagesPerSecond }: { readonly imagesPerSecond: number }): string {
  return `${count(Math.round(imagesPerSecond))} images a second`;
}
