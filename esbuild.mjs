// Builds everything that runs into dist/: one bundle a process, one a webview.
import { build, context } from 'esbuild';
import fs from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import path from 'node:path';

const watch = process.argv.includes('--watch');
const production = process.argv.includes('--production');
const root = path.dirname(fileURLToPath(import.meta.url));

/** @type {import('esbuild').BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  metafile: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  logLevel: 'warning',
  legalComments: 'none',
};

/** @type {import('esbuild').BuildOptions} */
const node = {
  ...common,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  outdir: 'dist',
};

/** What a folder with an exported model carries; tfjs's licence goes with it. */
const exported = {
  ...common,
  outdir: 'dist/export',
  target: 'es2022',
  sourcemap: false,
  minify: true,
  legalComments: 'eof',
};

const builds = [
  // The extension host, and the threads of it that read pixel files and look through data sets.
  {
    ...node,
    entryPoints: {
      extension: 'src/extension.ts',
      pixelFileWorker: 'src/host/pixelFiles/pixelFileWorker.ts',
      dataFactsWorker: 'src/host/data/dataFactsWorker.ts',
    },
    external: ['vscode'],
  },
  // The training process. tfjs-node's kernels import the whole of tfjs; core and layers are all they use of it. Its loader of models from the web has no use.
  {
    ...node,
    entryPoints: { training: 'src/training/main.ts' },
    alias: { '@tensorflow/tfjs': './src/training/network/tf.ts', 'node-fetch': './src/training/network/noFetch.ts' },
  },
  { ...node, entryPoints: { parentWatch: 'src/processes/parentWatch.ts', cli: 'src/cli/main.ts' } },
  // The webviews.
  {
    ...common,
    platform: 'browser',
    format: 'esm',
    target: 'chrome130',
    entryPoints: { run: 'webview/run/index.tsx', preview: 'webview/preview/index.tsx', data: 'webview/data/index.tsx' },
    outdir: 'dist/webview',
    jsx: 'automatic',
    jsxImportSource: 'preact',
  },
  // Scripts that a page may load from a disk, which a module may not. Without `process`, tfjs leaves its platform for Node alone.
  {
    ...exported,
    platform: 'browser',
    format: 'iife',
    entryPoints: { tf: 'src/exported/tf.ts', page: 'webview/export/page.ts' },
    define: { process: 'undefined' },
    alias: { 'node-fetch': './src/training/network/noFetch.ts' },
    loader: { '.wasm': 'base64' },
  },
  { ...exported, entryPoints: { page: 'webview/export/page.css' } },
  {
    ...exported,
    platform: 'node',
    format: 'esm',
    entryPoints: { classify: 'src/exported/classify.ts' },
    outExtension: { '.js': '.mjs' },
    banner: { js: "import './tf.js';\nimport './model.js';" },
  },
];

// The portable engine's binaries, which the training process reads from beside its bundle.
await fs.mkdir(path.join(root, 'dist'), { recursive: true });
await Promise.all(
  ['tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm.wasm'].map(file =>
    fs.copyFile(
      path.join(root, 'node_modules/@tensorflow/tfjs-backend-wasm/dist', file),
      path.join(root, 'dist', file),
    ),
  ),
);

if (watch) {
  await Promise.all(builds.map(async options => (await context(options)).watch()));
  console.log('watching for changes');
} else {
  const results = await Promise.all(builds.map(options => build(options)));
  await listPackages(results.map(({ metafile }) => metafile));
}

/** Writes which npm packages are in the bundles to out/bundled-packages.json: what an advisory may be about. */
async function listPackages(metafiles) {
  const files = metafiles
    .flatMap(({ outputs }) => Object.values(outputs))
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  const names = files.flatMap(([file]) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []);
  await fs.mkdir(path.join(root, 'out'), { recursive: true });
  await fs.writeFile(
    path.join(root, 'out/bundled-packages.json'),
    `${JSON.stringify([...new Set(names)].sort(), null, 2)}\n`,
  );
}
