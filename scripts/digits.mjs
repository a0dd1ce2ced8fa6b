#!/usr/bin/env node
// The command line: `npx digits`. In a fresh clone it sets everything up first.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const here = name => fileURLToPath(new URL(name, import.meta.url));
const cli = here('../dist/cli.js');

if (!existsSync(cli) || !existsSync(here('../node_modules/.package-lock.json'))) {
  const { run } = await import('./lib/child.mjs');
  console.error('Setting up, once:');
  // Its output goes to stderr: stdout belongs to the command.
  await run(process.execPath, [here('setup.mjs')], { show: 'stderr' }).catch(() => process.exit(1));
}
createRequire(import.meta.url)(cli);
