// npm start [-- FOLDER] [--port N]: a VS Code window with Digits in it, on FOLDER or on the sample data.
// In VS Code itself where its "code" command is installed, else in a VS Code in the browser.
import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { inCache, writeAtomically } from './lib/cache.mjs';
import { findProgram, run } from './lib/child.mjs';
import { ensureEngine } from './lib/engine.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { inRoot } from './lib/paths.mjs';
import { ensureSample } from './lib/sampleData.mjs';
import { ALREADY_THERE, main, Problem, step } from './lib/step.mjs';
import { ensureVsix, vsixFile } from './lib/vsix.mjs';
import { ensureVscodeServer } from './lib/vscodeServer.mjs';
import { freePort, installVsix, quietSettings, settingsFile, startServer } from './lib/vscodeWeb.mjs';

await main(async () => {
  const { folder, port } = await readArguments();
  await step('npm packages', ensurePackages);
  await step('native engine', ensureEngine);
  if (folder === inRoot('sample')) await step('sample data in sample/', () => ensureSample());
  await step('Digits, packaged', () => ensureVsix());
  const code = await findProgram('code');
  if (code) await openDesktop(code, folder);
  else await openBrowser(folder, port);
});

async function readArguments() {
  let parsed;
  try {
    parsed = parseArgs({ options: { port: { type: 'string' } }, allowPositionals: true });
  } catch (error) {
    throw new Problem(`${error.message}. Use: npm start [-- FOLDER] [--port N]`);
  }
  const {
    positionals: [named],
    values: { port },
  } = parsed;
  if (port !== undefined && !(Number(port) > 0 && Number(port) < 65536))
    throw new Problem(`--port ${port} is not a port: use a number from 1 to 65535.`);
  const folder = named ? path.resolve(named) : inRoot('sample');
  if (named && !(await fs.stat(folder).catch(() => undefined))?.isDirectory())
    throw new Problem(`${folder} is not a folder: name one that holds train.csv and test.csv.`);
  return { folder, port: port && Number(port) };
}

async function openDesktop(code, folder) {
  const shell = process.platform === 'win32';
  const quote = text => (shell ? `"${text}"` : text);
  await step('Digits, installed in VS Code', async () => {
    await run(quote(code), ['--install-extension', quote(vsixFile()), '--force'], { shell });
  });
  await run(quote(code), ['--new-window', quote(folder)], { shell });
  console.log(`VS Code opens ${folder}.`);
}

async function openBrowser(folder, wantedPort) {
  await step('VS Code server', ensureVscodeServer);
  // Its own folder in the cache: settings and window layout are there again the next time.
  const data = inCache('vscode-data');
  if (!(await fs.stat(settingsFile(data)).catch(() => undefined)))
    await writeAtomically(settingsFile(data), JSON.stringify(quietSettings, null, 2));
  await step('Digits, installed', () => installOnce(data));

  const token = randomBytes(16).toString('hex');
  const port = wantedPort ? await freePort(wantedPort) : await usualPort(data);
  const server = await startServer({ folder: data, port, token });
  // Ctrl-C ends this process, and the server with it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => void server.stop().then(() => process.exit(0)));
  console.log(
    `\nVS Code with Digits runs in the browser. Open\n\n  ${server.address}/?tkn=${token}&folder=${encodeURIComponent(folder)}\n\nand press Ctrl-C here to stop it. To train, trust the folder: "Manage" in the bar at the top.`,
  );
  await server.ended;
  throw new Problem(`The VS Code server has ended:\n${server.log().trim().split('\n').slice(-12).join('\n')}`);
}

/** Installs the packaged extension, unless this very package was installed before. */
async function installOnce(data) {
  const stamp = path.join(data, 'installed.sha256');
  const hash = createHash('sha256')
    .update(await fs.readFile(vsixFile()))
    .digest('hex');
  if ((await fs.readFile(stamp, 'utf8').catch(() => '')) === hash) return ALREADY_THERE;
  await installVsix(data, vsixFile());
  await writeAtomically(stamp, hash);
}

/** The port of the last time, if it is free: to the browser, layout and trusted folders belong to it. */
async function usualPort(data) {
  const file = path.join(data, 'port');
  const last = Number(await fs.readFile(file, 'utf8').catch(() => 0));
  const port = await freePort(last).catch(() => freePort());
  if (port !== last) await writeAtomically(file, String(port));
  return port;
}
