import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { vsixFile } from '../../../scripts/lib/vsix.mjs';

// What users install holds what Digits runs and no more: no tool of its development or of tfjs-node's installation, whose advisories would be its own.

const root = path.resolve(import.meta.dirname, '../../..');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'digits-vsix-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
// A .vsix is a zip archive.
execFileSync('python3', ['-m', 'zipfile', '-e', vsixFile(), folder]);
const files = fs
  .readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile())
  .map(entry => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
  .sort();
const bundles = files.filter(file => /\.m?js$/.test(file));

/** All packages whose code is in a bundle. Another one: look for its advisories, and add it here and in SECURITY.md. */
const bundled = [
  '@microsoft/fast-element',
  '@microsoft/fast-foundation',
  '@microsoft/fast-web-utilities',
  '@tensorflow/tfjs-backend-cpu',
  '@tensorflow/tfjs-backend-wasm',
  '@tensorflow/tfjs-core',
  '@tensorflow/tfjs-layers',
  '@tensorflow/tfjs-node',
  '@vscode/webview-ui-toolkit',
  'exenv-es6',
  'google-protobuf',
  'long',
  'papaparse',
  'preact',
  'seedrandom',
  'tslib',
  'valibot',
];

/** Words that only the code of these packages has. */
const marks: Readonly<Record<string, readonly string[]>> = {
  tar: ['TAR_BAD_ARCHIVE', 'TAR_ENTRY_INVALID'],
  rimraf: ['rimraf: missing path'],
  'adm-zip': ['ADM-ZIP'],
  'https-proxy-agent': ['https-proxy-agent'],
  progress: ['total required'],
  '@mapbox/node-pre-gyp': ['node-pre-gyp'],
  'node-fetch': ['node-fetch'],
  'form-data': ['form-data'],
  yargs: ['yargs'],
};

describe('the package', () => {
  test('has the files that Digits runs, and no others', () => {
    const expected = [
      /^\[Content_Types\]\.xml$/,
      /^extension\.vsixmanifest$/,
      /^extension\/(package\.json|readme\.md|changelog\.md|LICENSE\.txt)$/,
      /^extension\/media\/[\w-]+\.(svg|png)$/,
      /^extension\/docs\/images\/[\w-]+\.png$/,
      /^extension\/dist\/(extension|training|parentWatch|cli|pixelFileWorker|dataFactsWorker)\.js$/,
      /^extension\/dist\/tfjs-backend-wasm(-simd)?\.wasm$/,
      /^extension\/dist\/webview\/(run|preview|data)\.(js|css)$/,
      /^extension\/dist\/export\/(tf\.js|page\.js|page\.css|classify\.mjs)$/,
    ];
    expect(files.filter(file => !expected.some(pattern => pattern.test(file)))).toEqual([]);
    for (const pattern of expected)
      expect(
        files.some(file => pattern.test(file)),
        String(pattern),
      ).toBe(true);
  });

  test('has no source maps, not even the name of one', () => {
    expect(files.filter(file => file.endsWith('.map'))).toEqual([]);
    for (const file of bundles)
      expect(fs.readFileSync(path.join(folder, file), 'utf8'), file).not.toContain('sourceMappingURL');
  });

  test('has the code of these npm packages, and of no others', () => {
    expect(JSON.parse(fs.readFileSync(path.join(root, 'out/bundled-packages.json'), 'utf8'))).toEqual(bundled);
    const advice = fs.readFileSync(path.join(root, 'SECURITY.md'), 'utf8');
    for (const name of bundled) expect(advice).toContain(`\`${name}\``);
  });

  test.each(Object.entries(marks))('has no code of %s', (name, words) => {
    for (const file of bundles) {
      const code = fs.readFileSync(path.join(folder, file), 'utf8');
      for (const word of words) expect(code.includes(word), `${word} in ${file}`).toBe(false);
    }
    // The words are still that package's, where it is installed.
    const source = path.join(root, 'node_modules', name);
    if (!fs.existsSync(source)) return;
    const own = fs
      .readdirSync(source, { recursive: true, encoding: 'utf8' })
      .filter(file => /\.c?js$|package\.json$/.test(file) && !file.includes('node_modules'))
      .map(file => fs.readFileSync(path.join(source, file), 'utf8'))
      .join('\n');
    for (const word of words) expect(own, word).toContain(word);
  });
});
