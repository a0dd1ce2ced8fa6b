import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Frame, Locator, Page } from 'playwright-core';
import { isFullRun } from '../fullRun';

const screenshots = fileURLToPath(new URL('../../out/screenshots', import.meta.url));

/** VS Code's four kinds of theme, each with a theme of it. */
export const themes = {
  'vs-dark': 'Dark Modern',
  vs: 'Light Modern',
  'hc-black': 'Default High Contrast',
  'hc-light': 'Default High Contrast Light',
} as const;

/** The themes in which views are looked at: all in a full run, else a dark one and a light one of high contrast. */
export const triedThemes: readonly (keyof typeof themes)[] = isFullRun
  ? (Object.keys(themes) as (keyof typeof themes)[])
  : ['vs-dark', 'hc-light'];

/** How long one try to use the palette may take, in ms. */
const attempt = 3000;

interface Host {
  readonly workspace: string;
  /** When the extension host's test run has ended. */
  readonly testsEnded: Promise<void>;
  /** What the window, the extension host and the server printed. */
  log(): string;
  stop(): Promise<void>;
}

/** VS Code's window, as a user sees and uses it. `page` is all of it, for what has no method here. */
export class VSCodeWindow {
  readonly page: Page;
  /** The path of the folder that is open. */
  readonly workspace: string;
  readonly testsEnded: Promise<void>;
  readonly log: () => string;
  readonly stop: () => Promise<void>;

  constructor(page: Page, host: Host) {
    this.page = page;
    this.workspace = host.workspace;
    this.testsEnded = host.testsEnded;
    this.log = () => host.log();
    this.stop = () => host.stop();
  }

  /** Runs a command by its full title, as the Command Palette shows it: "Category: Title". */
  async runCommand(title: string): Promise<void> {
    // The palette does not notice when a command becomes available while it is open, as some do in a window's first second,
    // and it closes when a view that is just being loaded takes the focus.
    await until(
      `the command "${title}"`,
      async () => {
        try {
          await this.page.keyboard.press('F1');
          await this.typeIntoQuickInput(`>${title}`, { timeout: attempt });
          await this.pick(title, attempt);
          return true;
        } catch (error) {
          await this.page.keyboard.press('Escape');
          throw error;
        }
      },
      60_000,
    );
  }

  /** Opens a file of the workspace by its name. */
  async openFile(name: string): Promise<void> {
    await this.page.keyboard.press('Control+P');
    await this.typeIntoQuickInput(name);
    await this.pick(path.basename(name));
  }

  /** Opens the run whose entry in the list of runs has this text. */
  async openRun(text: RegExp): Promise<void> {
    const item = this.page.getByRole('treeitem', { name: text });
    if (!(await item.first().isVisible())) await this.page.getByRole('button', { name: 'Digits Section' }).click();
    await item.first().click();
  }

  /** Fills the open quick pick or input box; ends it with Enter where asked. */
  async typeIntoQuickInput(text: string, { enter = false, timeout = 30_000 } = {}): Promise<void> {
    const input = this.page.locator('.quick-input-widget:visible input:not([type=checkbox])').first();
    await input.waitFor({ timeout });
    await input.fill(text, { timeout });
    if (enter) await input.press('Enter', { timeout });
  }

  /** Picks the row with exactly this label from the open quick pick. */
  async pick(label: string, timeout = 30_000): Promise<void> {
    const rows = this.page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row');
    await rows
      .filter({ has: this.page.getByText(label, { exact: true }) })
      .first()
      .click({ timeout });
  }

  /** The labels of the open quick pick. */
  async pickLabels(): Promise<string[]> {
    const labels = this.page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row .label-name');
    await labels.first().waitFor();
    return labels.allInnerTexts();
  }

  /**
   * The document inside a visible webview: of the editor or panel with this title, or the HTML with this <title>
   * (a custom editor's webview has no other). A webview is two frames, VS Code's own and #active-frame within it.
   */
  webviewFrame(title: string, timeout?: number): Promise<Frame> {
    return until(
      `the webview "${title}"`,
      async () => {
        for (const frame of this.page.frames()) {
          if (!frame.parentFrame()?.url().includes('/webview/browser/pre/')) continue;
          const element = await frame.frameElement();
          if ((await element.getAttribute('id')) !== 'active-frame') continue;
          if ((await frame.title()) === title || (await element.getAttribute('title')) === title) return frame;
        }
        return undefined;
      },
      timeout,
    );
  }

  /** The texts of the notifications shown now. */
  notifications(): Promise<string[]> {
    return this.page.locator('.notifications-toasts .notification-list-item-message').allInnerTexts();
  }

  /** Clears all notifications, and waits until VS Code shows others: it takes more than three within 800 ms for spam, and hides them. */
  async clearNotifications(): Promise<void> {
    await this.runCommand('Notifications: Clear All Notifications');
    await until('no notification', async () => (await this.notifications()).length === 0);
    await new Promise(resolve => setTimeout(resolve, 400));
  }

  /** Waits for a notification with this text and returns all of its text. */
  notification(part: string, timeout?: number): Promise<string> {
    return until(
      `the notification "${part}"`,
      async () => (await this.notifications()).find(text => text.includes(part)),
      timeout,
    );
  }

  /** Presses a button of the notification with this text. */
  async pressInNotification(part: string, button: string): Promise<void> {
    const notification = this.page.locator('.notifications-toasts .notification-list-item', { hasText: part });
    await notification.getByRole('button', { name: button, exact: true }).click();
  }

  /** Presses a button of the modal dialog. */
  async pressInDialog(button: string): Promise<void> {
    await this.page.locator('.monaco-dialog-box').getByRole('button', { name: button }).click();
  }

  /** The context menu of an element, opened. */
  async contextMenu(element: Locator): Promise<Locator> {
    await element.click({ button: 'right' });
    const menu = this.page.locator('.monaco-menu');
    await menu.waitFor();
    return menu;
  }

  /** Chooses from the open menu. */
  async chooseFromMenu(menu: Locator, entry: string): Promise<void> {
    await menu.getByRole('menuitem', { name: entry }).hover();
    // A menu takes no click in its first moments; keys it does.
    await this.page.keyboard.press('Enter');
    await menu.waitFor({ state: 'detached' });
  }

  /** Trusts the folder that was opened in Restricted Mode. */
  async trustFolder(): Promise<void> {
    await this.runCommand('Workspaces: Manage Workspace Trust');
    await this.page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).click();
    await this.statusBarItem('Restricted Mode').waitFor({ state: 'detached' });
  }

  /** The item of the status bar with this text. */
  statusBarItem(text: string | RegExp): Locator {
    return this.page.locator('.statusbar-item', { hasText: text });
  }

  /** Changes settings of the folder; VS Code takes them over a moment later. (It does not watch the user's settings here.) */
  updateSettings(changes: Readonly<Record<string, unknown>>): void {
    const file = path.join(this.workspace, '.vscode', 'settings.json');
    const settings = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : {};
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, JSON.stringify({ ...settings, ...changes }, null, 2));
  }

  /** Changes to a theme of this kind and waits until the window shows it. */
  async showTheme(kind: keyof typeof themes): Promise<void> {
    this.updateSettings({ 'workbench.colorTheme': themes[kind] });
    await this.page.locator(`.monaco-workbench.${kind}`).waitFor({ state: 'attached' });
  }

  /** Loads the window again by VS Code's own command, which first saves what is open. */
  async reload(): Promise<void> {
    await Promise.all([
      this.page.waitForEvent('load', { timeout: 90_000 }),
      this.runCommand('Developer: Reload Window'),
    ]);
    await this.page.waitForFunction(
      () => performance.getEntriesByName('code/didLoadExtensions').length > 0,
      undefined,
      { timeout: 60_000 },
    );
  }

  /** Writes a picture of the window to out/screenshots/ and returns its path. */
  async screenshot(name: string): Promise<string> {
    const file = outputFile(`${name}.png`);
    await this.page.screenshot({ path: file });
    return file;
  }

  /** Writes a picture of the window and all that was printed to out/screenshots/. */
  async saveTrace(name: string): Promise<void> {
    fs.writeFileSync(outputFile(`${name}.log`), this.log());
    await this.screenshot(name);
  }
}

function outputFile(name: string): string {
  fs.mkdirSync(screenshots, { recursive: true });
  return path.join(screenshots, name.replace(/[^\w.-]+/g, '-'));
}

/** Polls until `look` finds something; what it throws counts as "not yet". */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined>,
  timeout = 20_000,
): Promise<NonNullable<T>> {
  const start = Date.now();
  const end = start + timeout;
  for (let problem = ''; ;) {
    try {
      const found = await look();
      if (found) return found;
    } catch (error) {
      problem = `: ${String(error)}`;
    }
    if (Date.now() > end) throw new Error(`Waited ${timeout / 1000} s for ${what}${problem}.`);
    // What takes long is often a training, which each look slows down.
    await new Promise(resolve => setTimeout(resolve, Date.now() - start < 5000 ? 100 : 500));
  }
}
