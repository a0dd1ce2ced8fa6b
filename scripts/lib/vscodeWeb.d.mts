export const quietSettings: Readonly<Record<string, unknown>>;
export function settingsFile(folder: string): string;
export function installVsix(folder: string, vsix: string): Promise<void>;
export function freePort(port?: number): Promise<number>;

export interface ServerOptions {
  readonly folder: string;
  readonly port: number;
  readonly token: string;
  readonly trust?: boolean;
  readonly temporary?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Server {
  readonly address: string;
  readonly ended: Promise<void>;
  log(): string;
  stop(): Promise<void>;
}

export function startServer(options: ServerOptions): Promise<Server>;
