import { resolve } from 'node:path';
import { withEngine, type Surroundings } from '../context';
import { exit, type ExitCode } from '../exit';
import { counted } from '../print';
import { refuseRun } from '../run-refusal';

export interface ExportOptions {
  out?: string;
}

/** `seedloom export RUN` */
export async function exportRun(
  run: string,
  { out = '.' }: ExportOptions,
  surroundings: Surroundings,
): Promise<ExitCode> {
  return withEngine(surroundings, [], async ({ engine, output, directory }) => {
    try {
      const exported = await engine.exportRun(run, resolve(directory, out));
      const { path, pictures, missing } = exported;
      if (output.json) output.data(exported);
      output.line(`${counted(pictures, 'picture')}, the workflow, the receipts and the facts are in ${path}`);
      if (missing.length > 0)
        output.error(`${counted(missing.length, 'picture')} of the run could not be found any more.`);
      return exit.done;
    } catch (error) {
      return refuseRun(output, run, error);
    }
  });
}
