import { join } from 'node:path';
import { app, utilityProcess } from 'electron';
import type { FromEngine } from '../engine-calls';
import type { EngineChild } from './engine-process';

/** Characters of standard error that are kept for the report of a crash. */
const mostWords = 4000;

/** Starts the engine host; what it writes goes where ours goes. */
export function engineForker(): { fork(): EngineChild; lastWords(): string } {
  let words = '';
  return {
    lastWords: () => words,
    fork() {
      words = '';
      const child = utilityProcess.fork(join(app.getAppPath(), 'out', 'engine-host', 'engine-host.cjs'), [], {
        serviceName: 'Seedloom engine',
        stdio: ['ignore', 'pipe', 'pipe'],
        env: environmentWithoutKeys(),
      });
      child.stdout?.on('data', (chunk: Buffer) => process.stdout.write(chunk));
      child.stderr?.on('data', (chunk: Buffer) => {
        words = (words + chunk.toString()).slice(-mostWords);
        process.stderr.write(chunk);
      });
      return {
        postMessage: (message) => child.postMessage(message),
        on: (
          event: 'message' | 'exit',
          listener: ((message: FromEngine) => void) & ((code: number) => void),
        ) => (event === 'message' ? child.on('message', listener) : child.on('exit', listener)),
        kill: () => child.kill(),
      };
    },
  };
}

/** Keys reach the engine over its port, also those from the environment: a process's environment can be read by others. */
function environmentWithoutKeys(): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined &&
      (!entry[0].startsWith('SEEDLOOM_') || /^SEEDLOOM_(HOME|.+_URL)$/.test(entry[0])),
  );
  return Object.fromEntries(kept);
}
