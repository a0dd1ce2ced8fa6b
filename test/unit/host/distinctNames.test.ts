import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { distinctNames } from '../../../src/host/distinctNames';
import { root } from '../support/sources';

const named = (...paths: string[]): readonly string[] =>
  distinctNames(paths.map(place => ({ name: place.split(/[\\/]/).at(-1)!, path: place })));

it('calls folders by their names where these differ', () => {
  expect(named('/x/a', '/x/b')).toEqual(['a', 'b']);
  expect(named('/x/data')).toEqual(['data']);
  expect(named()).toEqual([]);
});

it.each([
  [
    ['/x/a/data', '/x/b/data'],
    ['a/data', 'b/data'],
  ],
  [
    ['/x/a/data', '/x/b/data', '/x/c'],
    ['a/data', 'b/data', 'c'],
  ],
  [
    ['/a/in/data', '/b/in/data', '/b/out/data'],
    ['a/in/data', 'b/in/data', 'out/data'],
  ],
  [
    ['C:\\a\\data', 'D:\\a\\data'],
    ['C:/a/data', 'D:/a/data'],
  ],
  [
    ['/data', '/x/data'],
    ['/data', 'x/data'],
  ],
])('tells folders of one name apart by their paths: %j', (folders, names) => {
  expect(named(...folders)).toEqual(names);
});

it('tells folders apart that were given one name', () => {
  expect(
    distinctNames([
      { name: 'digits', path: '/x/first' },
      { name: 'digits', path: '/x/second' },
    ]),
  ).toEqual(['first', 'second']);
});

it('is what every pick, view and notification names folders by', () => {
  const sources = fs
    .readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts') && path.basename(file) !== 'shownPath.ts');
  const others = sources.filter(file =>
    fs.readFileSync(path.join(root, 'src', file), 'utf8').includes('asRelativePath'),
  );
  expect(others).toEqual([]);
});
