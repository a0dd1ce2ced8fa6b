import { csvTargets } from './csv';
import { messageTargets } from './messages';
import { runTargets } from './run';
import type { FuzzTarget } from './target';

/** All that takes input from outside and is fuzzed: a fixed number of cases by the unit tests, any number by npm run fuzz. */
export const targets: readonly FuzzTarget[] = [...csvTargets, ...runTargets, ...messageTargets];
