/** A number with thousands apart, as in "42,000". */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** "1 image", "42,000 images". */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}
