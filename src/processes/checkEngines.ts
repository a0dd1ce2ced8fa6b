import os from 'node:os';
import { DigitsError } from '../core/errors';
import { engineNames, type EngineReport, type EngineResult } from '../core/engineReport';
import type { EngineChoice, EngineName } from '../core/run/runRecord';
import type { TrainingProcess } from './trainingProcess';

/** Measures both engines, one after the other; those that do not run here are in the report with the reason. */
export async function checkEngines(
  { rpc }: TrainingProcess,
  choice: EngineChoice,
  onMeasuring: (name: EngineName) => void,
): Promise<EngineReport> {
  const results: Partial<Record<EngineName, EngineResult>> = {};
  for (const name of engineNames) {
    onMeasuring(name);
    results[name] = await rpc.call('measureEngine', name).catch((error: unknown): EngineResult => {
      if (error instanceof DigitsError && (error.code === 'no-engine' || error.code === 'engine-died'))
        return { error };
      throw error;
    });
  }
  return { choice, results: results as EngineReport['results'] };
}

/** This computer, as far as it matters to speed. */
export function describeMachine(): string {
  const model = os.cpus()[0]?.model.trim();
  return `${process.platform} ${process.arch}, ${os.availableParallelism()} processors${model ? ` (${model})` : ''}, Node ${process.versions.node}`;
}
