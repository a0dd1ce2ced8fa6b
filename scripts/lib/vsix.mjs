// The extension as a package, digits-<version>.vsix: what users install, and what the window tests run.
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from './build.mjs';
import { writeAtomically } from './cache.mjs';
import { run } from './child.mjs';
import { engineDir, hasEngine } from './engine.mjs';
import { inRoot, platform, root } from './paths.mjs';
import { ALREADY_THERE, Problem } from './step.mjs';

// All that the package is made of: sources, and what it carries as it is.
const INPUTS = [
  'src',
  'webview',
  'media',
  'docs/images',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'esbuild.mjs',
  '.vscodeignore',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  'scripts/lib/vsix.mjs',
];

/** The package's path; with `target`, such as linux-x64, of the package that carries the native engine. */
export function vsixFile(target) {
  const { version } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  return inRoot(`digits-${target ? `${target}-` : ''}${version}.vsix`);
}

/** Packages the extension, unless the package there is of these very inputs. */
export async function ensureVsix(target) {
  if (target && target !== platform)
    throw new Problem(`This machine makes the package for ${platform} only: run this on ${target}.`);
  if (target && !(await hasEngine()))
    throw new Problem('The native engine is missing: npm run setup makes it and says what it lacks.');
  const file = vsixFile(target);
  const stamp = inRoot('out', `${path.basename(file)}.sha256`);
  const hash = await hashInputs();
  const there = await fs.stat(file).catch(() => undefined);
  if (there && (await fs.readFile(stamp, 'utf8').catch(() => '')) === hash) return ALREADY_THERE;

  const temporary = inRoot('out', `${path.basename(file)}.tmp-${process.pid}`);
  await fs.mkdir(path.dirname(temporary), { recursive: true });
  try {
    await fs.rm(inRoot('dist'), { recursive: true, force: true });
    await build({ production: true });
    if (target) await fs.cp(engineDir(), inRoot('engine'), { recursive: true });
    // The scan for secrets reads a file as one string, and the engine's library is longer than a string can be.
    const forTarget = target ? ['--target', target, '--allow-package-all-secrets', '--allow-package-env-file'] : [];
    await run(
      process.execPath,
      [
        inRoot('node_modules/@vscode/vsce/vsce'),
        'package',
        '--no-dependencies',
        '--allow-missing-repository',
        '--no-rewrite-relative-links',
        '--out',
        temporary,
        ...forTarget,
      ],
      { cwd: root, timeout: 600_000 },
    );
    await fs.rename(temporary, file);
    await writeAtomically(stamp, hash);
  } finally {
    await fs.rm(temporary, { force: true });
    if (target) await fs.rm(inRoot('engine'), { recursive: true, force: true });
    // What F5 and the tests run is readable.
    await build();
  }
}

async function hashInputs() {
  const hash = createHash('sha256');
  for (const input of INPUTS) {
    for (const file of await filesUnder(inRoot(input)))
      hash.update(`${path.relative(root, file)}\0`).update(await fs.readFile(file));
  }
  return hash.digest('hex');
}

async function filesUnder(place) {
  const found = await fs.stat(place).catch(() => undefined);
  if (!found) return [];
  if (found.isFile()) return [place];
  const entries = await fs.readdir(place, { recursive: true, withFileTypes: true });
  return entries
    .filter(entry => entry.isFile())
    .map(entry => path.join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}
