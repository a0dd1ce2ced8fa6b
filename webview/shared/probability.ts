/** Formats a probability: "0.98", or "<0.01" if it is small but not 0. */
export function probability(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (value > 0 && value < 0.005) return '<0.01';
  return value > 0.995 && value < 1 ? '>0.99' : value.toFixed(2);
}
