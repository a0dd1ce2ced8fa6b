import path from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

// The rules of eslint.config.mjs that keep text from being run, and Digits from a network. `npm test -- lint` holds all of the sources to them.

const root = path.resolve(import.meta.dirname, '../..');
const eslint = new ESLint({ cwd: root });

/** Code, a line each, and the rule that it breaks. */
const forbidden: readonly (readonly [string, string])[] = [
  ['export const a = eval("1");', 'no-eval'],
  ['export const b = new Function("1");', 'no-new-func'],
  ['setTimeout("1", 1);', '@typescript-eslint/no-implied-eval'],
  ['export const c = (e: { innerHTML: string }) => (e.innerHTML = "x");', 'no-restricted-syntax'],
  ['export const d = (e: { insertAdjacentHTML(a: string): void }) => e.insertAdjacentHTML("x");', 'no-restricted-syntax'],
  ['export const e = { dangerouslySetInnerHTML: { __html: "x" } };', 'no-restricted-syntax'],
  ['import { exec } from "node:child_process";', 'no-restricted-syntax'],
  ['import { execSync as run } from "child_process";', 'no-restricted-syntax'],
  ['import child from "node:child_process";', 'no-restricted-syntax'],
  ['import * as children from "node:child_process";', 'no-restricted-syntax'],
  ['export const f = { shell: true };', 'no-restricted-syntax'],
  ['export const g = (m: { isTrusted: boolean }) => (m.isTrusted = true);', 'no-restricted-syntax'],
  ['export const h = { supportHtml: true };', 'no-restricted-syntax'],
  ['import net from "node:net";', 'no-restricted-syntax'],
  ['import { get } from "https";', 'no-restricted-syntax'],
  ['import dns from "node:dns/promises";', 'no-restricted-syntax'],
  ['export const i = fetch("x").catch(() => 1);', 'no-restricted-globals'],
  ['export const j = globalThis.fetch("x").catch(() => 1);', 'no-restricted-syntax'],
  ['export const k = new WebSocket("x");', 'no-restricted-globals'],
];
const inHost = [['void vscode.window.showErrorMessage("x");', 'no-restricted-syntax']] as const;
const inViews = [['export const l = <p dangerouslySetInnerHTML={{ __html: "x" }} />;', 'no-restricted-syntax']] as const;

/** The rules that each line breaks, as if the lines were all of a file. */
async function broken(file: string, lines: readonly string[]): Promise<readonly (readonly string[])[]> {
  const [{ messages }] = (await eslint.lintText(lines.join('\n'), { filePath: path.join(root, file) })) as [ESLint.LintResult];
  return lines.map((_, at) => messages.filter(({ line }) => line === at + 1).map(({ ruleId, message }) => ruleId ?? message));
}

describe('ESLint', () => {
  it.each([
    ['src/core/text.ts', forbidden],
    ['src/host/log.ts', [...forbidden, ...inHost]],
    ['src/extension.ts', [...forbidden, ...inHost]],
    ['src/training/main.ts', forbidden],
    ['src/cli/main.ts', forbidden],
    ['webview/run/run.tsx', [...forbidden, ...inViews]],
    ['webview/export/page.ts', forbidden],
  ] as const)('names everything in %s that would run text, ask a shell or use a network', async (file, lines) => {
    const found = await broken(file, lines.map(([code]) => code));
    expect(lines.filter(([, rule], at) => !found[at]!.includes(rule))).toEqual([]);
  }, 120_000);

  it('lets child processes without a shell be', async () => {
    const [rules] = await broken('src/protocol/forkedProcess.ts', ['import { fork } from "node:child_process";']);
    expect(rules).not.toContain('no-restricted-syntax');
  }, 120_000);
});
