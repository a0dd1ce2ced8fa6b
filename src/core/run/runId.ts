/** More than any file system takes as a name. */
const longest = 255;

/** The name of a file, without a folder: nothing that would lead out of the folder that it is looked for in. */
export function isFileName(value: unknown): value is string {
  // What begins as a drive does is a path on Windows.
  return (
    typeof value === 'string' &&
    value.length > 0 &&
    value.length <= longest &&
    value !== '.' &&
    value !== '..' &&
    !/^[a-z]:|[/\\\p{Cc}]/iu.test(value)
  );
}

/** The name of a run's folder, and nothing that would lead out of the folder of runs. */
export function isRunId(value: unknown): value is string {
  return isFileName(value) && !value.startsWith('.') && !value.includes(':');
}
