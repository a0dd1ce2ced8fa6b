// A real VS Code for tests: the VS Code server with its extension host on this machine, its window in a headless Chromium.
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { findChromium } from '../../scripts/lib/chromium.mjs';
import { freePort, quietSettings, settingsFile, startServer } from '../../scripts/lib/vscodeWeb.mjs';
import { copyInstalled } from './installPackage.mjs';
import { themes, VSCodeWindow } from './vscodeWindow';
import { makeWorkspace, type WorkspaceContent } from './workspace';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface LaunchOptions {
  /** The folder to open: its path, or what a folder of its own is to hold (all of the sample data where not said). */
  readonly workspace?: string | WorkspaceContent;
  /** Loads the extension from this checkout, as F5 does; else the package is installed, as users do. */
  readonly unpacked?: boolean;
  /** A file whose `run` the extension host calls. */
  readonly tests?: string;
  /** Opens the folder untrusted, in Restricted Mode; see `trustFolder`. */
  readonly restricted?: boolean;
  /** More user settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The user's own keys, as keybindings.json has them. They call commands as other extensions do, also those that are not offered. */
  readonly keys?: readonly { readonly key: string; readonly command: string; readonly args?: unknown }[];
  /** More environment of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  readonly size?: { readonly width: number; readonly height: number };
}

/** Starts a VS Code with Digits and waits until its window is ready. It ends with this process, or by `stop`. */
export async function launch(options: LaunchOptions = {}): Promise<VSCodeWindow> {
  const executablePath = await findChromium();
  if (!executablePath)
    throw new Error('No Chromium was found: npm test installs one, or name one in the environment variable CHROMIUM.');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'digits-vscode-'));
  const settings = {
    ...quietSettings,
    'security.workspace.trust.enabled': options.restricted ?? false,
    'window.autoDetectColorScheme': false, // the theme is the tests', not this browser's
    'workbench.colorTheme': themes['vs-dark'],
    ...options.settings,
  };
  fs.mkdirSync(path.dirname(settingsFile(folder)), { recursive: true });
  fs.writeFileSync(settingsFile(folder), JSON.stringify(settings, null, 2));
  fs.writeFileSync(
    path.join(path.dirname(settingsFile(folder)), 'keybindings.json'),
    JSON.stringify(options.keys ?? []),
  );

  const workspace =
    typeof options.workspace === 'string'
      ? path.resolve(options.workspace)
      : makeWorkspace(options.workspace ?? {}, path.join(folder, 'workspace'));
  let server: Awaited<ReturnType<typeof startServer>> | undefined;
  let context: BrowserContext | undefined;
  const printed: string[] = [];
  const stop = async () => {
    await context?.close().catch(() => undefined);
    if (server) await server.stop();
    else fs.rmSync(folder, { recursive: true, force: true });
  };
  try {
    if (!options.unpacked) copyInstalled(folder);
    const port = await freePort();
    const token = randomBytes(8).toString('hex');
    server = await startServer({
      folder,
      port,
      token,
      trust: options.restricted ?? false,
      temporary: true,
      env: options.env,
    });
    context = await openBrowser(executablePath, folder, options.size);
    const page = context.pages()[0] ?? (await context.newPage());
    page.on('console', message => printed.push(`[${message.type()}] ${message.text()}`));
    page.on('pageerror', error => printed.push(`[error] ${error.stack ?? String(error)}`));
    const testsEnded = options.tests
      ? new Promise<void>(resolve => void page.exposeFunction('codeAutomationExit', () => resolve()))
      : Promise.resolve();
    await addDevelopmentOptions(page, `127.0.0.1:${port}`, options);
    const query = new URLSearchParams({ tkn: token, folder: workspace });
    await page.goto(`${server.address}/?${query.toString()}`);
    if (!options.tests) await ready(page);
    const { log: serverLog } = server;
    return new VSCodeWindow(page, { workspace, testsEnded, stop, log: () => [...printed, serverLog()].join('\n') });
  } catch (error) {
    await stop();
    throw error instanceof Error ? new Error(`${error.message}\n${printed.join('\n')}`, { cause: error }) : error;
  }
}

async function openBrowser(
  executablePath: string,
  folder: string,
  size = { width: 1280, height: 800 },
): Promise<BrowserContext> {
  const context = await chromium.launchPersistentContext(path.join(folder, 'chromium'), {
    executablePath,
    headless: true,
    chromiumSandbox: false, // as root, and in many containers, there is none
    viewport: size,
    // What moves is drawn by the processor here, which then trains nothing.
    reducedMotion: 'reduce',
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-dev-shm-usage',
      // Only this machine resolves. A webview's resources have addresses of a public host, but VS Code answers those itself.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  return context;
}

/** Hands the unpacked extension and the tests to the window. */
async function addDevelopmentOptions(page: Page, authority: string, { unpacked, tests }: LaunchOptions): Promise<void> {
  const remote = (file: string) => ({ $mid: 1, scheme: 'vscode-remote', authority, path: path.resolve(file) });
  const added = {
    ...(unpacked && { extensions: [remote(root)] }),
    ...(tests && { extensionTestsPath: remote(tests) }),
  };
  const script = fs.readFileSync(path.join(root, 'test/vscode/developmentOptions.js'), 'utf8');
  await page.addInitScript({ content: `{\nconst added = ${JSON.stringify(added)};\n${script}\n}` });
}

/** Waits for the marks that the workbench sets when its layout is restored and all contributions are registered. */
async function ready(page: Page): Promise<void> {
  for (const mark of ['code/didStartWorkbench', 'code/didLoadExtensions']) {
    await page.waitForFunction(name => performance.getEntriesByName(name).length > 0, mark, { timeout: 60_000 });
  }
}
