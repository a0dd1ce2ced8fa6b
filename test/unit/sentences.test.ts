import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const sources = ['src', 'webview'].flatMap(folder =>
  fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => /\.tsx?$/.test(name))
    .map(name => path.join(folder, name)),
);

/** Every node of every source. */
function* nodes(): Generator<readonly [file: string, node: ts.Node]> {
  for (const file of sources) {
    const text = fs.readFileSync(path.join(root, file), 'utf8');
    if (!text.includes('sentence`') && !text.includes('DigitsError(')) continue;
    const waiting: ts.Node[] = [ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)];
    for (let node = waiting.pop(); node; node = waiting.pop()) {
      yield [file, node];
      ts.forEachChild(node, child => void waiting.push(child));
    }
  }
}

/** The template of a literal: "There is no file {0}." */
function templateOf(literal: ts.TemplateLiteral): string {
  if (ts.isNoSubstitutionTemplateLiteral(literal)) return literal.text;
  return literal.head.text + literal.templateSpans.map(({ literal: { text } }, i) => `{${i}}${text}`).join('');
}

describe('the sentences of Digits', () => {
  const templates = [...nodes()].flatMap(([file, node]) =>
    ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'sentence'
      ? [[file, templateOf(node.template)] as const]
      : [],
  );

  it('are sentences: they begin with a capital letter, a name or a number, and end with a full stop', () => {
    expect(templates.length).toBeGreaterThan(130);
    const odd = templates.filter(([, text]) => !/^(?:[A-Z"]|\{0\})/.test(text) || !/[.}]$/.test(text));
    expect(odd).toEqual([]);
  });

  it('hold their arguments as arguments, so that they can be translated', () => {
    const said = [...nodes()].flatMap(([file, node]) => {
      if (!ts.isNewExpression(node) || node.expression.getText() !== 'DigitsError') return [];
      const message = node.arguments?.[1];
      return message && (ts.isStringLiteralLike(message) || ts.isTemplateExpression(message))
        ? [`${file}: ${message.getText()}`]
        : [];
    });
    expect(said).toEqual([]);
  });
});
