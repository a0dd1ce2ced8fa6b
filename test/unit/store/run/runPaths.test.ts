import fs from 'node:fs';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import {
  dataFolderOf,
  homeOf,
  isRunFolder,
  runFolderOf,
  runsFolder,
  runsFolders,
  setRunsRoot,
} from '../../../../src/store/run/runPaths';
import { temporaryFolder } from '../../support/temporaryFolder';

const folder = temporaryFolder();
const id = '2026-11-22-161005-notebook-4f03a91c';
afterEach(() => setRunsRoot(undefined));

it('keeps runs beside their data', () => {
  const data = path.resolve('/home/me/data');
  expect(runsFolders(data)).toEqual([path.join(data, '.digits', 'runs')]);
  expect(dataFolderOf(path.join(runsFolder(data), id))).toBe(data);
});

it('keeps runs in a folder of their own, by which their data are found again', () => {
  const data = path.resolve('/home/me/data');
  const root = path.resolve('/runs');
  setRunsRoot(root);
  const run = path.join(runsFolder(data), id);
  expect(run.startsWith(root + path.sep)).toBe(true);
  expect(dataFolderOf(run)).toBe(data);
  expect(homeOf(run).startsWith(root + path.sep)).toBe(true);
  expect(isRunFolder(run)).toBe(true);
  // A folder whose name only begins in the same way is another one.
  const other = path.join(`${root}s`, '.digits', 'runs', id);
  expect(dataFolderOf(other)).toBe(`${root}s`);
});

it('still knows the data of runs in a folder that was named before', async () => {
  const data = path.resolve('/home/me/data');
  setRunsRoot(folder.path);
  const run = path.join(runsFolder(data), id);
  fs.mkdirSync(run, { recursive: true });
  for (const root of [path.resolve('/other'), undefined]) {
    setRunsRoot(root);
    expect(dataFolderOf(run)).toBe(data);
    expect(runFolderOf(data, id)).toBe(run);
    // New ones go to the new place, and only what is there or beside the data is listed.
    expect(runsFolders(data).some(place => run.startsWith(place))).toBe(false);
  }
});

it('knows the data of runs beside them where the folder for runs holds the data itself', async () => {
  const data = path.join(folder.path, 'inner');
  const beside = path.join(data, '.digits', 'runs', id);
  fs.mkdirSync(beside, { recursive: true });
  fs.writeFileSync(path.join(data, 'train.csv'), '');
  setRunsRoot(folder.path);
  expect(dataFolderOf(beside)).toBe(data);
  const run = path.join(runsFolder(data), id);
  fs.mkdirSync(run, { recursive: true });
  expect(dataFolderOf(run)).toBe(data);
});

it('finds a run beside its data though new ones lie elsewhere', async () => {
  const data = path.dirname(await folder.write('train.csv', ''));
  const beside = path.join(data, '.digits', 'runs', id);
  fs.mkdirSync(beside, { recursive: true });
  setRunsRoot(path.resolve('/runs'));
  expect(runFolderOf(data, id)).toBe(beside);
  expect(dataFolderOf(beside)).toBe(data);
  expect(isRunFolder(beside)).toBe(true);
  expect(runFolderOf(data, 'another')).toBe(path.join(runsFolder(data), 'another'));
  expect(runsFolders(data)).toHaveLength(2);
});
