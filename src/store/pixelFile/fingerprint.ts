import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { isRecorded, type Fingerprint } from '../../core/csv/fingerprint';
import { Lru } from '../../core/lru';
import { fileError } from '../fileError';
import { openAtOnce } from '../openAtOnce';
import { readFully } from './readFully';

const SAMPLE_BYTES = 1 << 16;
/** Read and hashed at a time. */
const BLOCK_BYTES = 1 << 20;
/** From so many bytes on a thread, which takes 15 ms to begin, is the quicker way: its caller reads or shows the same file meanwhile. */
const WORTH_A_THREAD = 1 << 24;
/** A file written so shortly ago, in ms, may be written again within the same tick of the disk's clock. */
const SETTLED = 2000;
/** Files whose content is remembered: those of the views that are open. */
const MOST_KNOWN = 32;

/** Contents by place and state of the file, so that 77 MB are not read again for each epoch that a panel shows. */
const known = new Lru<string, Promise<Fingerprint>>();

/** The content of a file: 77 MB take 0.1 s, and nothing the next time unless the file was written since. Throws `read-failed`. */
export async function fingerprint(file: string): Promise<Fingerprint> {
  let handle: FileHandle | undefined;
  try {
    handle = await openAtOnce(file);
    return await rememberedOf(file, handle);
  } catch (error) {
    throw fileError('read', path.basename(file), error);
  } finally {
    await handle?.close();
  }
}

/** What was recorded is the content of the file. Throws `read-failed`. */
export async function hasFingerprint(file: string, recorded: string): Promise<boolean> {
  return isRecorded(recorded, await fingerprint(file));
}

/** The content of an open file, not remembered. Throws file system errors as they are, and the signal's reason. */
export async function fingerprintOf(handle: FileHandle, signal?: AbortSignal): Promise<Fingerprint> {
  const { size } = await handle.stat();
  signal?.throwIfAborted();
  const hash =
    size < WORTH_A_THREAD
      ? hashHere(handle, size, signal)
      : hashInThread(handle, size, signal).catch(() => hashHere(handle, size, signal));
  return { full: `sha256:${await hash}`, sampled: await sampledOf(handle, size) };
}

async function rememberedOf(file: string, handle: FileHandle): Promise<Fingerprint> {
  const { dev, ino, size, mtimeNs, ctimeNs, mtimeMs } = await handle.stat({ bigint: true });
  const key = [path.resolve(file), dev, ino, size, mtimeNs, ctimeNs].join('\n');
  const found = known.use(key);
  if (found) return found;
  const finding = fingerprintOf(handle);
  if (Date.now() - Number(mtimeMs) > SETTLED) {
    known.set(key, finding);
    known.trim(MOST_KNOWN);
    finding.catch(() => known.delete(key));
  }
  return finding;
}

async function hashHere(handle: FileHandle, size: number, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const block = Buffer.allocUnsafe(Math.min(BLOCK_BYTES, size));
  for (let position = 0; position < size;) {
    signal?.throwIfAborted();
    const { bytesRead } = await handle.read(block, 0, Math.min(block.length, size - position), position);
    if (bytesRead === 0) break;
    hash.update(block.subarray(0, bytesRead));
    position += bytesRead;
  }
  return hash.digest('hex');
}

/** Threads of a process share its open files. */
const threadCode = `
const { createHash } = require('node:crypto');
const { readSync } = require('node:fs');
const { parentPort, workerData } = require('node:worker_threads');
const { fd, size, blockBytes } = workerData;
const hash = createHash('sha256');
const block = Buffer.allocUnsafe(blockBytes);
for (let position = 0; position < size; ) {
  const bytes = readSync(fd, block, 0, Math.min(blockBytes, size - position), position);
  if (bytes === 0) break;
  hash.update(block.subarray(0, bytes));
  position += bytes;
}
parentPort.postMessage(hash.digest('hex'));
`;

/** Rejects where the system has no thread left, where the file can't be read, and once the signal is aborted. */
function hashInThread({ fd }: FileHandle, size: number, signal?: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(threadCode, { eval: true, workerData: { fd, size, blockBytes: BLOCK_BYTES } });
    signal?.addEventListener('abort', () => void worker.terminate(), { once: true });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', code => reject(new Error(`the thread that hashes ended with code ${code}`)));
  });
}

async function sampledOf(handle: FileHandle, size: number): Promise<string> {
  const hash = createHash('sha256');
  for (const position of [0, Math.max(SAMPLE_BYTES, size - SAMPLE_BYTES)]) {
    hash.update(await readFully(handle, Buffer.alloc(SAMPLE_BYTES), position));
  }
  return `${size}-${hash.digest('hex')}`;
}
