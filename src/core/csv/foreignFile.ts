const ARCHIVES = [
  { name: 'bzip2', magic: [0x42, 0x5a, 0x68] },
  { name: 'xz', magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a] },
  { name: 'zstd', magic: [0x28, 0xb5, 0x2f, 0xfd] },
  { name: '7z', magic: [0x37, 0x7a, 0xbc, 0xaf] },
  { name: 'rar', magic: [0x52, 0x61, 0x72, 0x21] },
] as const;

/** What {@link foreignFile} says of what is no text. */
export const NO_TEXT = 'is not a text file; choose a CSV.';

/**
 * What a file is that is no CSV, told by its first bytes, as the rest of a sentence that begins with the file's name;
 * undefined for what may be a CSV.
 */
export function foreignFile(head: Uint8Array): string | undefined {
  const starts = (...bytes: readonly number[]): boolean => bytes.every((byte, at) => head[at] === byte);
  if (starts(0x50, 0x4b, 0x03, 0x04))
    return 'is a zip archive or an Excel workbook and not a CSV; unpack it, or save it as CSV.';
  if (starts(0x1f, 0x8b)) return 'is compressed with gzip; unpack it first.';
  const archive = ARCHIVES.find(({ magic }) => starts(...magic));
  if (archive !== undefined) return `is an archive (${archive.name}) and not a CSV; unpack it first.`;
  if (starts(0xff, 0xfe, 0, 0) || starts(0, 0, 0xfe, 0xff)) return 'is encoded as UTF-32; save it as UTF-8.';
  if (starts(0xff, 0xfe) || starts(0xfe, 0xff)) return 'is encoded as UTF-16; save it as UTF-8.';

  const start = head.subarray(0, 512);
  if (start.length > 0 && start.every(byte => byte === 0))
    return 'begins with NUL bytes, as a file does that was never written; download it again.';
  // Latin text in UTF-16 without its mark: every other byte is zero.
  if (start.length >= 4 && start.every((byte, at) => at % 2 === 1 || byte === 0))
    return 'is encoded as UTF-16; save it as UTF-8.';
  if (start.length >= 4 && start.every((byte, at) => at % 2 === 0 || byte === 0))
    return 'is encoded as UTF-16; save it as UTF-8.';
  if (isBinary(firstLine(start))) return NO_TEXT;

  const text = new TextDecoder().decode(start).trimStart();
  if (text.startsWith('version https://git-lfs.github.com/'))
    return 'is a Git LFS pointer and not the data itself; run "git lfs pull" in its repository.';
  if (/^(\{\s*"|\[\s*\{\s*"|\[\s*\[\s*\d+\s*,)/.test(text))
    return 'is JSON and not a CSV; convert it, or download the file again.';
  if (/^<(!|\?xml|html|head|body)/i.test(text))
    return 'is a web page and not a CSV; download the file again while signed in to the site.';
  return undefined;
}

/** There are NUL bytes in it. In rows of a CSV there may be some as well, where it was not written to its end. */
export function isBinary(start: Uint8Array): boolean {
  return start.includes(0);
}

function firstLine(start: Uint8Array): Uint8Array {
  const end = start.findIndex(byte => byte === 10 || byte === 13);
  return end < 0 ? start : start.subarray(0, end);
}
