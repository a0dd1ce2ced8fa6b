import fs from 'node:fs';
import path from 'node:path';

/** A process of the training bundle whose main thread is taken and never given back. */
export interface Spinning {
  /** Of the process that is to start it. */
  readonly environment: { readonly NODE_OPTIONS: string };
  /** Resolves once it spins. */
  begun(): Promise<void>;
}

/** Has the training process, or with "worker" one that computes for it, compute without end as soon as it is asked for `method`. */
export function spinning(folder: string, role: 'worker' | undefined, method: string): Spinning {
  const script = path.join(folder, `spin-${role ?? 'training'}.cjs`);
  const mark = `${script}.begun`;
  // Loaded before the bundle, so that it hears of the call first.
  fs.writeFileSync(
    script,
    `
    if (require('worker_threads').isMainThread && /training\\.js$/.test(process.argv[1] ?? '') && process.argv[2] === ${JSON.stringify(role)}) {
      process.on('message', message => {
        if (message.method !== ${JSON.stringify(method)}) return;
        require('fs').writeFileSync(${JSON.stringify(mark)}, '');
        for (;;);
      });
    }`,
  );
  return {
    environment: { NODE_OPTIONS: `--require ${script}` },
    begun: async () => {
      while (!fs.existsSync(mark)) await new Promise(resolve => setTimeout(resolve, 20));
    },
  };
}
