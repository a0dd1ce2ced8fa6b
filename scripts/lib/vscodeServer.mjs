// A VS Code server and the Node it runs on, in the cache folder: what `npm start` opens where VS Code is not installed,
// and what the tests run in. Both come from the npm registry: code-server's package holds a complete VS Code server.
import fs from 'node:fs/promises';
import path from 'node:path';
import { inCache, makeFolder } from './cache.mjs';
import { findProgram, npm, run } from './child.mjs';
import { ensureNodes, nodeProgram } from './nodes.mjs';
import { unpackPackage } from './npmPackage.mjs';
import { platform } from './paths.mjs';
import { ALREADY_THERE, Problem } from './step.mjs';

const CODE_SERVER = '4.139.1'; // VS Code 1.139.1, which needs Node 24
const NODE_MAJOR = 24;

const serverDir = () => inCache(`vscode-server-${CODE_SERVER}`);

/** The program and the first arguments that run the VS Code server. */
export const serverCommand = () => [serverNode(), path.join(serverDir(), 'out', 'server-main.js')];

function serverNode() {
  const program = nodeProgram(NODE_MAJOR);
  if (program) return program;
  throw new Problem(
    `VS Code in the browser is not available for ${platform} on Node ${process.versions.node}: install VS Code and its "code" command, or use Node ${NODE_MAJOR}.`,
  );
}

const exists = file =>
  fs.access(file).then(
    () => true,
    () => false,
  );

/** Installs the VS Code server and its Node. */
export async function ensureVscodeServer() {
  const node = serverNode();
  await ensureNodes(NODE_MAJOR);
  if (await exists(serverDir())) return ALREADY_THERE;
  await makeFolder(serverDir(), folder => makeServer(folder, node));
  const [program, ...args] = serverCommand();
  return `VS Code ${(await run(program, [...args, '--version'])).split('\n')[0]}`;
}

async function makeServer(folder, node) {
  await unpackPackage(`code-server@${CODE_SERVER}`, 'package/lib/vscode', folder);
  await dropDependencies(path.join(folder, 'package.json'));
  // Without install scripts: what native parts the server needs are in the packages.
  const install = ['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await npm(install, { cwd: folder, node });
  await npm(install, { cwd: path.join(folder, 'extensions'), node });
  await buildNativeParts(folder, node);
  await removeUnused(folder);
}

// What serves only AI agents, Kerberos, SSH, dev containers and Windows, and is large or impossible to build.
const UNUSED_PACKAGES = new Set([
  '@github/copilot-sdk',
  '@vscode/copilot-api',
  '@microsoft/mxc-sdk',
  '@vscode/sandbox-runtime',
  '@devcontainers/cli',
  '@vscode/sqlite3',
  'kerberos',
  'kerberos@2.1.1',
  'koffi',
  'ssh2',
  'zod',
  'tar',
  'detect-libc',
  '@vscode/windows-process-tree',
  '@vscode/windows-registry',
]);

async function dropDependencies(file) {
  const manifest = JSON.parse(await fs.readFile(file, 'utf8'));
  const used = packages => Object.fromEntries(Object.entries(packages).filter(([name]) => !UNUSED_PACKAGES.has(name)));
  await fs.writeFile(
    file,
    JSON.stringify(
      { ...manifest, dependencies: used(manifest.dependencies), overrides: used(manifest.overrides) },
      null,
      2,
    ),
  );
}

/**
 * Builds what writes the log files that the Output view reads, and what ends extension hosts whose server is gone.
 * The server runs without them, so a failure is no matter.
 */
async function buildNativeParts(folder, node) {
  if (!(await findProgram('c++', 'g++')) || !(await findProgram('make')) || !(await findProgram('python3'))) return;
  // The headers of this Node lie beside it: nothing is downloaded.
  const env = { ...process.env, npm_config_nodedir: path.dirname(path.dirname(node)), JOBS: '2' };
  await npm(
    [
      'rebuild',
      '--ignore-scripts=false',
      '--foreground-scripts=false',
      '--loglevel=error',
      '@vscode/spdlog',
      '@vscode/native-watchdog',
    ],
    { cwd: folder, node, env },
  ).catch(() => {});
}

async function removeUnused(folder) {
  const unused = ['extensions/copilot', 'extensions/mermaid-markdown-features'];
  for (const binaries of ['node_modules/@vscode/ripgrep-universal/bin', 'node_modules/node-pty/prebuilds']) {
    for (const name of await fs.readdir(path.join(folder, binaries)).catch(() => [])) {
      if (/^(darwin|win32|linux)-/.test(name) && name !== platform) unused.push(path.join(binaries, name));
    }
  }
  for (const name of await fs.readdir(path.join(folder, 'node_modules'), { recursive: true })) {
    if (name.endsWith('.map') || name.endsWith(path.join('build', 'Release', 'obj.target')))
      unused.push(path.join('node_modules', name));
  }
  for (const name of unused) await fs.rm(path.join(folder, name), { recursive: true, force: true });
}
