import os from 'node:os';
import path from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** The folder where Digits keeps downloads for every use on this machine. */
export function cacheFolder(env: Environment): string {
  if (env['DIGITS_CACHE']) return path.resolve(env['DIGITS_CACHE']);
  switch (process.platform) {
    case 'darwin':
      return path.join(os.homedir(), 'Library', 'Caches', 'digits');
    case 'win32':
      return path.join(env['LOCALAPPDATA'] || path.join(os.homedir(), 'AppData', 'Local'), 'digits', 'Cache');
    default:
      return path.join(env['XDG_CACHE_HOME'] || path.join(os.homedir(), '.cache'), 'digits');
  }
}

/**
 * Where the native engine may be, best first: each folder has `deps/lib` with TensorFlow's libraries and
 * `lib/napi-v8/tfjs_binding.node` beside it. DIGITS_ENGINE_DIR, where set, is the only one.
 *
 * @param root the folder of the extension, or of the repository
 */
export function nativeEngineFolders(env: Environment, root: string): string[] {
  if (env['DIGITS_ENGINE_DIR']) return [path.resolve(env['DIGITS_ENGINE_DIR'])];
  return [
    path.join(root, 'engine'),
    path.join(cacheFolder(env), `engine-tf2.15.1-${process.platform}-${process.arch}`),
    path.join(root, 'node_modules', '@tensorflow', 'tfjs-node'),
  ];
}
