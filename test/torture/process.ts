import { spawn } from 'node:child_process';
import type { Order, Word } from './order';

/** One engine in a process of its own, to be killed. */
export interface Patient {
  kill(): void;
  done: Promise<Ended>;
}

export interface Ended {
  /** By a signal; otherwise it went by itself. */
  killed: boolean;
  words: Word[];
  /** What went wrong besides being killed. */
  trouble?: string;
}

/** No story needs this long for one process: one that does hangs. */
const patience = 60_000;

export function startPatient(worker: string, order: Order): Patient {
  const child = spawn(process.execPath, ['--enable-source-maps', worker, JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let errors = '';
  let hung = false;
  const timer = setTimeout(() => {
    hung = true;
    child.kill('SIGKILL');
  }, patience);
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const done = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
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
      resolve({ killed: signal !== null, words, ...(trouble === undefined ? {} : { trouble }) });
    });
  });
  return { kill: () => child.kill('SIGKILL'), done };
}
