import { spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isFullRun } from '../fullRun';
import { stressCount } from '../stressCount';
import { markProcesses } from '../vscode/markedProcesses';
import { watchNetwork } from '../watchNetwork';
import { smallData } from './smallData';

// Nothing leaves the machine: neither the command line nor a process that it starts has a socket of a network, whatever it does.

const cli = path.resolve(import.meta.dirname, '../../dist/cli.js');
const preload = new URL('noteNetwork.mjs', import.meta.url).href;

let folder: string;
const log = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'digits-network-')), 'log');
beforeAll(() => (folder = smallData(300, 20)));
afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.rmSync(path.dirname(log), { recursive: true, force: true });
});

/** Runs a Node program; tells what it and all that it started did with a network: as Node has it, and as the system has it. */
async function watched(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  fs.writeFileSync(log, '');
  const { env, running } = markProcesses();
  const watch = watchNetwork(running);
  const child = spawn(process.execPath, [...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env, ...environment, NODE_OPTIONS: `--import ${preload}`, DIGITS_NETWORK_LOG: log },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const code = await new Promise(resolve => child.once('close', resolve));
  return { code, output, noted: fs.readFileSync(log, 'utf8'), sockets: watch.stop(), seen: [...watch.seen()] };
}

/** These work as one of the first does, or start no process: tried in full. */
const others: readonly (readonly [string, readonly string[]])[] = [
  ['evaluates', ['evaluate', 'train.csv']],
  ['lists runs', ['runs']],
  ['inspects', ['inspect']],
];
/** Trainings load the native engine, and what predicts the portable one. */
const portable = { DIGITS_ENGINE_DIR: path.join(path.dirname(log), 'none') };

describe('the command line', () => {
  it.each<readonly [string, readonly string[]]>([
    ['trains', ['train', '--preset', 'quick', '--epochs', '2', '--engine', 'native']],
    ['writes a submission', ['submit']],
    ['exports', ['export', '--out', 'OUT']],
    ...others.slice(0, stressCount(0, others.length)),
  ])('%s without a network', async (_, [command, ...rest]) => {
    const result = await watched(
      [cli, command!, folder, ...rest.map(argument => (argument === 'OUT' ? path.join(folder, 'page') : argument))],
      command === 'train' ? {} : portable,
    );
    expect(result.output).not.toMatch(/failed/i);
    expect(result).toMatchObject({ code: 0, noted: '', sockets: [] });
    // The workers were looked at, too.
    if (process.platform === 'linux' && command === 'train')
      expect(result.seen.some(line => line.endsWith('training.js worker'))).toBe(true);
  });

  it.runIf(isFullRun)('checks the engines without a network', async () => {
    expect(await watched([cli, 'engine'])).toMatchObject({ code: 0, noted: '', sockets: [] });
  });
});

describe('a program that uses a network', () => {
  it.each([
    ['fetch', 'fetch(address)', 'connect'],
    ['http', 'require("node:http").get(address)', 'connect'],
    ['a name', 'require("node:dns").lookup("localhost", () => undefined)', 'lookup'],
    [
      'a datagram',
      'const s = require("node:dgram").createSocket("udp4"); s.send("x", 9, "127.0.0.1", () => setTimeout(() => s.close(), 500))',
      'send',
    ],
    [
      'a server',
      'const s = require("node:net").createServer().listen(0, () => setTimeout(() => s.close(), 500))',
      'listen',
    ],
  ])('would be noticed: %s', async (_, code, what) => {
    const server = http.createServer((_, response) => void setTimeout(() => response.end(), 500));
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
    const { noted, sockets } = await watched(['-e', `const address = ${JSON.stringify(address)}; ${code}`]);
    server.close();
    expect(noted).toMatch(new RegExp(`^${what}\\b`, 'm'));
    if (process.platform === 'linux' && what !== 'lookup') expect(sockets.length).toBeGreaterThan(0);
  });
});
