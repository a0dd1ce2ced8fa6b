/** More than any file system takes as a name. */
const longest = 255;

/** The name of a run's folder, and nothing that would lead out of the folder of runs. */
export function isRunId(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= longest && !value.startsWith('.') && !/[/\\:\p{Cc}]/u.test(value);
}

/** The run ids of a list that came from a view, each once and no more than `most`. Throws for what is no list of ids. */
export function readRunIds(value: unknown, most = 200): readonly string[] {
  if (!Array.isArray(value) || value.length > most || !value.every(isRunId)) throw new Error('no list of run ids');
  return [...new Set<string>(value)];
}
