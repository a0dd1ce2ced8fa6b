import path from 'node:path';
import { ESLint, Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { forbiddenTo, guarded, roomOf, rooms } from '../../scripts/lib/rooms.mjs';
import { root, sources } from './support/sources';

// What lint holds the sources to, tried with code that breaks it.

const eslint = new ESLint({ cwd: root });

/** What the rule of this module of src/ says of code; without types, which it does not need and which take long. */
async function complaints(code: string, file = 'src/store/run/titleFile.ts'): Promise<readonly string[]> {
  const { rules } = (await eslint.calculateConfigForFile(path.join(root, file))) as Linter.Config;
  const only = { 'no-restricted-syntax': rules!['no-restricted-syntax'] ?? 'off' } as Linter.RulesRecord;
  const found = new Linter().verify(
    code,
    { files: ['**/*.ts'], languageOptions: { parser: tseslint.parser as Linter.Parser }, rules: only },
    'code.ts',
  );
  expect(found.filter(({ fatal }) => fatal)).toEqual([]);
  return found.map(({ message }) => message);
}

describe('lint', () => {
  it.each([
    ['a function of node:fs', 'import fs from "node:fs"; fs.writeFileSync("a", "b");'],
    ['a promise of node:fs', 'import fs from "node:fs/promises"; await fs.appendFile("a", "b");'],
    ['an import of it', 'import { copyFile as c } from "node:fs/promises"; await c("a", "b");'],
    ['a stream', 'import fs from "node:fs"; fs.createWriteStream("a");'],
    ['a file opened to write', 'import { open } from "node:fs/promises"; await open("a", "w");'],
    ['a file opened by numbers', 'import fs from "node:fs"; fs.openSync("a", fs.constants.O_RDWR);'],
    [
      'a handle',
      'import { open } from "node:fs/promises"; const handle = await open("a"); await handle.writeFile("b");',
    ],
    [
      "VS Code's own",
      'import * as vscode from "vscode"; await vscode.workspace.fs.writeFile(vscode.Uri.file("a"), new Uint8Array());',
    ],
    ['a rename', 'import fs from "node:fs/promises"; await fs.rename("a", "b");'],
    [
      'a part of the module',
      'import fs from "node:fs"; const { writeFile } = fs; writeFile("a", "b", () => undefined);',
    ],
  ])('lets no module write a file past the atomic writer: %s', async (_, code) => {
    expect(await complaints(code)).toContain(
      'Only src/store/atomicFile.ts writes files, so that none is ever half-written.',
    );
  });

  it('lets that one write, and everybody read', async () => {
    expect(
      await complaints(
        'import { open, rename } from "node:fs/promises"; await open("a", "wx"); await rename("a", "b");',
        'src/store/atomicFile.ts',
      ),
    ).toEqual([]);
    expect(
      await complaints(
        'import fs from "node:fs/promises"; await fs.open("a", "r"); await fs.readFile("a"); await fs.rm("a");',
      ),
    ).toEqual([]);
  });
});

/** Code, one line each, and the rule that it breaks. */
const forbidden: readonly (readonly [string, string])[] = [
  ['export const a = eval("1");', 'no-eval'],
  ['export const b = new Function("1");', 'no-new-func'],
  ['setTimeout("1", 1);', '@typescript-eslint/no-implied-eval'],
  ['export const c = (e: { innerHTML: string }) => (e.innerHTML = "x");', 'no-restricted-syntax'],
  [
    'export const d = (e: { insertAdjacentHTML(a: string): void }) => e.insertAdjacentHTML("x");',
    'no-restricted-syntax',
  ],
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
const inViews = [
  ['export const l = <p dangerouslySetInnerHTML={{ __html: "x" }} />;', 'no-restricted-syntax'],
] as const;

/** The rules that each line breaks, as if the lines were all of a file. */
async function broken(file: string, lines: readonly string[]): Promise<readonly (readonly string[])[]> {
  const [{ messages }] = (await eslint.lintText(lines.join('\n'), { filePath: path.join(root, file) })) as [
    ESLint.LintResult,
  ];
  return lines.map((_, at) =>
    messages.filter(({ line }) => line === at + 1).map(({ ruleId, message }) => ruleId ?? message),
  );
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
  ] as const)(
    'names everything in %s that would run text, ask a shell or use a network',
    async (file, lines) => {
      const found = await broken(
        file,
        lines.map(([code]) => code),
      );
      expect(lines.filter(([, rule], at) => !found[at]!.includes(rule))).toEqual([]);
    },
    120_000,
  );

  it('refuses what is imported late, where it sees nothing of whom', async () => {
    const late = [
      'export const a = () => import(`../store/fileError`);',
      'export const b = () => import("vscode");',
      'export const c = () => import("node:http");',
    ];
    for (const file of ['src/core/text.ts', 'src/host/log.ts', 'src/store/fileError.ts', 'webview/run/run.tsx'])
      expect(await broken(file, late)).toEqual(late.map(() => expect.arrayContaining(['no-restricted-syntax'])));
  }, 120_000);

  it('keeps from core what only Node or only a browser has, by whatever name', async () => {
    const lines = ['export const a = process.pid;', 'export const b = globalThis.process.pid;'];
    expect(await broken('src/core/text.ts', lines)).toEqual([
      expect.arrayContaining(['no-restricted-globals']),
      expect.arrayContaining(['no-restricted-syntax']),
    ]);
  }, 120_000);

  it('lets child processes without a shell be', async () => {
    const [rules] = await broken('src/processes/forkedProcess.ts', ['import { fork } from "node:child_process";']);
    expect(rules).not.toContain('no-restricted-syntax');
  }, 120_000);
});

/** A source of each room, by the room's name. */
const sourceOf = new Map(rooms.map(room => [room.name, sources.find(file => roomOf(file) === room)!]));

describe('the rooms of the sources', () => {
  const onlyImports = new ESLint({
    cwd: root,
    ruleFilter: ({ ruleId }) => ruleId === 'import-x/no-restricted-paths' || ruleId === 'no-restricted-imports',
  });

  it.each(rooms.map(room => [room.name, room] as const))(
    '%s: every import that the table does not allow is refused',
    async (name, room) => {
      const file = sourceOf.get(name)!;
      const others = forbiddenTo(room).map(other =>
        path.posix.relative(path.posix.dirname(file), sourceOf.get(other.name)!).replace(/(\.d)?\.tsx?$/, ''),
      );
      const packages = Object.entries(guarded)
        .filter(([group]) => !room.packages.includes(group))
        .flatMap(([, { examples }]) => examples);
      const up = path.posix.relative(path.posix.dirname(file), '.');
      const outside = ['scripts/lib/rooms.mjs', 'test/stressCount', 'bench/lib/table.mjs'].map(
        place => `${up}/${place}`,
      );
      const specifiers = [
        ...others.map(other => (other.startsWith('.') ? other : `./${other}`)),
        ...packages,
        ...outside,
      ];
      const [{ messages }] = (await onlyImports.lintText(
        specifiers.map(specifier => `import type {} from '${specifier}';`).join('\n'),
        { filePath: path.join(root, file) },
      )) as [ESLint.LintResult];
      const refused = new Set(messages.map(({ line }) => specifiers[line - 1]));
      expect(specifiers.filter(specifier => !refused.has(specifier))).toEqual([]);
      expect(specifiers.length).toBeGreaterThan(0);
    },
    60_000,
  );
});
