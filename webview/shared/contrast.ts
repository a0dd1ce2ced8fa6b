/** Red, green and blue, 0 to 255. */
type Rgb = readonly [number, number, number];

/** The contrast that WCAG 2.2 requires of text (1.4.3). */
const READABLE = 4.5;

/** Parses a colour as VS Code writes it, `#rrggbb` or `rgb(...)`; undefined for others. Ignores transparency. */
export function parseColor(text: string): Rgb | undefined {
  const hex = /^#([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i.exec(text.trim())?.[1];
  if (hex) {
    const digits = hex.length < 6 ? [...hex].map(digit => digit + digit) : hex.match(/../g)!;
    return [parseInt(digits[0]!, 16), parseInt(digits[1]!, 16), parseInt(digits[2]!, 16)];
  }
  const parts = /^rgba?\(([^)]+)\)$/
    .exec(text.trim())?.[1]
    ?.split(/[\s,/]+/)
    .map(Number);
  return parts && parts.length >= 3 && parts.slice(0, 3).every(Number.isFinite)
    ? [parts[0]!, parts[1]!, parts[2]!]
    : undefined;
}

/** The contrast ratio of two colours, 1 to 21 (WCAG 2.2). */
export function contrast(a: Rgb, b: Rgb): number {
  const [one, other] = [luminance(a), luminance(b)];
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

/**
 * The largest share of `tint` to mix into `background`, at most `most`, that keeps `text` readable on it and on all
 * weaker mixtures. A theme whose text is hard to read even without a tint keeps at least four fifths of its contrast.
 */
export function largestMix(background: string, tint: string, text: string, most: number): number {
  const [back, over, front] = [parseColor(background), parseColor(tint), parseColor(text)];
  if (!back || !over || !front) return most / 2;
  const wanted = Math.min(READABLE, contrast(back, front) * 0.8);
  const steps = Math.round(most * 100);
  for (let step = 1; step <= steps; step++) {
    if (contrast(mix(back, over, step / 100), front) < wanted) return (step - 1) / 100;
  }
  return steps / 100;
}

/** The same as `color-mix(in srgb, over share, back)` in CSS. */
function mix(back: Rgb, over: Rgb, share: number): Rgb {
  const channel = (i: 0 | 1 | 2): number => back[i] * (1 - share) + over[i] * share;
  return [channel(0), channel(1), channel(2)];
}

function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** A channel in linear light. */
function linear(value: number): number {
  const part = value / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}
