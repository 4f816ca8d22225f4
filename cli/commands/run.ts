import { existsSync } from 'node:fs';
import { podToWaitFor } from '#core/plan/check-pods';
import type { PlanRequest } from '#engine/contract';
import { withEngine, type Context, type Surroundings } from '../context';
import { copyLastPictures, writesFiles } from '../copy-pictures';
import { exit, exitOf, type ExitCode } from '../exit';
import { followRun, printSummary, type Followed } from '../follow-run';
import { keepingPods } from '../keep-pods';
import { openChoices } from '../open-choices';
import { readyPod, refusedBy, takePod } from '../pod-for-run';
import { counted, printIssues, printRefusal } from '../print';
import { askedOf, type WorkflowOptions } from '../request';

export interface RunOptions extends WorkflowOptions {
  budget?: number;
  setting?: readonly string[];
  startPod?: boolean;
}

/** `seedloom run FILE` */
export async function run(file: string, options: RunOptions, surroundings: Surroundings): Promise<ExitCode> {
  return withEngine(
    surroundings,
    options.setting ?? [],
    keepingPods(async (context) => {
      const { engine, output, settings } = context;
      const refused = await takePod(options.pod, context);
      if (refused !== undefined) return refused;
      const asked = await askedOf(file, options, context);
      if (!asked.ok) {
        printRefusal(output, file, asked.issues);
        return exit.unusable;
      }
      const cut = engine.cutRuns().length;
      if (cut > 0) output.error(`${counted(cut, 'run')} ${cut === 1 ? 'was' : 'were'} cut: seedloom resume`);
      const budget = options.budget ?? settings.budget ?? undefined;
      const { request, warnings } = asked;
      if (warnings.length > 0) printIssues(output, `${file}:`, warnings);
      const start = () => engine.start({ ...request, ...(budget === undefined ? {} : { budget }) });
      let started = await start();
      if (!started.ok && options.startPod === true && podToWaitFor(started) !== undefined) {
        printIssues(output, `${file}:`, started.issues);
        const ended = await readyPod(started.issues, context);
        if (ended !== undefined) return ended;
        started = await start();
      }
      if (!started.ok) {
        printRefusal(output, file, started.issues);
        return refusedBy(started.issues, context);
      }
      const followed = await followRun(started.run, context, { budget });
      const places = await placesOf(request, options.out !== undefined, followed, context);
      const choices = await openChoices(engine.show(started.run.id) ?? [], file, request.outFolder, engine);
      printSummary(output, started.run.id, followed, places.words, choices);
      const code = exitOf(followed.outcome, followed.interrupted);
      return code === exit.done && places.failed ? exit.failed : code;
    }),
  );
}

/** Where a run's pictures are; copies them there when the person named a folder and no node writes files. */
async function placesOf(
  { document, outFolder }: PlanRequest,
  named: boolean,
  { tally }: Followed,
  { engine, output }: Context,
): Promise<{ words: string[]; failed: boolean }> {
  const steps = tally.steps();
  const hasPictures = steps.some(({ outputs }) => outputs !== undefined);
  if (!hasPictures) return { words: [], failed: false };
  if (writesFiles(document, steps)) {
    const words = existsSync(outFolder) ? [`The pictures are in ${outFolder}`] : [];
    return { words, failed: false };
  }
  if (!named) {
    const words = 'The pictures are kept by Seedloom; --out DIR puts those of the last nodes into a folder.';
    return { words: [words], failed: false };
  }
  const result = await copyLastPictures(document, steps, outFolder, engine);
  if ('failure' in result) {
    output.error(result.failure.message);
    return { words: [], failed: true };
  }
  if (result.copied === 0) return { words: [], failed: false };
  return { words: [`${counted(result.copied, 'picture')} in ${outFolder}`], failed: false };
}
