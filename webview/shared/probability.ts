/** A probability as people read it: "0.98", and "<0.01" for what is not nothing. */
export function probability(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (value > 0 && value < 0.005) return '<0.01';
  return value > 0.995 && value < 1 ? '>0.99' : value.toFixed(2);
}
