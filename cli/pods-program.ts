import { InvalidArgumentError, Option, type Command } from 'commander';
import {
  createPod,
  listGpus,
  listPods,
  listVolumes,
  setPodRules,
  startPod,
  stopPod,
  terminatePod,
  watchPods,
  type PodCreateOptions,
  type PodRuleOptions,
  type PodStartOptions,
} from './commands/pods';
import { installModels, type InstallOptions } from './commands/install-models';
import type { Surroundings } from './context';
import type { ExitCode } from './exit';

interface Json {
  json?: boolean;
}

interface Shared {
  json: readonly [flags: string, description: string];
  surroundings(options: Json): Surroundings;
  end(code: ExitCode): void;
}

function number(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!Number.isInteger(value) || text.trim() === '' || value < least)
      throw new InvalidArgumentError(`It is a whole number from ${least}.`);
    return value;
  };
}

function minutesOrNever(text: string): number | 'never' {
  return text === 'never' ? text : number(1)(text);
}

function variable(text: string, earlier: [string, string][] = []): [string, string][] {
  const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError('It is written NAME=VALUE.');
  if (name.startsWith('SEEDLOOM_'))
    throw new InvalidArgumentError('Names with SEEDLOOM_ are for the watchdog.');
  return [...earlier, [name, value]];
}

function port(text: string, earlier: string[] = []): string[] {
  if (!/^\d{1,5}\/(http|tcp)$/.test(text))
    throw new InvalidArgumentError('It is written 8188/http or 22/tcp.');
  return [...earlier, text];
}

function volume(text: string): { id: string; path: string } {
  const [, id = '', path = '/workspace'] = /^([^:]+)(?::(\/.*))?$/.exec(text) ?? [];
  if (id === '') throw new InvalidArgumentError('It is written ID or ID:/PATH.');
  return { id, path };
}

const several = (value: string, earlier: string[] = []) => [...earlier, value];

function withRules(command: Command): Command {
  return command
    .option('--idle <MINUTES>', 'stopped after so long without work, or "never"; 15 at first', minutesOrNever)
    .option('--max-age <MINUTES>', 'stopped when so old, or "never"; 720 at first', minutesOrNever)
    .option(
      '--lease <MINUTES>',
      'it stops itself so long after Seedloom was last there; 15 at first',
      number(2),
    )
    .option('--job <MINUTES>', 'a job that takes longer hangs; 240 at first', number(1));
}

function withStart(command: Command): Command {
  return withRules(command)
    .option('--start-time <MINUTES>', 'so long until ComfyUI first answers; 45 at first', number(1))
    .option('-y, --yes', 'agree to the price without being asked')
    .option('--no-wait', 'do not wait until ComfyUI answers');
}

/** `seedloom pods …` */
export function addPodCommands(program: Command, { json, surroundings, end }: Shared): void {
  const pods = program
    .command('pods')
    .description('your GPU pods at RunPod: state, price, money since start')
    .helpCommand('help [command]', 'print the help of a command')
    .option(...json)
    .addHelpText(
      'after',
      `
The key is read from SEEDLOOM_RUNPOD_KEY, or SEEDLOOM_RUNPOD_PUBLIC_KEY: it is one account.
Nothing is created or started without its price being shown and agreed to.

Examples:
  seedloom pods
  seedloom pods gpus --cloud community
  seedloom pods create --gpu "RTX 4090" --volume vol1 --idle 20
  seedloom pods install pod1 flux-dev
  seedloom pods watch`,
    )
    .action(async (options: Json) => end(await listPods(surroundings(options))));

  const all = <T>(command: Command) => command.optsWithGlobals<T & Json>();

  pods
    .command('gpus')
    .description('list GPUs with price an hour and how many are free')
    .addOption(
      new Option('--cloud <CLOUD>', 'which cloud').choices(['secure', 'community']).default('secure'),
    )
    .option(...json)
    .action(async (_: Json, command: Command) => {
      const options = all<{ cloud: 'secure' | 'community' }>(command);
      end(await listGpus(options.cloud, surroundings(options)));
    });

  pods
    .command('volumes')
    .description('list your network volumes')
    .option(...json)
    .action(async (_: Json, command: Command) => end(await listVolumes(surroundings(all(command)))));

  withStart(pods.command('create').description('rent a pod with ComfyUI'))
    .requiredOption('--gpu <GPU>', 'a GPU as "pods gpus" lists it, by id or name')
    .option('--count <N>', 'how many GPUs', number(1), 1)
    .addOption(
      new Option('--cloud <CLOUD>', 'which cloud').choices(['secure', 'community']).default('secure'),
    )
    .option('--image <IMAGE>', 'a Docker image; runpod/comfyui:latest without a template')
    .option('--template <ID>', 'a template of RunPod, instead of an image')
    .option('--name <NAME>', 'a name; one is made up otherwise')
    .option('--disk <GB>', 'disk that is wiped with every stop', number(1), 50)
    .option('--kept-disk <GB>', 'disk that survives a stop, on its own machine', number(10))
    .option('--volume <ID[:PATH]>', 'a network volume, at /workspace or PATH', volume)
    .option('--data-center <ID>', 'only there; may be repeated', several)
    .option('--port <PORT>', "ComfyUI's port", number(1), 8188)
    .option('--open-port <PORT/KIND>', 'a further port, such as 22/tcp; may be repeated', port)
    .option('--env <NAME=VALUE>', 'a variable for the pod; may be repeated', variable)
    .option(
      '--start-command <COMMAND>',
      'what the image begins with, for the watchdog to go on with',
      '/start.sh',
    )
    .option('--no-watchdog', 'nothing on the pod that stops it when Seedloom is away')
    .option(...json)
    .action(async (_: Json, command: Command) => {
      const options = all<PodCreateOptions>(command);
      end(await createPod(options, surroundings(options)));
    });

  withStart(pods.command('start').description('start a stopped pod').argument('<id>', 'a pod'))
    .option(...json)
    .action(async (id: string, _: Json, command: Command) => {
      const options = all<PodStartOptions>(command);
      end(await startPod(id, options, surroundings(options)));
    });

  pods
    .command('stop')
    .description('stop a pod; its own disk and a network volume stay')
    .argument('<id>', 'a pod')
    .option(...json)
    .action(async (id: string, _: Json, command: Command) =>
      end(await stopPod(id, surroundings(all(command)))),
    );

  pods
    .command('terminate')
    .description('give a pod up for good, with its own disk')
    .argument('<id>', 'a pod')
    .option('-y, --yes', 'without being asked')
    .option(...json)
    .action(async (id: string, _: Json, command: Command) => {
      const options = all<{ yes?: boolean }>(command);
      end(await terminatePod(id, options.yes === true, surroundings(options)));
    });

  withRules(
    pods.command('rules').description('say when a pod is stopped by itself').argument('<id>', 'a pod'),
  )
    .option(...json)
    .action(async (id: string, _: Json, command: Command) => {
      const options = all<PodRuleOptions>(command);
      end(await setPodRules(id, options, surroundings(options)));
    });

  pods
    .command('install')
    .description("put model files on a pod's volume; sizes and licences are shown first")
    .argument('<id>', 'a pod that Seedloom has created with a volume')
    .argument('[model...]', 'flux-dev, ae.safetensors, loras/mine.safetensors=https://…')
    .option('--missing <FILE>', 'what the models of this workflow need and the pod does not have')
    .option('-y, --yes', 'agree to sizes and licences without being asked')
    .option('--no-wait', 'do not wait until they are there')
    .option(...json)
    .action(async (id: string, models: string[], _: Json, command: Command) => {
      const options = all<InstallOptions>(command);
      end(await installModels(id, models, options, surroundings(options)));
    });

  pods
    .command('watch')
    .description('look after running pods until none runs; Ctrl+C asks whether they are to be stopped')
    .option('--stop', 'stop them on Ctrl+C without being asked')
    .option(...json)
    .action(async (_: Json, command: Command) => {
      const options = all<{ stop?: boolean }>(command);
      end(await watchPods(options, surroundings(options)));
    });
}
