#!/usr/bin/env node
// The command line: `npx digits`. In a fresh clone it sets everything up first.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const here = name => fileURLToPath(new URL(name, import.meta.url));
const cli = here('../dist/cli.js');

if (!existsSync(cli) || !existsSync(here('../node_modules/.package-lock.json'))) {
  console.error('Setting up, once:');
  // Its output goes to stderr: stdout belongs to the command.
  const { status } = spawnSync(process.execPath, [here('setup.mjs')], { stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
}
require(cli);
