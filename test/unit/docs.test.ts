import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { rooms, roomsTable } from '../../scripts/lib/rooms.mjs';
import { root } from './support/sources';

const pages = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'],
  ...fs
    .readdirSync(path.join(root, 'docs'))
    .filter(name => name.endsWith('.md'))
    .map(name => `docs/${name}`),
];
const textOf = (page: string): string => fs.readFileSync(path.join(root, page), 'utf8');
const exists = (file: string): boolean =>
  ['', '.ts', '.tsx', '.test.ts', '.test.tsx'].some(end => fs.existsSync(path.join(root, file + end)));

describe('the documentation', () => {
  it('shows the table of rooms that lint holds the sources to', () => {
    expect(textOf('docs/architecture.md')).toContain(roomsTable());
    expect(roomsTable().split('\n')).toHaveLength(rooms.length + 2);
  });

  it.each(pages)('%s links to files that exist', page => {
    const links = [...textOf(page).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, link]) => link!);
    expect(links.filter(link => !exists(path.posix.join(path.posix.dirname(page), link)))).toEqual([]);
  });

  it.each(pages)('%s names sources, tests and scripts that exist', page => {
    const named = [...textOf(page).matchAll(/`((?:src|webview|test|scripts|bench|docs|media)\/[\w./-]*)`/g)].map(
      ([, file]) => file!,
    );
    const generated = /^bench\/out\//;
    expect(named.filter(file => !generated.test(file) && !exists(file))).toEqual([]);
  });
});
