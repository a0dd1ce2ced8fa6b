import { toErrorData } from '../core/errors';
import { chosenEngine, engineLine, engineNames, engineSentence, speedNote } from '../core/engineReport';
import type { EngineChoice } from '../core/run/runRecord';
import { checkEngines, describeMachine } from '../processes/checkEngines';
import type { Output } from './output';
import { inTrainingProcess } from './session';

/** `digits engine`. Throws where the engine that was asked for does not run, after telling of the other. */
export async function engineCommand(choice: EngineChoice, output: Output): Promise<void> {
  const report = await inTrainingProcess(
    {},
    child =>
      checkEngines(child, choice, name =>
        output.bar(engineNames.indexOf(name) / engineNames.length, `measuring the ${name} engine`),
      ),
    output,
  );
  const machine = describeMachine();
  output.event({ event: 'machine', description: machine }, machine);
  for (const name of engineNames) {
    const result = report.results[name];
    output.event(
      'error' in result
        ? { event: 'engine', name, error: toErrorData(result.error) }
        : { event: 'engine', ...result.engine, imagesPerSecond: result.imagesPerSecond },
      engineLine(report, name),
    );
  }
  const message = engineSentence(report);
  output.event({ event: 'done', choice, engine: chosenEngine(report), message }, `${speedNote}\n\n${message}`);
}
