import { FailureError, type Failure } from '#core/failure';
import type { PodReport } from '#core/pod';
import type { QueueState } from '#core/queue';
import type { RunEvent } from '#core/run';
import type { StorageProgress } from '#core/storage';
import type { EngineCall, EngineCalls, EngineValues, FromEngine, ToEngine } from '../engine-calls';

/** The part of Electron's UtilityProcess that is used. */
export interface EngineChild {
  postMessage(message: ToEngine): void;
  on(event: 'message', listener: (message: FromEngine) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  kill(): unknown;
}

export interface EngineProcess {
  /** Starts the engine host, where that has not happened; the first call does so too. */
  begin(): void;
  call<C extends EngineCall>(name: C, input: EngineCalls[C]['input']): Promise<EngineCalls[C]['output']>;
  /** Settings or secrets have changed. */
  refresh(): void;
  /** Asks the engine to end and waits, at most `closeCeiling`. */
  close(): Promise<void>;
}

interface EngineProcessOptions {
  dataFolder: string;
  fork(): EngineChild;
  values(): EngineValues;
  /** What the process last wrote to standard error, for the report of a crash. */
  lastWords(): string;
  onRun(events: RunEvent[]): void;
  onQueue(state: QueueState): void;
  onPods(pods: PodReport[]): void;
  onTrouble(failure: Failure): void;
  onStorage(progress: StorageProgress): void;
  now(): number;
  /** Milliseconds. */
  closeCeiling: number;
}

/** So many crashes within a minute, and it is not started again. */
const mostCrashes = 3;
const crashWindow = 60_000;

interface Pending {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** Starts the engine host at the first call, keeps it running from then on, asks it and passes on what it tells. */
export function createEngineProcess(options: EngineProcessOptions): EngineProcess {
  const pending = new Map<number, Pending>();
  let crashes: number[] = [];
  let nextId = 1;
  let closing: { ended: Promise<void>; end: () => void } | undefined;
  let isBegun = false;
  let child: EngineChild | undefined;

  function begin(): void {
    if (isBegun || closing !== undefined) return;
    isBegun = true;
    child = start();
  }

  function start(): EngineChild {
    const started = options.fork();
    started.on('message', receive);
    started.on('exit', (code) => {
      if (child === started) ended(code);
    });
    started.postMessage({ kind: 'start', dataFolder: options.dataFolder, values: options.values() });
    return started;
  }

  function receive(message: FromEngine): void {
    switch (message.kind) {
      case 'answer': {
        const asked = pending.get(message.id);
        pending.delete(message.id);
        if (message.answer.ok) asked?.resolve(message.answer.value);
        else asked?.reject(new FailureError(message.answer.failure));
        return;
      }
      case 'run':
        options.onRun(message.events);
        return;
      case 'queue':
        options.onQueue(message.state);
        return;
      case 'pods':
        options.onPods(message.pods);
        return;
      case 'trouble':
        options.onTrouble(message.failure);
        return;
      case 'storage':
        options.onStorage(message.progress);
        return;
    }
  }

  function ended(code: number): void {
    child = undefined;
    if (closing !== undefined) {
      rejectAll(closedFailure);
      closing.end();
      return;
    }
    const now = options.now();
    crashes = [...crashes.filter((at) => now - at < crashWindow), now];
    const gaveUp = crashes.length >= mostCrashes;
    const failure = crashFailure(code, gaveUp, options.lastWords());
    rejectAll(failure);
    if (!gaveUp) child = start();
    options.onTrouble(failure);
  }

  function rejectAll(failure: Failure): void {
    for (const { reject } of pending.values()) reject(new FailureError(failure));
    pending.clear();
  }

  return {
    begin,
    call<C extends EngineCall>(name: C, input: EngineCalls[C]['input']) {
      begin();
      if (child === undefined || closing !== undefined)
        return Promise.reject(
          new FailureError(closing === undefined ? crashFailure(0, true, '') : closedFailure),
        );
      const id = nextId++;
      const answer = new Promise<EngineCalls[C]['output']>((resolve, reject) => {
        pending.set(id, { resolve: resolve as Pending['resolve'], reject });
      });
      child.postMessage({ kind: 'call', id, name, input } as ToEngine);
      return answer;
    },
    refresh() {
      child?.postMessage({ kind: 'values', values: options.values() });
    },
    close() {
      if (closing !== undefined) return closing.ended;
      let end: () => void = () => undefined;
      const ended = new Promise<void>((resolve) => {
        end = resolve;
      });
      closing = { ended, end };
      const asked = child;
      if (asked === undefined) {
        end();
        return ended;
      }
      asked.postMessage({ kind: 'close' });
      // A killed engine loses nothing: its runs are cut and go on at the next start.
      const ceiling = setTimeout(() => {
        asked.kill();
        end();
      }, options.closeCeiling);
      return ended.finally(() => clearTimeout(ceiling));
    },
  };
}

const closedFailure: Failure = {
  code: 'closing',
  act: 'user',
  charge: 'none',
  message: 'Seedloom is closing.',
};

function crashFailure(code: number, gaveUp: boolean, lastWords: string): Failure {
  const next = gaveUp
    ? 'Start Seedloom again; runs that were cut go on then.'
    : 'It was started again, and runs that were cut go on by themselves.';
  return {
    code: 'engine-stopped',
    act: 'us',
    charge: 'possible',
    message: `The part of Seedloom that runs workflows stopped unexpectedly. ${next} Nothing is paid for twice.`,
    detail: [`exit code ${code}`, lastWords].filter((line) => line !== '').join('\n'),
  };
}
