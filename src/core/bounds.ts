import * as v from 'valibot';
import { isErrorCode, type ErrorCode } from './errors';
import { isFileName, isRunId } from './run/runId';

// What comes from outside (run folders, views, exports) is checked against a schema before it is used. These are the
// bounds that the schemas share.

/** Epochs of a run, over all its networks: far more than anybody trains, and each has a record. */
export const mostEpochs = 1 << 16;
/** The latest moment that a date with a year of four digits can name, in ms; what is made after it is given the same. */
export const latestMoment = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
const MOST_TEXT = 1 << 16;
const MOST_ITEMS = 1 << 16;

/** A whole number from 0. */
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** A whole number from 1. */
export const positive = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

/** A finite number from 0. */
export const amount = v.pipe(v.number(), v.finite(), v.minValue(0));

/** A text of a length that a view can show. */
export const text = v.pipe(v.string(), v.maxLength(MOST_TEXT));

/** A moment as ISO 8601 has it. */
export const moment = v.pipe(
  text,
  v.check(value => Date.parse(value) <= latestMoment),
);

/** The name of a file, without a folder. */
export const fileName = v.custom<string>(isFileName);

/** The name of a run's folder. */
export const runId = v.custom<string>(isRunId);

/** The code of an error. */
export const errorCode = v.custom<ErrorCode>(isErrorCode);

/** A list of `most` items at most; its length is checked before any item. */
export function list<const Item extends v.GenericSchema>(item: Item, most = MOST_ITEMS) {
  return v.pipe(
    v.custom<unknown[]>(value => Array.isArray(value) && value.length <= most),
    v.array(item),
  );
}

/** An object, not an array, with these fields; others are of a later version and left alone. */
export function record<const Fields extends v.ObjectEntries>(fields: Fields) {
  return v.pipe(
    v.custom<object>(value => typeof value === 'object' && value !== null && !Array.isArray(value)),
    v.looseObject(fields),
  );
}
