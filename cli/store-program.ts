import { InvalidArgumentError, type Command } from 'commander';
import { cleanUpStore, type CleanUpOptions, readAge, readSize, store, verifyStore } from './commands/store';
import type { Surroundings } from './context';
import type { ExitCode } from './exit';

interface Json {
  json?: boolean;
}

/** `seedloom store` and what is under it. */
export function addStoreCommands(
  program: Command,
  shared: {
    json: readonly [flags: string, description: string];
    surroundings(options: Json): Surroundings;
    end(code: ExitCode): void;
  },
): void {
  const storeCommand = program
    .command('store')
    .description('say how large the data folder is and what uses it')
    .option(...shared.json)
    .addHelpText(
      'after',
      '\nExamples:\n  seedloom store\n  seedloom store clean-up --older-than 30d --dry-run',
    )
    .action(async (options: Json) => {
      shared.end(await store(shared.surroundings(options)));
    });

  storeCommand
    .command('verify')
    .description('read every picture and set aside what is damaged')
    .option(...shared.json)
    .action(async (_options: Json, command: Command) => {
      shared.end(await verifyStore(shared.surroundings(command.optsWithGlobals<Json>())));
    });

  storeCommand
    .command('clean-up')
    .description('remove results that nothing needs: those unused for longest first; history stays')
    .option(
      '--older-than <AGE>',
      'results last used longer ago than 30d (days), 12h or 6w',
      taken(readAge, '30d, 12h or 6w'),
    )
    .option(
      '--keep <SIZE>',
      'results until pictures and previews have at most 10GB (or MB, TB)',
      taken(readSize, '10GB or 500MB'),
    )
    .option('--dry-run', 'only say what would go')
    .option(...shared.json)
    .addHelpText(
      'after',
      `
Never removed: what a run under way, cut or waiting needs, open jobs, pins, and pictures that were taken in.
Files of writes that were cut are swept after a day.

Examples:
  seedloom store clean-up --older-than 30d --dry-run
  seedloom store clean-up --keep 10GB`,
    )
    .action(async (options: CleanUpOptions & Json, command: Command) => {
      shared.end(await cleanUpStore(options, shared.surroundings(command.optsWithGlobals<Json>())));
    });
}

function taken(read: (text: string) => number | undefined, example: string): (text: string) => number {
  return (text) => {
    const value = read(text);
    if (value === undefined) throw new InvalidArgumentError(`It is written like ${example}.`);
    return value;
  };
}
