import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Issue } from '#core/issue';
import type { JsonValue } from '#core/json';
import type { Plan } from '#core/plan/planned';
import type { RunEvent } from '#core/run';
import type { seedloom as seedloomOfSource } from '../../cli/program';
import { buildStale, builtFile } from '../../scripts/build.mjs';
import { temporaryFolder } from '../kit/temporary-folder';

const launcher = fileURLToPath(new URL('../../scripts/seedloom.mjs', import.meta.url));

/** The built command line, up to date; loaded once. */
let loaded: Promise<{ seedloom: typeof seedloomOfSource }> | undefined;
const built = () =>
  (loaded ??= buildStale(['cli'], { quiet: true }).then(
    () => import(/* @vite-ignore */ pathToFileURL(builtFile('cli')).href) as NonNullable<typeof loaded>,
  ));

export interface Ended {
  code: number | null;
  out: string;
  errors: string;
}

export interface CommandLine {
  /** A temporary folder with the data folder and the workflow files of a test. */
  folder: string;
  /** Runs a command of the built command line to its end, in this process: a process takes longer to begin than most commands take. */
  seedloom(...given: string[]): Promise<Ended>;
  /** The same, with variables set for it; as a process of its own where somebody listens, who may want to kill it. */
  start(
    given: readonly string[],
    environment?: Record<string, string>,
    onOutput?: (text: string, kill: (signal: 'SIGINT' | 'SIGKILL') => void) => void,
  ): Promise<Ended>;
  /** As a process of its own, by the command that people type. */
  process(...given: Parameters<CommandLine['start']>): Promise<Ended>;
  /** Writes a workflow file and gives its path. */
  write(name: string, workflow: Workflow | string): string;
  remove(): void;
}

export type Workflow = Readonly<Record<string, JsonValue>>;

export function commandLine(): CommandLine {
  const { path: folder, remove } = temporaryFolder();
  const surroundings = (changes: Record<string, string>) => ({
    ...withoutOurs(process.env),
    SEEDLOOM_HOME: join(folder, 'data'),
    ...changes,
  });
  const start: CommandLine['start'] = async (given, environment = {}, onOutput) => {
    if (onOutput !== undefined) return ownProcess(given, environment, onOutput);
    const ended: Ended = { code: null, out: '', errors: '' };
    const { seedloom } = await built();
    ended.code = await seedloom(given, {
      environment: surroundings(environment),
      directory: folder,
      out: { write: (text) => (ended.out += text) },
      errors: { write: (text) => (ended.errors += text) },
    });
    return ended;
  };
  const ownProcess: CommandLine['process'] = (given, environment = {}, onOutput) =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [launcher, ...given], {
        cwd: folder,
        env: surroundings(environment),
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const ended: Ended = { code: null, out: '', errors: '' };
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        ended.out += text;
        onOutput?.(text, (signal) => child.kill(signal));
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        ended.errors += text;
        onOutput?.(text, (signal) => child.kill(signal));
      });
      child.on('error', reject);
      child.on('close', (code) => resolve({ ...ended, code }));
    });
  return {
    folder,
    start,
    process: ownProcess,
    seedloom: (...given) => start(given),
    write(name, workflow) {
      const path = join(folder, name);
      writeFileSync(path, typeof workflow === 'string' ? workflow : JSON.stringify(workflow, null, 2));
      return path;
    },
    remove,
  };
}

/** Keys, addresses and colours of whoever runs the tests stay out of them. */
function withoutOurs(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(
    ([name]) => !name.startsWith('SEEDLOOM_') && name !== 'FORCE_COLOR',
  );
  return Object.fromEntries(kept);
}

type NodeLine = [id: string, type: string, params?: Workflow, more?: Workflow];

/** A workflow that runs free of charge, from a few lines: nodes, then edges as `"a.image > b.image"`. */
export function workflow(
  nodes: readonly NodeLine[],
  edges: readonly string[] = [],
  more: Workflow = {},
): Workflow {
  return {
    seedloom: 1,
    id: 'test-workflow',
    title: 'Test',
    routes: { generate: 'sandbox/picture', edit: 'sandbox/picture', upscale: 'local/lanczos' },
    nodes: Object.fromEntries(
      nodes.map(([id, type, params = {}, rest = {}]) => [id, { type, version: 1, params, ...rest }]),
    ),
    edges: edges.map((edge) => {
      const [from = '', to = ''] = edge.split(' > ');
      return { from, to };
    }),
    layout: {},
    ...more,
  };
}

/** Standard output of `run --json`: every line must be an event. */
export function eventsOf({ out }: Ended): RunEvent[] {
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as RunEvent);
}

export function finished(ended: Ended) {
  return eventsOf(ended).filter(
    (event): event is Extract<RunEvent, { type: 'step-finished' }> => event.type === 'step-finished',
  );
}

export function failures(ended: Ended) {
  return eventsOf(ended).flatMap((event) => (event.type === 'step-failed' ? [event.failure] : []));
}

export function sent(ended: Ended) {
  return eventsOf(ended).filter(({ type }) => type === 'job-intended');
}

export function refusal({ out }: Ended): Issue[] {
  const { type, issues } = JSON.parse(out) as { type: string; issues: Issue[] };
  if (type !== 'refused') throw new Error(`"${type}" is no refusal`);
  return issues;
}

export function planOf({ out }: Ended): Plan {
  return JSON.parse(out) as Plan;
}

export function bytesOf(path: string): string {
  return readFileSync(path).toString('base64');
}
