import type { Command } from 'commander';
import {
  queueAdd,
  queueList,
  queueMove,
  queuePause,
  queueRemove,
  queueWork,
  type QueueWorkOptions,
} from './commands/queue';
import type { RunOptions } from './commands/run';
import type { Surroundings } from './context';
import type { ExitCode } from './exit';

interface Json {
  json?: boolean;
}

/** What the queue's commands share with the others. */
interface Shared {
  json: readonly [flags: string, description: string];
  setting: readonly [
    flags: string,
    description: string,
    collect: (value: string, earlier?: string[]) => string[],
  ];
  workflowOptions(command: Command): Command;
  withBudget(command: Command): Command;
  surroundings(options: Json): Surroundings;
  end(code: ExitCode): void;
}

/** `seedloom queue …` */
export function addQueueCommands(program: Command, shared: Shared): void {
  const { json, setting, surroundings, end } = shared;
  const queue = program
    .command('queue')
    .description('runs that wait for their turn, one after the other')
    .helpCommand('help [command]', 'print the help of a command');

  const add = queue.command('add').description('put a workflow at the end of the queue; spends nothing');
  shared
    .withBudget(shared.workflowOptions(add))
    .option(...json)
    .addHelpText(
      'after',
      `
It is kept as it is now; later changes of the file do not count. Settings of providers count when it runs.
Examples:
  seedloom queue add cats.seedloom
  seedloom queue add cats.seedloom --set prompt.text="a cat on a roof" --budget 0.50`,
    )
    .action(async (file: string, options: Omit<RunOptions, 'setting'> & Json) => {
      end(await queueAdd(file, options, surroundings(options)));
    });

  queue
    .command('list')
    .description('list what is under way and what waits, in order')
    .option(...json)
    .addHelpText('after', '\nExample:\n  seedloom queue list')
    .action(async (options: Json) => end(await queueList(surroundings(options))));

  queue
    .command('work')
    .description('run what waits until nothing does; exits with the worst code of the runs')
    .option(...setting)
    .option(...json)
    .addHelpText('after', '\nExamples:\n  seedloom queue work\n  seedloom queue work --json')
    .action(async (options: QueueWorkOptions & Json) => end(await queueWork(options, surroundings(options))));

  queue
    .command('pause')
    .description('begin no run and no step until "queue resume"; what was sent is collected')
    .option(...json)
    .addHelpText('after', '\nExample:\n  seedloom queue pause')
    .action(async (options: Json) => end(await queuePause(true, surroundings(options))));

  queue
    .command('resume')
    .description('go on after a pause')
    .option(...json)
    .addHelpText('after', '\nExample:\n  seedloom queue resume')
    .action(async (options: Json) => end(await queuePause(false, surroundings(options))));

  queue
    .command('move')
    .description('put a waiting run before another, or at the end')
    .argument('<run>', 'a waiting run')
    .option('--before <RUN>', 'the run it goes before; the end of the queue otherwise')
    .option(...json)
    .addHelpText(
      'after',
      '\nExample:\n  seedloom queue move 20261121-041203-3f9a --before 20261121-040000-11aa',
    )
    .action(async (run: string, options: { before?: string } & Json) =>
      end(await queueMove(run, options.before, surroundings(options))),
    );

  queue
    .command('remove')
    .description('take a waiting run out of the queue')
    .argument('<run>', 'a waiting run')
    .option(...json)
    .addHelpText('after', '\nExample:\n  seedloom queue remove 20261121-041203-3f9a')
    .action(async (run: string, options: Json) => end(await queueRemove(run, surroundings(options))));
}
