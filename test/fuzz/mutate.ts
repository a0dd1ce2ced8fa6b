import fc from 'fast-check';

/** One change of some bytes; places are shares of their length. */
type Edit =
  | { readonly type: 'insert'; readonly at: number; readonly bytes: Uint8Array }
  | { readonly type: 'replace'; readonly at: number; readonly bytes: Uint8Array }
  | { readonly type: 'delete'; readonly at: number; readonly length: number }
  | { readonly type: 'repeat'; readonly at: number; readonly length: number }
  | { readonly type: 'cut'; readonly at: number };

const place = fc.double({ min: 0, max: 1, noNaN: true });
const length = fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 60 }));

/** Bytes after a few changes, some of them of what the words hold. */
export function mutated(bytes: fc.Arbitrary<Uint8Array>, words: readonly string[]): fc.Arbitrary<Uint8Array> {
  const piece = fc.oneof(
    { arbitrary: fc.constantFrom(...words).map(word => Buffer.from(word, 'latin1') as Uint8Array), weight: 4 },
    { arbitrary: fc.uint8Array({ minLength: 1, maxLength: 4 }), weight: 1 },
  );
  const edit: fc.Arbitrary<Edit> = fc.oneof(
    fc.record({ type: fc.constant('insert' as const), at: place, bytes: piece }),
    fc.record({ type: fc.constant('replace' as const), at: place, bytes: piece }),
    fc.record({ type: fc.constant('delete' as const), at: place, length }),
    fc.record({ type: fc.constant('repeat' as const), at: place, length }),
    fc.record({ type: fc.constant('cut' as const), at: place }),
  );
  return fc
    .tuple(bytes, fc.array(edit, { maxLength: 6 }))
    .map(([start, edits]) => edits.reduce<Uint8Array>(apply, start));
}

function apply(bytes: Uint8Array, edit: Edit): Uint8Array {
  const at = Math.floor(edit.at * bytes.length);
  const before = bytes.subarray(0, at);
  const after = (skip: number): Uint8Array => bytes.subarray(Math.min(at + skip, bytes.length));
  switch (edit.type) {
    case 'insert':
      return Buffer.concat([before, edit.bytes, after(0)]);
    case 'replace':
      return Buffer.concat([before, edit.bytes, after(edit.bytes.length)]);
    case 'delete':
      return Buffer.concat([before, after(edit.length)]);
    case 'repeat':
      return Buffer.concat([before, bytes.subarray(at, at + edit.length), after(0)]);
    case 'cut':
      return before;
  }
}

/** A value as JSON has it, after a few changes: fields replaced, renamed, left out and added at any depth. */
export function mutatedJson(value: unknown): fc.Arbitrary<unknown> {
  const other = fc.oneof(
    fc.constantFrom<unknown>(
      null,
      true,
      '',
      'x',
      0,
      -1,
      1.5,
      1e308,
      2 ** 53,
      -0,
      [],
      {},
      [null],
      [[]],
      '__proto__',
      'constructor',
      '../../etc/passwd',
      '<b>',
    ),
    fc.jsonValue({ maxDepth: 2 }),
    fc.integer(),
    fc.string(),
  );
  const change = fc.record({
    path: fc.array(fc.nat(40), { minLength: 1, maxLength: 4 }),
    how: fc.constantFrom('replace', 'replace', 'delete', 'add', 'rename'),
    value: other,
    name: fc.oneof(fc.constantFrom('__proto__', 'constructor', 'toString', 'length'), fc.string()),
  });
  return fc.array(change, { maxLength: 4 }).map(changes => {
    let root: unknown = structuredClone(value);
    for (const { path, how, value: replacement, name } of changes) root = changed(root, path, how, replacement, name);
    return root;
  });
}

function changed(
  value: unknown,
  [step, ...rest]: readonly number[],
  how: string,
  replacement: unknown,
  name: string,
): unknown {
  if (step === undefined || typeof value !== 'object' || value === null) return replacement;
  const keys = Object.keys(value);
  if (keys.length === 0) return replacement;
  const key = keys[step % keys.length]!;
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [...(value as unknown[])] : { ...value };
  const set = (at: string, to: unknown): void =>
    void Object.defineProperty(copy, at, { value: to, enumerable: true, configurable: true, writable: true });
  if (rest.length > 0 && typeof (value as Record<string, unknown>)[key] === 'object') {
    set(key, changed((value as Record<string, unknown>)[key], rest, how, replacement, name));
    return copy;
  }
  if (Array.isArray(copy)) {
    if (how === 'delete') copy.splice(Number(key), 1);
    else if (how === 'add') copy.push(replacement);
    else copy[Number(key)] = replacement;
    return copy;
  }
  if (how === 'replace') set(key, replacement);
  if (how === 'delete' || how === 'rename') Reflect.deleteProperty(copy, key);
  if (how === 'add' || how === 'rename') set(name, replacement);
  return copy;
}
