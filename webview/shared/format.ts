// Made once: a grid asks for hundreds of them as it scrolls.
const thousands = new Intl.NumberFormat('en-US');

/** A number with thousands apart, as in "42,000". */
export function count(value: number): string {
  return thousands.format(value);
}

/** "1 image", "42,000 images". */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}
