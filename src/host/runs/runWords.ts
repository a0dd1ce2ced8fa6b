import { fullName, shortName } from '../../core/run/runName';
import type { ListedRun } from '../../store/run/runFolder';
import { statusNames, totalEpochs } from '../../core/run/runRecord';
import { dayAndTime, describeEngine, duration, percent, plural } from '../../core/text';

// How lists name a run. Nothing here needs VS Code.

/** How well it does, or how it stands. */
export function runResult({ run }: Pick<ListedRun, 'run'>): string {
  return run.valAccuracy === undefined ? statusNames[run.status] : percent(run.valAccuracy);
}

/** What stands beside the result: name and date. */
export function runDescription(listed: Pick<ListedRun, 'run' | 'title'>): string {
  return `${shortName(listed)}, ${dayAndTime(listed.run.created)}`;
}

/** What a screen reader says: how a run stands is otherwise an icon. */
export function runLabel(listed: Pick<ListedRun, 'run' | 'title'>): string {
  const result = runResult(listed);
  const status = statusNames[listed.run.status];
  return [result, runDescription(listed), ...(result === status ? [] : [status.toLowerCase()])].join(', ');
}

/** The facts of a run, one line each. */
export function runTooltip(listed: Pick<ListedRun, 'run' | 'title'>): string {
  const { run } = listed;
  const { config, data, engine, error, networks } = run;
  const result =
    run.valAccuracy === undefined
      ? ''
      : `, ${percent(run.valAccuracy)} of ${plural(data.validationRows, 'validation image')} right`;
  const values = Object.entries(config.overrides ?? {}).map(([name, value]) => `${name} ${value}`);
  return [
    fullName(listed),
    ...(error === undefined ? [] : [error.message]),
    `${statusNames[run.status]}${result}`,
    ...(run.bestEpoch === undefined ? [] : [`Weights of epoch ${run.bestEpoch} of ${totalEpochs(run)}`]),
    [
      `Preset ${config.preset}`,
      networks === 1 ? plural(config.epochs, 'epoch') : `${networks} networks of ${plural(config.epochs, 'epoch')}`,
      `seed ${config.seed}`,
      ...values,
    ].join(', '),
    `${plural(data.trainingRows, 'training image')} of ${data.file}`,
    `${engine.name === 'native' ? 'Native' : 'Portable'} engine, ${describeEngine(engine)}`,
    `Began ${dayAndTime(run.created)}${run.seconds === 0 ? '' : `, trained for ${duration(run.seconds)}`}`,
    `Folder ${run.id}`,
  ].join('\n');
}
