import { afterAll, describe, expect, it } from 'vitest';
import { initialRules, type PodRules } from '#core/pod';
import { temporaryFolder } from '../kit/temporary-folder';
import type { FakePod } from '../kit/fake-pod';
import type { FakeRunpod, FakeRunpodOptions } from '../kit/fake-runpod';
import { computer, runpodIn, wish, type Computer } from '../kit/pod-bench';

/**
 * No pod is forgotten: a simulated clock runs the fake RunPod, Seedloom's engine, and the real watchdog script in a real
 * shell. `minutes` is what a pod is paid for after the event (or after its last job, where one was under way).
 */

interface Scenario {
  what: string;
  rules?: Partial<PodRules>;
  fake?: Partial<FakeRunpodOptions>;
  /** Minutes of each job that is under way when it happens. */
  jobs?: number[];
  happens(at: { here: Computer; pod: FakePod; runpod: FakeRunpod }): void | Promise<void>;
  /** Most minutes of pod life after the event and the jobs. */
  within: number;
  by: 'watchdog' | 'seedloom' | 'either';
}

/** Shorter than the initial ones, so that the days of a pod pass in seconds; the first two scenarios have the initial ones. */
const short = { idle: 8, lease: 6, job: 15, start: 12 };
const { idle, lease, job, start } = short;
const kill = ({ here }: { here: Computer }) => here.kill();

const scenarios: Scenario[] = [
  {
    what: 'kill -9, initial rules',
    rules: initialRules,
    happens: kill,
    within: initialRules.lease + 1,
    by: 'watchdog',
  },
  {
    what: 'open, initial rules',
    rules: initialRules,
    happens: () => undefined,
    within: initialRules.idle! + 1,
    by: 'seedloom',
  },
  { what: 'kill -9 in a job', jobs: [9], happens: kill, within: lease + 1, by: 'watchdog' },
  {
    what: 'kill -9 with three jobs waiting',
    jobs: [3, 2, 7],
    happens: kill,
    within: lease + 1,
    by: 'watchdog',
  },
  {
    what: 'kill -9 in a long training',
    rules: { job: 22 },
    jobs: [20],
    happens: kill,
    within: lease + 1,
    by: 'watchdog',
  },
  {
    what: 'network cut for good',
    jobs: [10],
    happens: ({ here }) => void (here.network = 'cut'),
    within: lease + 1,
    by: 'watchdog',
  },
  {
    what: 'laptop asleep in a job',
    jobs: [12],
    happens: ({ here }) => here.actor.freeze(),
    within: lease + 1,
    by: 'watchdog',
  },
  { what: 'quit, pod left running', happens: ({ here }) => here.close(), within: lease + 1, by: 'watchdog' },
  {
    what: 'killed while the pod starts',
    fake: { boot: 10 },
    happens: kill,
    within: 10 + lease + 2,
    by: 'watchdog',
  },
  {
    what: 'killed, and ComfyUI never answers',
    fake: { boot: 100_000 },
    happens: kill,
    within: start + 1,
    by: 'watchdog',
  },
  {
    what: 'killed, and ComfyUI dies in a job',
    jobs: [20],
    happens: ({ here, pod }) => {
      here.kill();
      pod.isDead = true;
    },
    within: lease + 2,
    by: 'watchdog',
  },
  { what: 'killed, and a job hangs', jobs: [Infinity], happens: kill, within: job + 2, by: 'watchdog' },
  {
    what: 'open, in a job',
    jobs: [9],
    happens: () => undefined,
    within: idle + 1,
    by: 'seedloom',
  },
  {
    what: 'open, too old, in a job',
    rules: { idle: null, maxAge: 9 },
    jobs: [10],
    happens: () => undefined,
    within: 1,
    by: 'either',
  },
  {
    what: 'killed, somebody else renews nothing, too old',
    rules: { lease: 600, maxAge: 12 },
    happens: kill,
    within: 13,
    by: 'watchdog',
  },
];

const table: string[][] = [
  ['what happens', 'job minutes', 'pod minutes after', 'at most', 'paid in all', 'stopped by'],
];

describe('a pod that Seedloom has made', () => {
  afterAll(() => {
    const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
    const lines = table.map((row) => row.map((cell, column) => cell.padEnd(widths[column]!)).join('  '));
    console.log(`\n${lines.join('\n')}\n`);
  });

  it.each(scenarios)('$what: is stopped within minutes, and in no job', async (scenario) => {
    const { what, jobs = [], rules, fake, happens, within, by } = scenario;
    const folder = temporaryFolder();
    const runpod = await runpodIn(folder.path, fake);
    const here = await computer(folder.path, runpod);
    try {
      const { id } = await here.engine.pods.create(wish({ ...short, ...rules }));
      const pod = runpod.pod(id);
      here.keep();
      // Ready, and its watchdog heard of; or as far as it comes.
      await runpod.clock.pass(6);
      pod.work(...jobs);
      const before = pod.minutes;
      const hanging = jobs.includes(Infinity);
      const work = hanging || pod.isDead ? 0 : jobs.reduce((sum, minutes) => sum + minutes, 0);
      await happens({ here, pod, runpod });
      const counted = pod.isDead ? 0 : work;
      await runpod.clock.pass(48 * 60, () => !pod.isUp);

      const after = pod.minutes - before - counted;
      table.push([
        what,
        jobs.map((minutes) => (hanging ? 'hangs' : String(minutes))).join(' + ') || '-',
        after.toFixed(1),
        String(within),
        `$${pod.cost.toFixed(2)}`,
        pod.stops[0]?.by ?? 'nobody',
      ]);
      expect(pod.stops).toHaveLength(1);
      expect(pod.stops[0]!.duringJob).toBe(hanging || pod.isDead);
      if (by !== 'either') expect(pod.stops[0]!.by).toBe(by);
      expect(after).toBeLessThanOrEqual(within);
      // Not in the bud, either: a lease that never held would pass as well.
      expect(after).toBeGreaterThanOrEqual(by === 'either' ? 0 : 2);
    } finally {
      await here.close();
      await runpod.close();
      folder.remove();
    }
  });
});
