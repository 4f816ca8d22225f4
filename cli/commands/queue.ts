import { queuePrice, type QueueState } from '#core/queue';
import type { Run } from '#engine/contract';
import { withEngine, type Context, type Surroundings } from '../context';
import { exit, exitOf, type ExitCode } from '../exit';
import { followRun, printSummary } from '../follow-run';
import { keepingPods } from '../keep-pods';
import { clean, counted, money, printIssues, printRefusal, table } from '../print';
import { askedOf } from '../request';
import type { RunOptions } from './run';

export interface QueueWorkOptions {
  setting?: readonly string[];
}

/** `seedloom queue add FILE` */
export async function queueAdd(
  file: string,
  options: Omit<RunOptions, 'setting'>,
  surroundings: Surroundings,
): Promise<ExitCode> {
  return withEngine(surroundings, [], async (context) => {
    const { engine, output, settings } = context;
    const asked = await askedOf(file, options, context);
    if (!asked.ok) {
      printRefusal(output, file, asked.issues);
      return exit.unusable;
    }
    if (asked.warnings.length > 0) printIssues(output, `${file}:`, asked.warnings);
    const budget = options.budget ?? settings.budget ?? undefined;
    const added = await engine.queue.add({ ...asked.request, ...(budget === undefined ? {} : { budget }) });
    if (!added.ok) {
      printRefusal(output, file, added.issues);
      return exit.unusable;
    }
    const { entry } = added;
    if (output.json) output.data({ type: 'queued', ...entry });
    const state = engine.queue.state();
    const place = state.waiting.findIndex(({ run }) => run === entry.run);
    output.line(
      place < 0
        ? `Queued as ${entry.run}; it has begun. At most ${money(entry.price)}.`
        : `Queued as ${entry.run}, number ${place + 1}. At most ${money(entry.price)}.`,
    );
    const next = whatHolds(state);
    if (next !== undefined) output.line(next);
    return exit.done;
  });
}

/** `seedloom queue list` */
export async function queueList(surroundings: Surroundings): Promise<ExitCode> {
  return withEngine(surroundings, [], async ({ engine, output }) => {
    const state = engine.queue.state();
    if (output.json) output.data(state);
    else for (const line of queueLines(state)) output.line(line);
    return exit.done;
  });
}

/** The queue in words: what is under way, what waits in order, what it comes to. */
export function queueLines(state: QueueState): string[] {
  const { underWay, waiting } = state;
  const holds = whatHolds(state);
  const end = holds === undefined ? [] : [holds];
  if (underWay === null && waiting.length === 0) return ['Nothing waits in the queue.', ...end];
  const entries = [
    ...(underWay === null ? [] : [{ place: 'now', ...underWay }]),
    ...waiting.map((entry, place) => ({ place: String(place + 1), ...entry })),
  ];
  const rows = entries.map(({ place, run, queuedAt, price, title }) => [
    place,
    run,
    queuedAt.slice(0, 16).replace('T', ' '),
    money(price),
    clean(title),
  ]);
  return [
    ...table([['', 'run', 'queued (UTC)', 'at most', 'title'], ...rows]),
    `${counted(waiting.length, 'run waits', 'runs wait')}, at most ${money(queuePrice(state))} together.`,
    ...end,
  ];
}

function whatHolds({ paused, worker, waiting, underWay }: QueueState): string | undefined {
  if (paused) return 'The queue is paused; "seedloom queue resume" goes on.';
  if (worker === 'none' && (waiting.length > 0 || underWay !== null))
    return 'Nobody works on it: "seedloom queue work" does, and so does the desktop while it is open.';
  return undefined;
}

/** `seedloom queue move RUN [--before RUN]` */
export function queueMove(run: string, before: string | undefined, outside: Surroundings): Promise<ExitCode> {
  return change(outside, `run ${run}`, ({ engine }) => engine.queue.move(run, before ?? null));
}

/** `seedloom queue remove RUN` */
export function queueRemove(run: string, outside: Surroundings): Promise<ExitCode> {
  return change(outside, `run ${run}`, ({ engine }) => engine.queue.remove(run));
}

/** `seedloom queue pause` and `seedloom queue resume` */
export function queuePause(paused: boolean, outside: Surroundings): Promise<ExitCode> {
  return change(outside, 'queue', async ({ engine }) => {
    await (paused ? engine.queue.pause() : engine.queue.resume());
    return undefined;
  });
}

/** Changes the queue, then says how it stands. */
function change(
  outside: Surroundings,
  subject: string,
  act: (context: Context) => ReturnType<Context['engine']['queue']['remove']>,
): Promise<ExitCode> {
  return withEngine(outside, [], async (context) => {
    const { engine, output } = context;
    const failure = await act(context);
    if (failure !== undefined) {
      const { code } = failure;
      const hint = code === 'not-queued' ? ' "seedloom queue list" shows what waits.' : '';
      const message = `${failure.message}${hint}`;
      printRefusal(output, subject, [{ code, severity: 'error', message, place: {} }]);
      return exit.unusable;
    }
    const state = engine.queue.state();
    if (output.json) output.data(state);
    else for (const line of queueLines(state)) output.line(line);
    return exit.done;
  });
}

function titleOf(run: Run): string {
  let title = '';
  run.listen((event) => {
    if (event.type === 'run-opened') title = event.title;
  })();
  return title;
}

/** `seedloom queue work` */
export async function queueWork(options: QueueWorkOptions, outside: Surroundings): Promise<ExitCode> {
  return withEngine(
    outside,
    options.setting ?? [],
    keepingPods(async (context) => {
      const { engine, output } = context;
      let worst: ExitCode = exit.done;
      let runs = 0;
      let following = false;
      const worse = (code: ExitCode) => {
        worst = Math.max(worst, code) as ExitCode;
      };
      const work = engine.queue.work({
        untilEmpty: true,
        started: async (run, from) => {
          following = true;
          runs += 1;
          output.line(output.paint.bold(`${run.id}  ${clean(titleOf(run))}`));
          const followed = await followRun(run, context, { from });
          const end = engine.show(run.id)?.at(-1);
          if (end?.type === 'run-closed' && end.failure !== undefined)
            output.error(`It could not run: ${clean(end.failure.message)}`);
          printSummary(output, run.id, followed, []);
          worse(exitOf(followed.outcome, followed.interrupted));
          following = false;
        },
      });
      const stop = () => {
        work.stop();
        if (!following) worse(exit.cancelled);
      };
      let wasPaused = false;
      const stopListening = engine.queue.listen(({ paused, worker }) => {
        if (worker !== 'this' || paused === wasPaused) return;
        wasPaused = paused;
        output.error(paused ? 'The queue is paused; "seedloom queue resume" goes on.' : 'Going on.');
      });
      process.on('SIGINT', stop);
      process.on('SIGTERM', stop);
      try {
        const end = await work.done;
        if (end === 'elsewhere')
          output.line('Another Seedloom works on the queue; there is nothing to do here.');
        else if (end === 'empty' && runs === 0) output.line('Nothing waits in the queue.');
      } finally {
        stopListening();
        process.off('SIGINT', stop);
        process.off('SIGTERM', stop);
      }
      return worst;
    }),
  );
}
