/** A folder of the workspace. */
export interface NamedFolder {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
}

/**
 * What each folder is called, in their order: by its name, or where others have the same one by the shortest end of its path
 * that none of them has.
 */
export function distinctNames(folders: readonly NamedFolder[]): readonly string[] {
  return folders.map(folder => {
    const same = folders.filter(other => other !== folder && other.name === folder.name);
    if (same.length === 0) return folder.name;
    const parts = partsOf(folder);
    const length = parts.findIndex((_, i) => same.every(other => endOf(partsOf(other), i + 1) !== endOf(parts, i + 1)));
    return length < 0 ? folder.path : endOf(parts, length + 1);
  });
}

function partsOf({ path }: NamedFolder): readonly string[] {
  return path.split(/[\\/]/).filter(part => part !== '');
}

function endOf(parts: readonly string[], length: number): string {
  return parts.slice(-length).join('/');
}
