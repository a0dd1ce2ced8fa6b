import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { roomOf, rooms } from '../../scripts/lib/rooms.mjs';
import { root, sources } from './support/sources';

/** The sources that a source imports, types included. */
function importsOf(file: string): readonly string[] {
  const { importedFiles } = ts.preProcessFile(fs.readFileSync(path.join(root, file), 'utf8'), true, true);
  return importedFiles.flatMap(({ fileName }) => {
    const base = path.posix.join(path.posix.dirname(file), fileName);
    return sources.filter(source => source === base || source.replace(/(\.d)?\.tsx?$/, '') === base);
  });
}

describe('rooms', () => {
  it('hold every source', () => {
    expect(sources.filter(file => roomOf(file) === undefined)).toEqual([]);
  });

  it('are imported from in no circle: each may import only rooms before it', () => {
    const names = rooms.map(({ name }) => name);
    const outOfOrder = rooms.flatMap(({ name, mayImport }, at) =>
      mayImport.filter(other => !names.slice(0, at).includes(other)).map(other => `${name} → ${other}`),
    );
    expect(outOfOrder).toEqual([]);
  });

  it('allow no import that no source makes', () => {
    const made = new Set(
      sources.flatMap(file => importsOf(file).map(other => `${roomOf(file)!.name} → ${roomOf(other)!.name}`)),
    );
    const allowed = rooms.flatMap(({ name, mayImport }) => mayImport.map(other => `${name} → ${other}`));
    expect(allowed.filter(arrow => !made.has(arrow))).toEqual([]);
  });

  it('have no import cycle, types included', () => {
    const graph = new Map(sources.map(file => [file, importsOf(file)]));
    const state = new Map<string, 'open' | 'done'>();
    const cycles: string[] = [];
    const visit = (file: string, trail: readonly string[]): void => {
      if (state.get(file) === 'done') return;
      if (state.get(file) === 'open') return void cycles.push([...trail.slice(trail.indexOf(file)), file].join(' → '));
      state.set(file, 'open');
      for (const other of graph.get(file)!) visit(other, [...trail, file]);
      state.set(file, 'done');
    };
    for (const file of sources) visit(file, []);
    expect(cycles).toEqual([]);
  });
});
