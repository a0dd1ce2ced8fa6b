import * as v from 'valibot';
import { errorCode, fileName, list, record, runId, text } from '../../core/bounds';
import { DigitsError } from '../../core/errors';
import { sentence } from '../../core/sentence';
import type { ErrorData } from '../../core/errors';
import type { Want } from '../../protocol/explain';
import type { Methods } from '../../protocol/rpc';
import { isRunFolder } from '../../store/run/runPaths';

// What comes from a webview is checked before anything else happens: its page may be of another version, or not ours.

/** The schema of each method's argument. */
type Schemas<T> = {
  readonly [K in keyof T]: T[K] extends (argument: infer A) => unknown ? v.GenericSchema<unknown, A> : never;
};

/** What the log says of malformed data, at most. */
const LONGEST_DETAIL = 200;

/** Images of one request; a view asks again for more. */
export const MOST_ROWS = 512;

/** A method that takes no argument. */
export const nothing = v.undefined();

/** A row or a line, from 1. */
export const row = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2 ** 32 - 1));

/** The folder of a run, anywhere. */
export const runFolder = v.custom<string>(isRunFolder);

/** The id of an evaluation; none is the validation set. */
export const evaluation = v.optional(fileName);

/** Run ids, each once. */
export const runIds = v.pipe(
  list(runId, 200),
  v.transform((ids): readonly string[] => [...new Set(ids)]),
);

/** The kind of a question, or all kinds. */
export const want = v.optional(v.picklist(['probabilities', 'occlusion', 'neighbours'] satisfies Want[]));

/** What failed in the view. */
export const error = v.pipe(
  record({ code: errorCode, message: text, detail: v.optional(text) }),
  v.transform(({ code, message, detail }): ErrorData => ({ code, message, ...(detail !== undefined && { detail }) })),
);

/** The methods of a host, each given only what its schema makes of an argument. Malformed arguments throw `internal`. */
export function checkedHost<T extends Methods<T>>(methods: T, schemas: Schemas<T>): T {
  const names = Object.keys(schemas) as (keyof T & string)[];
  const checked = names.map(name => [
    name,
    (argument: unknown) => {
      const parsed = v.safeParse(schemas[name] as v.GenericSchema, argument, { abortEarly: true });
      if (parsed.success) return methods[name](parsed.output as never);
      throw new DigitsError(
        'internal',
        sentence`A view sent malformed data to "${name}"; reload the view, and see the log if it happens again.`,
        parsed.issues[0].message.slice(0, LONGEST_DETAIL),
      );
    },
  ]);
  return Object.fromEntries(checked) as T;
}
