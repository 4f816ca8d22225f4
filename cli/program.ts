import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Argument, Command, CommanderError, InvalidArgumentError } from 'commander';
import { failureOf } from '#core/failure';
import type { Environment } from '#engine/data-folder';
import { answer } from './commands/answer';
import { checkProviders, type CheckOptions } from './commands/check-providers';
import { loras, type LorasOptions } from './commands/loras';
import { nodes } from './commands/nodes';
import { plan, type PlanOptions } from './commands/plan';
import { providers } from './commands/providers';
import { resume, type ResumeOptions } from './commands/resume';
import { run, type RunOptions } from './commands/run';
import { validate } from './commands/validate';
import { addBundleCommand } from './bundle-program';
import type { Surroundings } from './context';
import { exit, type ExitCode } from './exit';
import { addHistoryCommands } from './history-program';
import { addPicturesCommand } from './pictures-program';
import { addPodCommands } from './pods-program';
import { Output, type Stream } from './print';
import { addQueueCommands } from './queue-program';
import { withRehearsal } from './rehearse';
import { addStoreCommands } from './store-program';
import { collect, workflowOptions } from './workflow-options';

interface Json {
  json?: boolean;
}

/** What a program has of its process. */
export interface World {
  environment: Environment;
  /** Paths are relative to it. */
  directory: string;
  out: Stream;
  errors: Stream;
}

function dollars(text: string): number {
  const amount = Number(text);
  if (text.trim() === '' || !Number.isFinite(amount) || amount < 0)
    throw new InvalidArgumentError('It is an amount of US dollars, such as 5 or 0.50.');
  return amount;
}

function version(): string {
  const file = readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8');
  return (JSON.parse(file) as { version: string }).version;
}

const json = ['--json', 'print JSON on standard output, words on standard error'] as const;
const setting = [
  '--setting <PROVIDER.NAME=VALUE>',
  'a setting of a provider for this time, or imageHost=HOST; may be repeated',
  collect,
] as const;

const price = [
  '--price <PROVIDER/MODEL=USD>',
  'what you pay for one picture there, for this time; may be repeated',
  collect,
] as const;

function withBudget(command: Command): Command {
  return command.option(
    '--budget <USD>',
    'the most this run may cost; nothing is sent that could pass it',
    dollars,
  );
}

/** Does what `given` says (without the program's own name), to its end. Never throws. */
export async function seedloom(given: readonly string[], world: World): Promise<ExitCode> {
  let code: ExitCode = exit.done;
  try {
    await commands(world, (ended) => (code = ended)).parseAsync(given, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exit.done : exit.unusable;
    const { message, detail = '' } = failureOf(error);
    world.errors.write(`${message}\n${detail}\n`);
    return exit.failed;
  }
  return code;
}

function commands({ environment, directory, out, errors }: World, end: (code: ExitCode) => void): Command {
  function surroundings({ json = false, price = [] }: Json & { price?: readonly string[] }): Surroundings {
    return {
      environment,
      directory,
      output: new Output(out, errors, json, environment['FORCE_COLOR'] ?? ''),
      prices: price,
    };
  }

  const program = new Command('seedloom')
    .description('Runs image workflows that cost money: never pays twice, never pays by surprise.')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void out.write(text),
      writeErr: (text) => void errors.write(text),
    })
    .addHelpText(
      'after',
      `
Exit codes: 0 done, 1 a step failed, 2 bad usage or file, 3 over budget, 4 waiting (in doubt, for a choice, still at a service, or its pod has to be started), 130 cancelled.
Environment: SEEDLOOM_HOME (data folder), SEEDLOOM_<PROVIDER>_KEY, SEEDLOOM_<PROVIDER>_URL,
SEEDLOOM_IMAGE_HOST (who gives pictures a link, for vendors that take links only: fal, s3 or none), SEEDLOOM_S3_KEY_ID, _KEY, _URL,
_BUCKET, _REGION.`,
    );

  function workflowCommand(name: string, description: string): Command {
    return workflowOptions(program.command(name).description(description))
      .option(...setting)
      .option('--pod <ID>', 'ComfyUI is the one on this pod of yours, for this time')
      .option(...price)
      .option(...json);
  }

  withRehearsal(
    withBudget(
      workflowCommand('run', 'run a workflow; what is made already is not made, or paid for, again'),
    ),
  )
    .option('--start-pod', 'start the pod it needs, for its price an hour, and wait until ComfyUI answers')
    .addHelpText(
      'after',
      `
Examples:
  seedloom run cats.seedloom
  seedloom run cats.seedloom --set prompt.text="a cat on a roof" --budget 0.50
  seedloom run cats.seedloom --set "Colour of the coat=wine red" --set prompt.text=
  seedloom run cats.seedloom --target upscale --route fal/seedream-4.5 --out pictures
  seedloom run cats.seedloom --route comfyui/sdxl --pod k2v9x1 --start-pod
  seedloom run cats.seedloom --from edit --take-next --mute save
  seedloom run cats.seedloom --rehearse --fault upscale=no-balance
  seedloom run cats.seedloom --pick choose=1,3
  seedloom run cats.seedloom --set choose.mode=all
  seedloom run cats.seedloom --json | jq -c 'select(.type == "step-finished")'`,
    )
    .action(async (file: string, options: RunOptions & Json) => {
      end(await run(file, options, surroundings(options)));
    });

  workflowCommand('plan', 'say what would run, why, and what it costs; spends nothing')
    .option(
      '--compare <NODE>',
      'what the pictures of this node cost on each route, and when a pod is cheaper',
    )
    .addHelpText(
      'after',
      `
Examples:
  seedloom plan cats.seedloom
  seedloom plan cats.seedloom --route fal/seedream-4.5 --json
  seedloom plan cats.seedloom --compare generate`,
    )
    .action(async (file: string, options: PlanOptions & Json) => {
      end(await plan(file, options, surroundings(options)));
    });

  program
    .command('validate')
    .description('say every problem of a workflow file with its place')
    .argument('<file>', 'a workflow file (.seedloom)')
    .option(...json)
    .addHelpText('after', '\nExample:\n  seedloom validate cats.seedloom')
    .action(async (file: string, options: Json) => {
      end(await validate(file, surroundings(options)));
    });

  program
    .command('resume')
    .description('collect what was paid for and finish what was cut')
    .argument('[run]', 'a run; all that were cut otherwise')
    .option(...setting)
    .option(...json)
    .addHelpText('after', '\nExamples:\n  seedloom resume\n  seedloom resume 20261121-041203-3f9a')
    .action(async (id: string | undefined, options: ResumeOptions & Json) => {
      end(await resume(id, options, surroundings(options)));
    });

  program
    .command('answer')
    .description('say what becomes of a step of which nobody can tell whether it was taken')
    .argument('<run>', 'a run')
    .argument('<step>', 'the step in doubt, such as generate#0')
    .addArgument(new Argument('<answer>', 'send it again, or not').choices(['resend', 'give-up']))
    .option(...setting)
    .option(...json)
    .addHelpText('after', "\nExample:\n  seedloom answer 20261121-041203-3f9a 'generate#0' resend")
    .action(async (id: string, step: string, given: 'resend' | 'give-up', options: ResumeOptions & Json) => {
      end(await answer(id, step, given, options, surroundings(options)));
    });

  addQueueCommands(program, {
    json,
    setting,
    workflowOptions,
    withBudget,
    surroundings,
    end,
  });

  addBundleCommand(program, json, surroundings, end);

  const shared = {
    json,
    surroundings,
    end,
  };
  addPodCommands(program, shared);
  addPicturesCommand(program, shared);
  addHistoryCommands(program, shared);
  addStoreCommands(program, shared);

  const providersCommand = program
    .command('providers')
    .description('compare where model nodes can run: price, limits, speed, what happens after a crash')
    .option(...json)
    .addHelpText(
      'after',
      "\nExamples:\n  seedloom providers --json | jq -r '.[].id'\n  seedloom providers check fal",
    )
    .action(async (options: Json) => {
      end(await providers(surroundings(options)));
    });

  providersCommand
    .command('check')
    .description('say whether keys work, where that can be asked without spending')
    .argument('[provider]', 'a provider, whose key must work; all that take a key otherwise')
    .option(...setting)
    .option(...json)
    .addHelpText(
      'after',
      '\nExamples:\n  seedloom providers check\n  seedloom providers check openrouter --json',
    )
    .action(async (id: string | undefined, _options: Json, command: Command) => {
      const options = command.optsWithGlobals<CheckOptions & Json>();
      end(await checkProviders(id, options, surroundings(options)));
    });

  program
    .command('loras')
    .description(
      'list the LoRAs where models run: what they were made for, their trigger words; spends nothing',
    )
    .argument(
      '[provider|file]',
      'a provider, or a LoRA file (.safetensors) of this computer; all that can be asked otherwise',
    )
    .option(...setting)
    .option(...json)
    .addHelpText(
      'after',
      '\nExamples:\n  seedloom loras\n  seedloom loras comfyui --json\n  seedloom loras film-grain.safetensors',
    )
    .action(async (what: string | undefined, options: LorasOptions & Json) => {
      end(await loras(what, options, surroundings(options)));
    });

  program
    .command('nodes')
    .description('list the kinds of node with their params and ports')
    .option(...json)
    .addHelpText('after', '\nExample:\n  seedloom nodes')
    .action((options: Json) => {
      end(nodes(surroundings(options)));
    });

  return program;
}
