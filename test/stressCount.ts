/** How often a test tries: `full` under `npm run stress`, `usual` under `npm test`. */
export function stressCount(usual: number, full: number): number {
  return process.env['DIGITS_STRESS'] === 'full' ? full : usual;
}
