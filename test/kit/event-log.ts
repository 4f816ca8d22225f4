import type { WorkflowDocument } from '#core/document/schema';
import { countSteps, emptyRun, foldRunEvents, type RunCounts, type RunEvent } from '#core/run';
import type { Engine, Run, RunRequest, Started } from '#engine/contract';
import type { EngineBench } from './engine-bench';

type EventOf<T extends RunEvent['type']> = Extract<RunEvent, { type: T }>;

/** Events as they come, to look at and to wait for. */
export class EventLog {
  readonly events: RunEvent[] = [];
  readonly #looking = new Set<() => void>();

  readonly add = (event: RunEvent): void => {
    this.events.push(event);
    for (const look of this.#looking) look();
  };

  of<T extends RunEvent['type']>(type: T): EventOf<T>[] {
    return this.events.filter((event): event is EventOf<T> => event.type === type);
  }

  /** Resolves with the event that is the `nth` of its type. */
  seen<T extends RunEvent['type']>(type: T, nth = 1): Promise<EventOf<T>> {
    return new Promise((resolve) => {
      const look = () => {
        const found = this.of(type)[nth - 1];
        if (found === undefined) return;
        this.#looking.delete(look);
        resolve(found);
      };
      this.#looking.add(look);
      look();
    });
  }
}

/** A run under way, and what it has told. */
export type LoggedRun = Pick<Run, 'id' | 'done' | 'cancel'> & { log: EventLog };

/** The run that was begun; throws when it was refused. */
export function logged(started: Started): LoggedRun {
  if (!started.ok) throw new Error(started.issues.map(({ message }) => message).join('\n'));
  const { run } = started;
  const log = new EventLog();
  run.listen(log.add);
  return { id: run.id, done: run.done, cancel: () => run.cancel(), log };
}

export async function begin(
  { engine, request }: EngineBench,
  document: WorkflowDocument,
  more?: Partial<RunRequest>,
): Promise<LoggedRun> {
  return logged(await engine.start(request(document, more)));
}

/** Goes on with every cut run to its end, and then asks for what closed runs have left. */
export async function goOnWithAll(engine: Engine): Promise<void> {
  for (const { run } of engine.cutRuns()) await logged(await engine.resume(run)).done;
  await engine.collectLate(() => undefined);
}

/** How the steps of a run stand by what was written down. */
export function writtenCounts(engine: Engine, run: string): RunCounts {
  return countSteps(foldRunEvents(emptyRun(run), engine.show(run) ?? []));
}
