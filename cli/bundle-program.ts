import type { Command } from 'commander';
import { bundle, type BundleOptions } from './commands/bundle';
import type { Surroundings } from './context';
import type { ExitCode } from './exit';

type Options = BundleOptions & { json?: boolean };

/** `seedloom bundle` */
export function addBundleCommand(
  program: Command,
  json: readonly [string, string],
  surroundings: (options: Options) => Surroundings,
  end: (code: ExitCode) => void,
): void {
  program
    .command('bundle')
    .description('write a workflow with all pictures it names into one file, which run and plan take too')
    .argument('<file>', 'a workflow file (.seedloom)')
    .option('--out <FILE>', 'the bundle; "<name>.seedloom.zip" beside the file otherwise')
    .option('--no-results', 'leave out the results so far; with them it replays offline at no cost')
    .option(...json)
    .addHelpText('after', '\nExample:\n  seedloom bundle cats.seedloom --out cats.seedloom.zip')
    .action(async (file: string, options: Options) => {
      end(await bundle(file, options, surroundings(options)));
    });
}
