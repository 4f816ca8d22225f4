import { InvalidArgumentError, type Command } from 'commander';
import { compare } from './commands/compare';
import { exportRun, type ExportOptions } from './commands/export';
import { receipts } from './commands/receipts';
import { runs, type RunsOptions } from './commands/runs';
import { show } from './commands/show';
import type { Surroundings } from './context';
import type { ExitCode } from './exit';

interface Json {
  json?: boolean;
}

/** `seedloom runs`, `show`, `receipts`, `compare` and `export`: what is known of earlier runs. */
export function addHistoryCommands(
  program: Command,
  shared: {
    json: readonly [flags: string, description: string];
    surroundings(options: Json): Surroundings;
    end(code: ExitCode): void;
  },
): void {
  program
    .command('runs')
    .description('list the runs, newest first')
    .option('--limit <N>', 'only the newest N', wholeNumber)
    .option(...shared.json)
    .addHelpText('after', '\nExample:\n  seedloom runs --limit 10')
    .action(async (options: RunsOptions & Json) => {
      shared.end(await runs(options, shared.surroundings(options)));
    });

  program
    .command('show')
    .description('tell everything that was written down of a run')
    .argument('<run>', 'a run')
    .option(...shared.json)
    .addHelpText('after', '\nExample:\n  seedloom show 20261121-041203-3f9a --json')
    .action(async (id: string, options: Json) => {
      shared.end(await show(id, shared.surroundings(options)));
    });

  program
    .command('receipts')
    .description('list what was paid for a run: our price and what the vendor said')
    .argument('<run>', 'a run')
    .option(...shared.json)
    .addHelpText('after', '\nExample:\n  seedloom receipts 20261121-041203-3f9a')
    .action(async (id: string, options: Json) => {
      shared.end(await receipts(id, shared.surroundings(options)));
    });

  program
    .command('compare')
    .description('say what two runs have in common, and the first cause of each difference')
    .argument('<run>', 'a run, A')
    .argument('<other>', 'another run, B')
    .option(...shared.json)
    .addHelpText('after', '\nExample:\n  seedloom compare 20261121-041203-3f9a 20261121-050112-77b1')
    .action(async (a: string, b: string, options: Json) => {
      shared.end(await compare(a, b, shared.surroundings(options)));
    });

  program
    .command('export')
    .description(
      'write a run into a new folder: pictures, workflow, receipts, facts; no keys, no private paths',
    )
    .argument('<run>', 'a run')
    .option('--out <DIR>', 'where the new folder is made; here otherwise')
    .option(...shared.json)
    .addHelpText('after', '\nExample:\n  seedloom export 20261121-041203-3f9a --out archive')
    .action(async (id: string, options: ExportOptions & Json) => {
      shared.end(await exportRun(id, options, shared.surroundings(options)));
    });
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It is a whole number from 1.');
  return Number(text);
}
