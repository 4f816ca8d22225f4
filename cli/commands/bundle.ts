import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { failureOf } from '#core/failure';
import { withEngine, type Surroundings } from '../context';
import { exit, type ExitCode } from '../exit';
import { counted, printRefusal } from '../print';
import { askedOf } from '../request';

export interface BundleOptions {
  out?: string;
  results: boolean;
}

/** `seedloom bundle FILE` */
export async function bundle(
  file: string,
  { out, results }: BundleOptions,
  surroundings: Surroundings,
): Promise<ExitCode> {
  return withEngine(surroundings, [], async (context) => {
    const { engine, output, directory } = context;
    const refuse = (code: string, message: string, path: string) => {
      printRefusal(output, file, [{ code, severity: 'error', message, place: { path } }]);
      return exit.unusable;
    };
    const asked = await askedOf(file, {}, context);
    if (!asked.ok) {
      printRefusal(output, file, asked.issues);
      return exit.unusable;
    }
    const path = resolve(directory, out ?? `${file.replace(/(\.seedloom)?(\.zip)?$/i, '')}.seedloom.zip`);
    if (existsSync(path)) return refuse('file-exists', 'There is a file of this name. Choose another.', path);
    try {
      const written = await engine.writeBundle(asked.request, path, { results });
      if (output.json) output.data(written);
      else output.line(`${counted(written.pictures, 'picture')} and the workflow are in ${path}`);
      if (written.missing.length > 0)
        output.error(`Not there any more, and left out: ${written.missing.join(', ')}`);
      return exit.done;
    } catch (error) {
      const { code, message } = failureOf(error);
      return refuse(code, message, path);
    }
  });
}
