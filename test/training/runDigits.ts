import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';

const cli = path.resolve(import.meta.dirname, '../../dist/cli.js');

export interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output as the objects it holds. */
  readonly events: () => Record<string, unknown>[];
}

export interface RunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Runs it as another user; only root may. */
  readonly uid?: number;
  /** In 512 bytes: no file may be larger. */
  readonly fileLimit?: number;
  /** No more files may be open at once in any of its processes. */
  readonly openLimit?: number;
  /** Its user may have no more processes and threads; nothing to root. */
  readonly processLimit?: number;
  /** May act on what it prints. */
  readonly onLine?: (line: string, child: ChildProcess) => void;
}

/** Runs `digits` with these arguments to its end. */
export function runDigits(
  args: readonly string[],
  { cwd, env = {}, uid, fileLimit, openLimit, processLimit, onLine }: RunOptions,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const program = [process.execPath, cli, ...args];
    const limits = [
      ...(fileLimit === undefined ? [] : [`ulimit -f ${fileLimit}`]),
      ...(openLimit === undefined ? [] : [`ulimit -n ${openLimit}`]),
      // Dash has another name for it.
      ...(processLimit === undefined ? [] : [`ulimit -u ${processLimit} 2>&- || ulimit -p ${processLimit}`]),
    ];
    const [command, ...rest] =
      limits.length === 0 ? program : ['sh', '-c', `${limits.join('; ')}; exec "$@"`, 'sh', ...program];
    const child = spawn(command!, rest, {
      cwd,
      env: { ...process.env, ...env },
      ...(uid !== undefined && { uid, gid: uid }),
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      for (const line of text.split('\n')) onLine?.(line, child);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', code =>
      resolve({
        code,
        stdout,
        stderr,
        events: () =>
          stdout
            .trimEnd()
            .split('\n')
            .map(line => JSON.parse(line) as Record<string, unknown>),
      }),
    );
  });
}
