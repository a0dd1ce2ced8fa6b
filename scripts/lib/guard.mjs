// Runs a server that must end when the process that started it ends, however that ended.
// Standard input is a pipe from there, and closes with it.
//   node guard.mjs TEMPORARY_FOLDER COMMAND [ARGUMENT…]
// It leads a process group: the server and all that it started go with it. TEMPORARY_FOLDER (may be '') is removed then.
import { spawn } from 'node:child_process';
import fs from 'node:fs';

const [temporary, command, ...args] = process.argv.slice(2);
const server = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
const serverEnd = new Promise(resolve => {
  server.once('exit', resolve);
  server.once('error', error => {
    console.error(error.message);
    resolve(1);
  });
});

// Signals to the group are for the server; we stay to see it off.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
process.stdin.resume().once('close', () => process.kill(-process.pid, 'SIGTERM'));

await Promise.race([serverEnd, new Promise(resolve => process.stdin.once('close', () => setTimeout(resolve, 2000)))]);
// Children that outlived the server would go on writing to the folder: remove it when they are gone.
await new Promise(resolve => setTimeout(resolve, 100));
if (temporary) fs.rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
process.kill(-process.pid, 'SIGKILL');
