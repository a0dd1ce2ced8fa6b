/** Tells whether the content of a file is still the same. */
export interface Fingerprint {
  /** "sha256:" and the SHA-256 of all bytes in hex, as `sha256sum` prints it: what is recorded. */
  readonly full: string;
  /** What runs made earlier recorded: the size, and the SHA-256 of the first and last 64 KiB. */
  readonly sampled: string;
}

/** What was recorded is this content. A sampled record does not notice an edit in the middle that keeps the size. */
export function isRecorded(recorded: string, { full, sampled }: Fingerprint): boolean {
  return recorded === full || recorded === sampled;
}
