import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readHistory, readPredictions, runsFolder } from '../../src/store/run/runFolder';
import type { RunConfig } from '../../src/core/run/runRecord';
import type { ForkOptions } from '../../src/processes/forkedProcess';
import type { TrainingProcess } from '../../src/processes/trainingProcess';
import { otherNodes } from './otherNodes';
import { smallData } from './smallData';
import { startTraining } from './startTraining';

let folder: string;
let child: TrainingProcess | undefined;
beforeAll(() => (folder = smallData(300, 100)));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
afterEach(() => child?.dispose());

function start(options: ForkOptions = {}): TrainingProcess {
  child = startTraining({}, options);
  return child;
}

const config: RunConfig = {
  preset: 'quick',
  epochs: 4,
  seed: 2,
  engine: 'portable',
  overrides: { batchSize: 16, processes: 1 },
};
const job = (runId: string, changes: Partial<RunConfig> = {}) => ({
  folder,
  trainFile: path.join(folder, 'train.csv'),
  runId,
  config: { ...config, ...changes },
});
const runFolderOf = (runId: string): string => path.join(runsFolder(folder), runId);

describe('the portable engine', () => {
  it("learns what the native one learns, and either predicts with the other's network", async () => {
    const process = start();
    const portable = await process.rpc.call('train', job('portable'));
    const native = await process.rpc.call('train', job('native', { engine: 'native' }));
    expect(portable.engine).toMatchObject({ name: 'portable', library: expect.stringContaining('WebAssembly') });
    expect(portable.valAccuracy).toBeGreaterThan(0.7);
    // The same first weights, batches and steps: losses that part slowly.
    const [ours, theirs] = [await readHistory(runFolderOf('portable')), await readHistory(runFolderOf('native'))];
    expect(Math.abs(ours[0]!.loss - theirs[0]!.loss)).toBeLessThan(0.05);
    expect(native.layers).toEqual(portable.layers);

    const probabilities = async (environment: Record<string, string>): Promise<Float32Array> => {
      const predictor = start({ environment });
      await predictor.rpc.call('submit', {
        runFolder: runFolderOf('portable'),
        testFile: path.join(folder, 'test.csv'),
        sampleFile: undefined,
        outFile: path.join(folder, 'out.csv'),
      });
      predictor.dispose();
      return (await readPredictions(runFolderOf('portable'), 'test'))!.probabilities;
    };
    const byNative = await probabilities({});
    // Where TensorFlow is missing, the portable engine predicts.
    const byPortable = await probabilities({ DIGITS_ENGINE_DIR: path.join(os.tmpdir(), 'no-engine-here') });
    byPortable.forEach((value, i) => expect(Math.abs(value - byNative[i]!)).toBeLessThan(1e-4));
    expect(byPortable).not.toEqual(byNative);
  });

  it('trains where TensorFlow is not installed, and says why it is not the fast one', async () => {
    const process = start({ environment: { DIGITS_ENGINE_DIR: path.join(os.tmpdir(), 'no-engine-here') } });
    const run = await process.rpc.call('train', job('fallback', { engine: 'auto', epochs: 1 }));
    expect(run.engine).toMatchObject({ name: 'portable', note: expect.stringContaining('npm run setup') });
  });

  it.skipIf(os.availableParallelism() < 2)(
    'takes two cores for every preset, and for the notebook all of them only in native',
    async () => {
      const process = start();
      const notebook: Partial<RunConfig> = { preset: 'notebook', epochs: 1, limit: 64, overrides: { width: 0.25 } };
      const run = await process.rpc.call('train', job('notebook', notebook));
      expect(run.engine).toMatchObject({ name: 'portable', processes: 2 });
      const native = await process.rpc.call('train', job('notebook-native', { ...notebook, engine: 'native' }));
      expect(native.engine).toMatchObject({ name: 'native', processes: 1 });
    },
  );

  const compiler = ['cc', 'gcc', 'clang'].find(name => {
    try {
      execFileSync(name, ['--version'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  });
  it.skipIf(compiler === undefined)(
    'trains where TensorFlow dies of an instruction that the processor has not, and says so',
    async () => {
      const engine = path.join(folder, 'engine');
      fs.mkdirSync(path.join(engine, 'lib', 'napi-v8'), { recursive: true });
      fs.writeFileSync(
        path.join(engine, 'trap.c'),
        '#include <signal.h>\n__attribute__((constructor)) static void die(void) { raise(SIGILL); }\n',
      );
      execFileSync(compiler!, [
        '-shared',
        '-fPIC',
        '-o',
        path.join(engine, 'lib', 'napi-v8', 'tfjs_binding.node'),
        path.join(engine, 'trap.c'),
      ]);
      const process = start({ environment: { DIGITS_ENGINE_DIR: engine } });
      const run = await process.rpc.call('train', job('no-avx', { engine: 'auto', epochs: 1 }));
      expect(run.engine).toMatchObject({ name: 'portable', note: expect.stringContaining('AVX') });
      await expect(process.rpc.call('train', job('no-avx-native', { engine: 'native' }))).rejects.toMatchObject({
        code: 'engine-died',
        message: expect.stringContaining('AVX'),
      });
    },
  );

  const nodes = otherNodes();
  it.skipIf(nodes.length < 2)(
    `gives the same weights on Node ${nodes.map(({ major }) => major).join(', ')}`,
    async () => {
      const results = [];
      for (const { major, node } of nodes) {
        const process = start({ node });
        await process.rpc.call('train', job(`node-${major}`, { epochs: 2 }));
        process.dispose();
        const model = path.join(runFolderOf(`node-${major}`), 'model');
        results.push(
          fs.readFileSync(
            path.join(
              model,
              fs.readdirSync(model).find(name => name.endsWith('.bin'))!,
            ),
          ),
        );
      }
      for (const weights of results.slice(1)) expect(weights.equals(results[0]!)).toBe(true);
    },
  );
});
