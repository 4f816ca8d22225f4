import { join } from 'node:path';
import type { WorkflowDocument } from '#core/document/schema';
import type { Provider } from '#core/provider';
import type { RunEvent } from '#core/run';
import type { Clock, Engine, EngineOptions, RunRequest } from '#engine/contract';
import { createEngine } from '#engine/engine';
import { smallNodes } from './small-catalogue';

/** Time that passes only when somebody waits for it: sleeping takes no time and moves the clock on. */
export class LeapingClock implements Clock {
  #now = Date.parse('2026-11-21T12:00:00.000Z');
  slept: number[] = [];

  now(): number {
    return this.#now;
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return;
    this.slept.push(milliseconds);
    this.#now += milliseconds;
    // Lets sockets and timers of the test's servers have their turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

export interface EngineBench {
  engine: Engine;
  clock: LeapingClock;
  outFolder: string;
  request(document: WorkflowDocument, more?: Partial<RunRequest>): RunRequest;
  /** Runs to the end; throws when the run was refused. */
  run(
    document: WorkflowDocument,
    more?: Partial<RunRequest>,
  ): Promise<{ events: RunEvent[]; outcome: string; spent: number }>;
}

export async function engineBench(
  folder: string,
  providers: readonly Provider[],
  changes: Partial<EngineOptions> = {},
): Promise<EngineBench> {
  const clock = new LeapingClock();
  const engine = await createEngine({
    dataFolder: join(folder, 'data'),
    nodes: smallNodes,
    providers: new Map(providers.map((provider) => [provider.id, provider])),
    secret: () => undefined,
    setting: () => undefined,
    price: () => undefined,
    clock,
    ...changes,
  });
  const outFolder = join(folder, 'out');
  const request = (document: WorkflowDocument, more: Partial<RunRequest> = {}): RunRequest => ({
    document,
    folder,
    outFolder,
    ...more,
  });
  return {
    engine,
    clock,
    outFolder,
    request,
    run: async (document, more) => {
      const started = await engine.start(request(document, more));
      if (!started.ok) throw new Error(started.issues.map(({ message }) => message).join('\n'));
      const events: RunEvent[] = [];
      started.run.listen((event) => events.push(event));
      const { outcome, spent } = await started.run.done;
      return { events, outcome, spent };
    },
  };
}
