import { existsSync } from 'node:fs';
import { podToWaitFor } from '#core/plan/check-pods';
import { nodes } from '#nodes/catalogue';
import type { PlanRequest } from '#engine/contract';
import { withEngine, type Context, type Surroundings } from '../context';
import { copyLastPictures, writesFiles } from '../copy-pictures';
import { exit, exitOf, type ExitCode } from '../exit';
import { followRun, printSummary, type Followed } from '../follow-run';
import { keepingPods } from '../keep-pods';
import { openChoices } from '../open-choices';
import { readyPod, refusedBy, takePod } from '../pod-for-run';
import { counted, printIssues, printRefusal } from '../print';
import { rehearsedDocument } from '../rehearse';
import { askedOf, type WorkflowOptions } from '../request';

export interface RunOptions extends WorkflowOptions {
  budget?: number;
  setting?: readonly string[];
  startPod?: boolean;
  rehearse?: boolean;
  fault?: readonly string[];
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
      const { warnings } = asked;
      let { request } = asked;
      if (options.rehearse === true || options.fault !== undefined) {
        const rehearsed = rehearsedDocument(request.document, options.fault ?? [], nodes, Date.now());
        if (!rehearsed.ok) {
          printRefusal(output, file, rehearsed.issues);
          return exit.unusable;
        }
        request = { ...request, document: rehearsed.document };
        output.error('A rehearsal on the sandbox: nothing is sent, paid for, or written to your folders.');
      }
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
      await giveUpRehearsed(started.run.id, followed, context);
      const code = exitOf(followed.outcome, followed.interrupted);
      return code === exit.done && places.failed ? exit.failed : code;
    }),
  );
}

/** Nobody has to decide about what was only rehearsed. */
async function giveUpRehearsed(run: string, { tally }: Followed, { engine, output }: Context): Promise<void> {
  if (!tally.isRehearsal) return;
  for (const { step, state } of tally.steps()) {
    const failure = state === 'in-doubt' ? await engine.answer(run, step, 'give-up') : undefined;
    if (failure !== undefined) output.error(failure.message);
  }
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
