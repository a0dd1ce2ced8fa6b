import path from 'node:path';

/** A file at one moment. */
export interface StampedFile {
  readonly path: string;
  /** Differs once the file was written again. */
  readonly stamp: string;
}

/** Names of the files that are not `now` what they were `before`: written again, gone or new. */
export function changedFiles(before: readonly StampedFile[], now: readonly StampedFile[]): readonly string[] {
  const paths = new Set([...before, ...now].map(file => file.path));
  const stampIn = (files: readonly StampedFile[], file: string): string | undefined =>
    files.find(other => other.path === file)?.stamp;
  return [...paths].filter(file => stampIn(before, file) !== stampIn(now, file)).map(file => path.basename(file));
}
