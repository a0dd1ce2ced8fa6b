/**
 * What a file is that is no CSV, told by its first bytes, as the rest of a sentence that begins with the file's name;
 * undefined for what may be a CSV.
 */
export function foreignFile(head: Uint8Array): string | undefined {
  const starts = (...bytes: readonly number[]): boolean => bytes.every((byte, at) => head[at] === byte);
  if (starts(0x50, 0x4b, 0x03, 0x04)) return 'is a zip archive or an Excel workbook and not a CSV; unpack it, or save it as CSV.';
  if (starts(0x1f, 0x8b)) return 'is compressed with gzip; unpack it first.';
  if (starts(0xff, 0xfe) || starts(0xfe, 0xff)) return 'is encoded as UTF-16; save it as UTF-8.';

  const start = head.subarray(0, 512);
  // Latin text in UTF-16 without its mark: every other byte is zero.
  if (start.length >= 4 && start.every((byte, at) => at % 2 === 1 || byte === 0)) return 'is encoded as UTF-16; save it as UTF-8.';
  if (start.length >= 4 && start.every((byte, at) => at % 2 === 0 || byte === 0)) return 'is encoded as UTF-16; save it as UTF-8.';
  if (start.includes(0)) return 'is not a text file; choose a CSV.';

  const text = new TextDecoder().decode(start).trimStart();
  if (text.startsWith('version https://git-lfs.github.com/')) return 'is a Git LFS pointer and not the data itself; run "git lfs pull" in its repository.';
  if (/^(<!doctype html|<html|<\?xml)/i.test(text)) return 'is a web page and not a CSV; download the file again while signed in to the site.';
  return undefined;
}
