import type fc from 'fast-check';

/** Something that takes input from outside, and a rule that it keeps whatever the input is. */
export interface FuzzTarget {
  readonly name: string;
  /** The rule, in a sentence. */
  readonly holds: string;
  readonly property: fc.IAsyncProperty<unknown[]>;
}
