/**
 * `npm run test:full` and `npm run stress` set this: tests then also try what multiplies (every theme, every Node, many
 * rows, long loops). `npm test` holds each of these things once, or leaves it to them.
 */
export const isFullRun = process.env['DIGITS_TEST_FULL'] === '1' || process.env['DIGITS_STRESS'] === 'full';
