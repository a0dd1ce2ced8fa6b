import { parseArgs } from 'node:util';
import { mostEpochs } from '../core/bounds';
import { count } from '../core/text';
import { DigitsError, toErrorData } from '../core/errors';
import { parseOverrides, type Overrides } from '../core/overrides';
import { defaultPreset, presets } from '../core/presets';
import type { PresetName } from '../core/presets';
import { engineCommand } from './engine';
import { evaluateCommand } from './evaluate';
import { exportCommand } from './export';
import { ignoresHangUp } from './hangUp';
import { inspect } from './inspect';
import { Output } from './output';
import { listRunsCommand } from './runs';
import { submitCommand } from './submit';
import { resumeCommand, trainCommand } from './train';
import { setRunsRoot } from '../store/run/runPaths';
import { commands, usage, type Command } from './usage';

const exitCodes = { done: 0, failed: 1, usage: 2, cancelled: 130 } as const;

/** A command line that can't be: the message says what is wrong with it. */
class UsageError extends Error {}

const options = {
  preset: { type: 'string' },
  epochs: { type: 'string' },
  seed: { type: 'string' },
  engine: { type: 'string' },
  limit: { type: 'string' },
  set: { type: 'string', multiple: true },
  'all-rows': { type: 'boolean' },
  'skip-bad-rows': { type: 'boolean' },
  unlabelled: { type: 'string' },
  resume: { type: 'string' },
  run: { type: 'string' },
  out: { type: 'string' },
  runs: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

type OptionName = keyof typeof options;

const allowed: Readonly<Record<Command, readonly OptionName[]>> = {
  inspect: [],
  train: [
    'preset',
    'epochs',
    'seed',
    'engine',
    'limit',
    'set',
    'all-rows',
    'skip-bad-rows',
    'unlabelled',
    'resume',
    'runs',
  ],
  submit: ['run', 'out', 'runs'],
  evaluate: ['run', 'runs'],
  export: ['run', 'out', 'runs'],
  runs: ['runs'],
  engine: ['engine'],
};

/** What a run that goes on has from its beginning. */
const newRunOptions = [
  'preset',
  'epochs',
  'seed',
  'engine',
  'limit',
  'set',
  'all-rows',
  'skip-bad-rows',
  'unlabelled',
] as const;

async function main(argv: readonly string[]): Promise<number> {
  // Asked for before the arguments are known to be right: a program that wants JSON gets its error as JSON too.
  const output = new Output(argv.includes('--json'));
  return output.end(await tellOutcome(argv, output));
}

/** Does what the command line says; returns its exit code. */
async function tellOutcome(argv: readonly string[], output: Output): Promise<number> {
  try {
    return await run(argv, output);
  } catch (error) {
    if (error instanceof UsageError) {
      output.fail({ code: 'usage', message: error.message });
      return exitCodes.usage;
    }
    output.fail(toErrorData(error));
    return error instanceof DigitsError && error.code === 'cancelled' ? exitCodes.cancelled : exitCodes.failed;
  }
}

async function run(argv: readonly string[], output: Output): Promise<number> {
  const { values, positionals } = parse(argv);
  const [name, folder, ...more] = positionals;
  const command = commands.find(candidate => candidate === name);
  if (values.help || name === 'help' || (name === undefined && argv.length === 0)) {
    output.text(usage[command ?? 'digits']);
    return name === undefined && !values.help ? exitCodes.usage : exitCodes.done;
  }
  if (command === undefined)
    throw new UsageError(
      `${name === undefined ? 'There is no command' : `"${name}" is no command`}; the commands are ${commands.join(', ')}.`,
    );
  const hint = `see "digits ${command} --help"`;
  for (const option of Object.keys(values) as OptionName[]) {
    if (option !== 'json' && !allowed[command].includes(option))
      throw new UsageError(`"digits ${command}" has no option --${option}; ${hint}.`);
  }
  const engine = choice(values.engine, ['auto', 'native', 'portable'], '--engine') ?? 'auto';
  if (command === 'engine') {
    if (folder !== undefined) throw new UsageError(`"digits engine" takes no folder, and "${folder}" is one; ${hint}.`);
    await engineCommand(engine, output);
    return exitCodes.done;
  }
  if (folder === undefined) throw new UsageError(`"digits ${command}" needs a folder; ${hint}.`);
  const [file, ...rest] = command === 'evaluate' ? more : [undefined, ...more];
  if (rest.length > 0 && command === 'evaluate')
    throw new UsageError(`"digits evaluate" takes one folder and one file, and "${rest[0]}" is one more; ${hint}.`);
  if (rest.length > 0)
    throw new UsageError(`"digits ${command}" takes one folder, and "${rest[0]}" is one more; ${hint}.`);

  if (values.out === '-' && command === 'export')
    throw new UsageError(`--out takes a folder here, and "-" is standard output; ${hint}.`);
  if (values.out === '-' && values.json)
    throw new UsageError(`--json and "--out -" both write to standard output; leave one of them out.`);

  if (values.runs !== undefined) setRunsRoot(values.runs);
  switch (command) {
    case 'inspect':
      await inspect(folder, output);
      break;
    case 'train':
      if (values.resume !== undefined) {
        const other = newRunOptions.find(option => values[option] !== undefined);
        if (other !== undefined)
          throw new UsageError(`--resume goes on with the run's own settings and takes no --${other}; ${hint}.`);
        await resumeCommand({ folder, runId: values.resume }, output);
        break;
      }
      await trainCommand(
        {
          folder,
          preset: choice(values.preset, Object.keys(presets) as PresetName[], '--preset') ?? defaultPreset,
          epochs: wholeNumber(values.epochs, 1, '--epochs', mostEpochs),
          seed: wholeNumber(values.seed, 0, '--seed'),
          engine,
          limit: wholeNumber(values.limit, 1, '--limit'),
          skipBadRows: values['skip-bad-rows'] ?? false,
          unlabelled: choice(values.unlabelled, ['skip', 'class'], '--unlabelled'),
          overrides: { ...readOverrides(values.set ?? []), ...(values['all-rows'] && { validationShare: 0 }) },
        },
        output,
      );
      break;
    case 'submit':
      await submitCommand({ folder, runId: values.run, out: values.out }, output);
      break;
    case 'evaluate':
      if (file === undefined) throw new UsageError(`"digits evaluate" needs a folder and a file; ${hint}.`);
      await evaluateCommand({ folder, file, runId: values.run }, output);
      break;
    case 'export':
      await exportCommand({ folder, runId: values.run, out: values.out }, output);
      break;
    case 'runs':
      await listRunsCommand(folder, output);
      break;
  }
  return exitCodes.done;
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (error) {
    // Node's own message, without its advice about "--".
    throw new UsageError(`${(error as Error).message.split('. ')[0]}; see "digits --help".`);
  }
}

/** `--set name=value`, any number of times. */
function readOverrides(settings: readonly string[]): Overrides {
  const pairs = settings.map(text => {
    const [, name, value] = /^([^=]+)=(.+)$/.exec(text) ?? [];
    if (name === undefined || value === undefined)
      throw new UsageError(`--set takes name=value, as in --set learningRate=0.01, not "${text}".`);
    return [name.trim(), value] as const;
  });
  try {
    return parseOverrides(Object.fromEntries(pairs));
  } catch (error) {
    throw error instanceof DigitsError ? new UsageError(error.message) : error;
  }
}

/** A whole number within these bounds, of 32 bits where not said, or a {@link UsageError}. */
function wholeNumber(text: string | undefined, least: number, option: string, most = 0xffffffff): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most)
    throw new UsageError(`${option} takes a whole number from ${count(least)} to ${count(most)}, not "${text}".`);
  return value;
}

function choice<T extends string>(text: string | undefined, values: readonly T[], option: string): T | undefined {
  if (text === undefined) return undefined;
  const value = values.find(candidate => candidate === text);
  if (value === undefined) throw new UsageError(`${option} takes ${values.join(', ')}, not "${text}".`);
  return value;
}

if (ignoresHangUp()) process.on('SIGHUP', () => undefined);
void main(process.argv.slice(2)).then(code => {
  process.exitCode = code;
});
