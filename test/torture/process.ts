import { spawn } from 'node:child_process';
import { live } from './life';
import type { Order, Word } from './order';

/** One engine in a process of its own, to be killed. */
export interface Patient {
  kill(): void;
  /** Resolves when its engine is open, or it ended before. */
  open: Promise<void>;
  done: Promise<Ended>;
}

export interface Ended {
  /** By a signal; otherwise it went by itself. */
  killed: boolean;
  words: Word[];
  /** From its first moment to its end. */
  milliseconds: number;
  /** What went wrong besides being killed. */
  trouble?: string;
}

/** No story needs this long for one process: one that does hangs. */
const patience = 60_000;

export function startPatient(worker: string, order: Order): Patient {
  const child = spawn(process.execPath, [worker, JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let errors = '';
  let hung = false;
  const timer = setTimeout(() => {
    hung = true;
    child.kill('SIGKILL');
  }, patience);
  let opened = performance.now();
  let tellOpen = () => {};
  const open = new Promise<void>((resolve) => {
    tellOpen = resolve;
  });
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (out === '') {
      opened = performance.now();
      tellOpen();
    }
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const done = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      tellOpen();
      // The last line may have been cut.
      const words = out
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Word);
      const last = words.findLast((word) => word.type === 'point');
      const trouble = hung
        ? `a process hung after "${last?.point}"`
        : signal === null && code !== 0
          ? `a process broke (${code}) after "${last?.point}": ${errors}`
          : undefined;
      const milliseconds = performance.now() - opened;
      resolve({
        killed: signal !== null,
        words,
        milliseconds,
        ...(trouble === undefined ? {} : { trouble }),
      });
    });
  });
  return { kill: () => child.kill('SIGKILL'), open, done };
}

/** The same life in this process, which nobody kills: a start for a tenth of the price. */
export async function liveHere(order: Order): Promise<Ended> {
  const started = performance.now();
  const words: Word[] = [];
  let last = 'nothing';
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`an engine hung after "${last}"`), patience);
  });
  const life = live(
    order,
    (word) => words.push(word),
    (name) => (last = name),
  ).then(
    () => undefined,
    (error: unknown) => `an engine broke after "${last}": ${String(error)}`,
  );
  const trouble = await Promise.race([life, tooLong]);
  clearTimeout(timer);
  const milliseconds = performance.now() - started;
  return { killed: false, words, milliseconds, ...(trouble === undefined ? {} : { trouble }) };
}
