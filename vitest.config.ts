import { readdirSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

const folder = (path: string) => new URL(path, import.meta.url);

/**
 * Files that change what others share: modules they replace, the window's stores, globals, the environment. Each has a worker of its
 * own; all others share the modules their worker has loaded, which takes longer than most of them run.
 */
const changesWhatIsShared =
  /\bvi\.(mock|doMock|spyOn|stub\w+|useFakeTimers)\(|\bprocess\.(env\b.* = |chdir)|renderer\/(commands|stores)\//;

const files = readdirSync(folder('test/'), { recursive: true, encoding: 'utf8' })
  .map((name) => `test/${name.replaceAll('\\', '/')}`)
  .filter((name) => /\.test\.tsx?$/.test(name));
const apart = files.filter((name) => changesWhatIsShared.test(readFileSync(folder(name), 'utf8')));

const unit = {
  environment: 'node' as const,
  // The built command line is a program, not to be taken apart.
  server: { deps: { external: [/\/out\/cli\//] } },
  maxWorkers: 2,
  // What is waited for ends a wait at once; the limits are for a machine that has much else to do.
  expect: { poll: { timeout: 30_000 } },
  testTimeout: 60_000,
  hookTimeout: 60_000,
  sequence: { groupOrder: 0 },
};

// `unit` and `unit-apart` are everything that needs no window; `e2e` starts the real app, one file at a time.
export default defineConfig({
  test: {
    pool: 'forks',
    projects: [
      {
        extends: true,
        test: {
          ...unit,
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/e2e/**', ...apart],
          isolate: false,
        },
      },
      { extends: true, test: { ...unit, name: 'unit-apart', include: apart } },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.e2e.ts'],
          environment: 'node',
          fileParallelism: false,
          maxWorkers: 1,
          isolate: false,
          expect: { poll: { timeout: 60_000 } },
          // On a busy machine the longest have taken four times what they take.
          testTimeout: 300_000,
          hookTimeout: 300_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
