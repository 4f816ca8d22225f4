import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { app, utilityProcess } from 'electron';
import type { FromEngine } from '../engine-calls';
import { engineEnvironment } from './engine-environment';
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
        env: engineEnvironment(process.env, availableParallelism()),
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
