import fs from 'node:fs';
import type { MarkedProcess } from './vscode/markedProcesses';

/** A socket of a process that a network could reach, or that reaches one. */
export interface InetSocket extends MarkedProcess {
  readonly protocol: string;
  /** As /proc has it: the address and port in hexadecimal. */
  readonly local: string;
  readonly remote: string;
}

const protocols = ['tcp', 'tcp6', 'udp', 'udp6', 'raw', 'raw6'] as const;
/** Between two looks, in ms: a name that is looked up takes longer. */
const often = 100;

/**
 * Looks again and again for sockets of some processes that are of a network, those of libraries included: /proc tells them
 * from pipes and from sockets of the file system. Linux alone; elsewhere nothing is found.
 */
export function watchNetwork(processes: () => readonly MarkedProcess[]): {
  readonly seen: () => ReadonlySet<string>;
  readonly stop: () => readonly InetSocket[];
} {
  const found = new Map<string, InetSocket>();
  const seen = new Set<string>();
  /** Sockets of the file system, which nobody has to look at again. */
  const local = new Set<string>();
  const look = (): void => {
    for (const each of processes()) {
      seen.add(each.command);
      for (const socket of socketsOf(each, local))
        found.set([socket.pid, socket.protocol, socket.local, socket.remote].join(), socket);
    }
  };
  const timer = setInterval(look, often);
  return {
    seen: () => seen,
    stop: () => {
      clearInterval(timer);
      return [...found.values()];
    },
  };
}

function socketsOf(each: MarkedProcess, local: Set<string>): readonly InetSocket[] {
  const inodes = new Set(
    linksIn(`/proc/${each.pid}/fd`)
      .flatMap(link => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? [])
      .filter(inode => !local.has(inode)),
  );
  if (inodes.size === 0) return [];
  for (const line of textOf(`/proc/${each.pid}/net/unix`).split('\n')) {
    const inode = line.trim().split(/\s+/)[6] ?? '';
    if (inodes.delete(inode)) local.add(inode);
  }
  if (inodes.size === 0) return [];
  return protocols.flatMap(protocol => {
    const lines = textOf(`/proc/${each.pid}/net/${protocol}`)
      .split('\n')
      .slice(1)
      .map(line => line.trim().split(/\s+/));
    return lines
      .filter(fields => inodes.has(fields[9] ?? ''))
      .map(fields => ({ ...each, protocol, local: fields[1]!, remote: fields[2]! }));
  });
}

/** None where the process is gone. */
function linksIn(folder: string): readonly string[] {
  try {
    return fs.readdirSync(folder).flatMap(name => {
      try {
        return [fs.readlinkSync(`${folder}/${name}`)];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}

function textOf(file: string): string {
  try {
    return fs.readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
