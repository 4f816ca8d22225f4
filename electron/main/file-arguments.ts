import { resolve } from 'node:path';

/** The first workflow file that a command line names; relative ones count from `folder`. */
export function fileArgument(argv: readonly string[], folder: string): string | undefined {
  const name = argv
    .slice(1)
    .find((argument) => /\.seedloom(\.zip)?$/i.test(argument) && !argument.startsWith('-'));
  return name === undefined ? undefined : resolve(folder, name);
}
