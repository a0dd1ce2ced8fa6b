/** What became of a file on disk since it was read: written again, or deleted or moved. */
export type FileChange = 'changed' | 'gone';
