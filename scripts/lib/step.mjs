// The lines that a set-up prints: what it does, and how long it took.

/** What a step returns when there was nothing to do. */
export const ALREADY_THERE = 'already there';

/**
 * Runs one step and prints one line of it: `npm packages … 21.3 s`, and what `work` returned, if anything.
 * A step that throws says so on its line; the caller decides what follows from it.
 */
export async function step(name, work) {
  process.stdout.write(`${name} … `);
  const start = performance.now();
  const seconds = () => `${((performance.now() - start) / 1000).toFixed(1)} s`;
  try {
    const note = await work();
    process.stdout.write(`${note === ALREADY_THERE ? note : [seconds(), note].filter(Boolean).join(', ')}\n`);
  } catch (error) {
    process.stdout.write(`${seconds()}, failed\n`);
    throw error;
  }
}

/** An error whose message is a sentence for people: printed as it is, without a stack. */
export class Problem extends Error {}

/** Runs a script's main function; an error ends it with exit code 1, a `Problem` with its sentence alone. */
export async function main(run) {
  try {
    await run();
  } catch (error) {
    console.error(error instanceof Problem ? error.message : error);
    process.exitCode = 1;
  }
}
