import path from 'node:path';
import { ESLint, Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';

// What lint holds all of src/ to, tried with code that breaks it.

const root = path.resolve(import.meta.dirname, '../..');
const eslint = new ESLint({ cwd: root });

/** What the rule of this module of src/ says of code; without types, which it does not need and which take long. */
async function complaints(code: string, file = 'src/core/run/titleFile.ts'): Promise<readonly string[]> {
  const { rules } = (await eslint.calculateConfigForFile(path.join(root, file))) as Linter.Config;
  const only = { 'no-restricted-syntax': rules!['no-restricted-syntax'] ?? 'off' } as Linter.RulesRecord;
  const found = new Linter().verify(code, { files: ['**/*.ts'], languageOptions: { parser: tseslint.parser as Linter.Parser }, rules: only }, 'code.ts');
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
    ['a handle', 'import { open } from "node:fs/promises"; const handle = await open("a"); await handle.writeFile("b");'],
    ['VS Code\'s own', 'import * as vscode from "vscode"; await vscode.workspace.fs.writeFile(vscode.Uri.file("a"), new Uint8Array());'],
    ['a rename', 'import fs from "node:fs/promises"; await fs.rename("a", "b");'],
    ['a part of the module', 'import fs from "node:fs"; const { writeFile } = fs; writeFile("a", "b", () => undefined);'],
  ])('lets no module write a file past the atomic writer: %s', async (_, code) => {
    expect(await complaints(code)).toContain('Only src/core/atomicFile.ts writes files, so that none is ever half-written.');
  });

  it('lets that one write, and everybody read', async () => {
    expect(await complaints('import { open, rename } from "node:fs/promises"; await open("a", "wx"); await rename("a", "b");', 'src/core/atomicFile.ts')).toEqual([]);
    expect(await complaints('import fs from "node:fs/promises"; await fs.open("a", "r"); await fs.readFile("a"); await fs.rm("a");')).toEqual([]);
  });
});
