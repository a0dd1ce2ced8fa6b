import fs from 'node:fs';
import { DigitsError, tellsOfFiles, tellsOfMemory, tooFewFiles } from '../core/errors';
import { sentence, type Sentence } from '../core/sentence';
import { limitSentence, tooManySentence } from './limits';

/** How a process of ours ended that should not have. */
export interface Death {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** What it printed last. */
  readonly output: string;
  /** Memory ran out while it lived, and the system killed somebody for it. */
  readonly outOfMemory: boolean;
  /** Its user has about as many processes and threads as the system allows. */
  readonly nearProcessLimit: boolean;
}

const crashes: readonly (NodeJS.Signals | null)[] = ['SIGSEGV', 'SIGBUS', 'SIGFPE', 'SIGABRT', 'SIGTRAP', 'SIGSYS'];
/** On Windows a crash is an exit code from here on. */
const firstCrashCode = 0xc0000000;
const LONGEST_LINE = 200;
const kept = 'what it had finished is kept';

/** What people are told: memory that ran out, somebody who ended it, a crash of the engine and a fault in Digits are four things. */
export function deathError({ code, signal, output, outOfMemory, nearProcessLimit }: Death): DigitsError {
  const died = (said: Sentence): DigitsError => new DigitsError('engine-died', said, output);
  if (signal === 'SIGILL')
    return died(
      sentence`TensorFlow needs a processor with AVX, which this machine's has not; set "digits.engine" to "auto" or "portable".`,
    );
  const how = signal ?? `exit code ${code}`;
  if ((signal === 'SIGKILL' && outOfMemory) || tellsOfMemory(output)) {
    return died(
      sentence`The training process ended because memory ran out (${how}); ${kept}: close other programs or choose a smaller preset, then try again.`,
    );
  }
  if (tellsOfFiles(output)) return tooFewFiles(output, 'engine-died');
  const limit = signal === null || crashes.includes(signal) ? limitSentence(output) : undefined;
  if (limit) return died(limit);
  // Node and its libraries give up without a word where they get no thread.
  if (signal === 'SIGABRT' && output === '' && nearProcessLimit) return died(tooManySentence());
  if (signal === 'SIGKILL')
    return died(
      sentence`The training process was killed by another program or the system (SIGKILL), as happens when memory runs out; ${kept}: try again.`,
    );
  if (crashes.includes(signal) || (code !== null && code >= firstCrashCode)) {
    return died(
      sentence`The engine crashed (${how}); ${kept}: try again, and where it crashes again set "digits.engine" to "portable".`,
    );
  }
  if (signal !== null)
    return died(sentence`The training process was ended by another program (${signal}); ${kept}: try again.`);
  return died(
    sentence`The training process ended by a fault in Digits (${[how, ...lastError(output)].join(': ')}); ${kept}: try again.`,
  );
}

/** The line of an error in what a process printed. */
function lastError(output: string): readonly string[] {
  const line = /^(?:\w*Error|Fatal).*$/m.exec(output)?.[0];
  return line === undefined ? [] : [line.replace(/[.;]$/, '').slice(0, LONGEST_LINE)];
}

/** How many processes the system has killed since it started because memory ran out, where it tells. */
export function memoryKills(): number {
  try {
    return Number(/^oom_kill (\d+)$/m.exec(fs.readFileSync('/proc/vmstat', 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** The same where the system starts none. */
export function unstartedError(error: unknown): DigitsError {
  const detail = String(error);
  return tellsOfFiles(detail)
    ? tooFewFiles(detail, 'engine-died')
    : new DigitsError(
        'engine-died',
        limitSentence(detail) ??
          sentence`The training process could not be started (${error instanceof Error ? error.message : detail}); install Digits again if that stays so.`,
        detail,
      );
}
