// Starts the VS Code server of the cache: its workbench then answers at an address of this machine.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './child.mjs';
import { Problem } from './step.mjs';
import { serverCommand } from './vscodeServer.mjs';

/** User settings of a window that greets, asks, fetches and reports nothing. */
export const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'telemetry.telemetryLevel': 'off',
  'update.showReleaseNotes': false,
  'extensions.autoUpdate': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'chat.disableAIFeatures': true,
  'git.openRepositoryInParentFolders': 'never',
  'npm.fetchOnlinePackageInfo': false,
};

/** The arguments that keep a VS Code server's data in one folder. */
const dataArguments = folder => [
  '--server-data-dir',
  path.join(folder, 'server'),
  '--user-data-dir',
  path.join(folder, 'user'),
  '--extensions-dir',
  path.join(folder, 'extensions'),
  '--accept-server-license-terms',
  '--telemetry-level',
  'off',
];

/** Where the user settings are in such a folder. */
export const settingsFile = folder => path.join(folder, 'user', 'User', 'settings.json');

/** What of an environment may reach VS Code: nothing of the Node, npm or VS Code that we run in; and no extension gallery. */
export function cleanEnvironment(env = process.env) {
  const ours = /^(NODE_|npm_|VITEST|VSCODE_|ELECTRON_|MallocNanoZone|TEST$)/;
  return {
    ...Object.fromEntries(Object.entries(env).filter(([name]) => !ours.test(name))),
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
  };
}

/** Installs an extension from its .vsix. */
export async function installVsix(folder, vsix) {
  const [node, main] = serverCommand();
  await run(node, [main, ...dataArguments(folder), '--install-extension', vsix, '--force'], {
    env: cleanEnvironment(),
    timeout: 120_000,
  });
}

/** A port that nobody listens on: any, or `port` if it is one. */
export function freePort(port = 0) {
  return new Promise((resolve, reject) => {
    const server = net
      .createServer()
      .once('error', () => reject(new Problem(`Port ${port} is in use: name another one, or none.`)));
    server.listen(port, '127.0.0.1', () => {
      const found = server.address().port;
      server.close(() => resolve(found));
    });
  });
}

/**
 * Starts a VS Code server on 127.0.0.1 and waits until it answers. It ends with this process, or by `stop`.
 * @param {object} options
 * @param {string} options.folder keeps the user's settings and extensions, and the server's log
 * @param {number} options.port
 * @param {string} options.token which the address must carry as `tkn`
 * @param {boolean} [options.trust] whether VS Code asks before it trusts a folder
 * @param {boolean} [options.temporary] whether the folder is removed at the end
 * @param {Record<string, string>} [options.env] more environment of the extension host
 * @returns {Promise<{ address: string, ended: Promise<void>, log: () => string, stop: () => Promise<void> }>}
 */
export async function startServer({ folder, port, token, trust = true, temporary = false, env = {} }) {
  const logFile = path.join(folder, 'server.log');
  const output = fs.openSync(logFile, 'w');
  const log = () => (fs.existsSync(logFile) ? fs.readFileSync(logFile, 'utf8') : '');
  const guard = spawn(
    process.execPath,
    [
      fileURLToPath(new URL('guard.mjs', import.meta.url)),
      temporary ? folder : '',
      ...serverCommand(),
      ...dataArguments(folder),
      '--host',
      '127.0.0.1',
      '--port',
      String(port),
      '--connection-token',
      token,
      '--reconnection-grace-time',
      '1',
      ...(trust ? [] : ['--disable-workspace-trust']),
    ],
    { env: { ...cleanEnvironment(), ...env }, stdio: ['pipe', output, output], detached: true },
  );
  fs.closeSync(output);
  let running = true;
  const ended = new Promise(resolve =>
    guard.once('close', () => {
      running = false;
      resolve();
    }),
  );
  const stop = () => {
    guard.stdin.destroy();
    return ended;
  };

  const address = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + 60_000;
  for (;;) {
    if (
      await fetch(`${address}/version`).then(
        response => response.ok,
        () => false,
      )
    )
      return { address, ended, log, stop };
    const said = log().trim();
    if (!running) throw new Problem(`The VS Code server did not start${said && `:\n${said}`}`);
    if (Date.now() > deadline) {
      await stop();
      throw new Problem(`The VS Code server did not answer within 60 s${said && `:\n${said}`}`);
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}
