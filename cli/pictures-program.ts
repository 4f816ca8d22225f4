import { InvalidArgumentError, type Command } from 'commander';
import { pictures, type PicturesOptions } from './commands/pictures';
import type { Surroundings } from './context';
import type { ExitCode } from './exit';

interface Json {
  json?: boolean;
}

/** `seedloom pictures` */
export function addPicturesCommand(
  program: Command,
  shared: {
    json: readonly [flags: string, description: string];
    surroundings(options: Json): Surroundings;
    end(code: ExitCode): void;
  },
): void {
  program
    .command('pictures')
    .description('list the pictures of all runs, newest first')
    .option('--text <WORDS>', 'words of the prompt, the titles, the model or an id')
    .option('--model <PROVIDER[/MODEL]>', 'only those of a model, or of a provider')
    .option('--type <NODE>', 'only those of a type of node')
    .option('--since <DATE>', 'made then or later (UTC)', time)
    .option('--until <DATE>', 'made before then (UTC)', time)
    .option('--rating <N>', 'rated so or better, 1 to 5', (text) => number(text, 5))
    .option('--limit <N>', 'only the newest N', (text) => number(text, 1e9))
    .option('--rebuild', 'build the index of pictures anew from the journal first')
    .option(...shared.json)
    .addHelpText('after', '\nExample:\n  seedloom pictures --model sandbox --since 2026-11-21 --rating 4')
    .action(async (options: PicturesOptions & Json) => {
      shared.end(await pictures(options, shared.surroundings(options)));
    });
}

/** A day is a day of UTC, as all times on the command line are. */
function time(text: string): string {
  const at = new Date(text);
  if (/^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(at.getTime())) return at.toISOString();
  throw new InvalidArgumentError('It is a date such as 2026-11-21, or a time such as 2026-11-21T14:30Z.');
}

function number(text: string, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > most)
    throw new InvalidArgumentError(`It is a whole number from 1${most < 1e9 ? ` to ${most}` : ''}.`);
  return value;
}
