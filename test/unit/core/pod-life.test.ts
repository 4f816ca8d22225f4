import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { initialRules, type PodRules, type PodSeen } from '#core/pod';
import { newLife, observe, spentSince, type PodLife, type PodObservation } from '#core/pod-life';

const minute = 60_000;
const start = Date.parse('2026-11-21T12:00:00.000Z');

function pod(changes: Partial<PodSeen> = {}): PodSeen {
  const gpu = { id: 'NVIDIA GeForce RTX 4090', count: 1 };
  return {
    id: 'p1',
    name: 'one',
    status: 'running',
    perHour: 0.6,
    gpu,
    ports: [],
    locked: false,
    startedAt: start,
    ...changes,
  };
}

interface Moment {
  after: number;
  /** Jobs ComfyUI tells of; `undefined` when it does not answer. */
  jobs?: number;
  seen?: PodObservation['seen'];
  here?: number;
}

/** Goes through moments (minutes from the start) until one says stop. */
function live(
  moments: readonly Moment[],
  rules: PodRules = initialRules,
  from: PodLife = newLife('running'),
) {
  let life = from;
  const phases: string[] = [];
  for (const { after, jobs, seen = pod(), here = 0 } of moments) {
    const probe = jobs === undefined ? { answers: false } : { answers: true, remaining: jobs };
    const verdict = observe(life, { at: start + after * minute, seen, probe, jobsHere: here }, rules);
    ({ life } = verdict);
    phases.push(life.phase);
    if (verdict.stop !== undefined) return { stop: verdict.stop, after, phases, life };
  }
  return { stop: undefined, after: undefined, phases, life };
}

const each = (from: number, to: number, moment: Omit<Moment, 'after'>): Moment[] =>
  Array.from({ length: to - from }, (_, index) => ({ after: from + index, ...moment }));

describe("a pod's life", () => {
  it('starts, is ready, works, idles, and is stopped after its idle time', () => {
    const told = live([
      { after: 0, seen: pod({ status: 'starting' }) },
      { after: 3 },
      { after: 4, jobs: 0 },
      ...each(5, 20, { jobs: 2 }),
      ...each(20, 60, { jobs: 0 }),
    ]);
    expect([...new Set(told.phases)]).toEqual(['starting', 'idle', 'busy', 'stopping']);
    // The last job was there at minute 19 and gone at 20.
    expect([told.stop, told.after]).toEqual(['idle', 35]);
  });

  it('is stopped when ComfyUI never answers, and not while it may still start', () => {
    expect(live(each(0, 100, {}))).toMatchObject({ stop: 'never-ready', after: 45 });
    expect(live(each(0, 100, {}), { ...initialRules, start: 90 })).toMatchObject({ after: 90 });
  });

  it('is stopped at its greatest age, after the job that is under way', () => {
    const rules = { ...initialRules, idle: null, maxAge: 60 };
    expect(live(each(0, 100, { jobs: 0 }), rules)).toMatchObject({ stop: 'too-old', after: 60 });
    const late = [...each(0, 75, { jobs: 1 }), ...each(75, 100, { jobs: 0 })];
    expect(live(late, rules)).toMatchObject({ stop: 'too-old', after: 75 });
  });

  it('counts a job that hangs as none, after the longest time a job may take', () => {
    expect(live(each(0, 500, { jobs: 1 }))).toMatchObject({ stop: 'idle', after: 240 });
  });

  it('keeps running while a job here is still fetched', () => {
    expect(live([...each(0, 1, { jobs: 1 }), ...each(1, 100, { jobs: 0, here: 1 })]).stop).toBeUndefined();
  });

  it('holds a job that ran to go on while ComfyUI is silent, as long as its watchdog does', () => {
    const told = live([...each(0, 10, { jobs: 1 }), ...each(10, 100, {})]);
    expect(told).toMatchObject({ stop: 'idle', after: 9 + initialRules.lease });
    expect(told.phases).toContain('silent');
  });

  it.each([
    ['its watchdog sees it', { watchdog: true }, 0],
    ['a run here waits for it', {}, 1],
  ])('holds a job to go on through a long silence where %s', (_what, more, here) => {
    let life = newLife('running');
    const stops: number[] = [];
    for (let after = 0; after < 400 && stops.length === 0; after += 1) {
      const probe = after < 10 ? { answers: true, remaining: 1 } : { answers: false };
      const moment = { at: start + after * minute, seen: pod(), probe, jobsHere: here, ...more };
      const verdict = observe(life, moment, initialRules);
      ({ life } = verdict);
      if (verdict.stop !== undefined) stops.push(after);
    }
    expect(stops).toEqual([initialRules.job]);
  });

  it('has its lease run out when it is time and its host cannot be asked', () => {
    const rules = { ...initialRules, idle: 10 };
    const lapsed: (true | undefined)[] = [];
    let life = newLife('running');
    for (let after = 0; after < 14; after += 1) {
      const seen = after < 2 ? pod() : 'unseen';
      const probe = { answers: true, remaining: after === 3 ? 1 : 0 };
      const verdict = observe(life, { at: start + after * minute, seen, probe, jobsHere: 0 }, rules);
      ({ life } = verdict);
      lapsed.push(verdict.lapse);
      expect(verdict.stop).toBeUndefined();
    }
    // There was work until minute 4.
    expect(lapsed.indexOf(true)).toBe(-1);
    const later = {
      at: start + 14 * minute,
      seen: 'unseen' as const,
      probe: { answers: true, remaining: 0 },
    };
    expect(observe(life, { ...later, jobsHere: 0 }, rules).lapse).toBe(true);
  });

  it('is not put off by a clock that is set back', () => {
    const ahead: PodLife = live([...each(600, 603, { jobs: 0 })]).life;
    const rules = { ...initialRules, idle: 10 };
    expect(live(each(1, 60, { jobs: 0 }), rules, ahead)).toMatchObject({ stop: 'idle', after: 11 });
  });

  it.each([
    ['ahead', 3000],
    ['behind', -3000],
  ])("counts age and money by one clock when its host's is %s", (_what, off) => {
    const asked: PodLife = { ...newLife('running'), phase: 'starting', since: start };
    const seen = pod({ startedAt: start + off * minute });
    const rules = { ...initialRules, idle: null, maxAge: 120 };
    const told = live(each(1, 200, { jobs: 0, seen }), rules, asked);
    expect(told).toMatchObject({ stop: 'too-old', after: 120 });
    expect(spentSince(told.life, 0.6, start + 120 * minute)).toBeCloseTo(1.2, 10);
  });

  it('decides nothing while its host cannot be asked', () => {
    const told = live([...each(0, 2, { jobs: 0 }), ...each(2, 3000, { seen: 'unseen' })]);
    expect([told.stop, told.life.phase]).toEqual([undefined, 'unseen']);
  });

  it('after a computer slept, decides by what it sees now', () => {
    const asleep = [
      { after: 0, jobs: 1 },
      { after: 600, jobs: 1 },
    ];
    // Nobody can tell whether it is the job of ten hours ago.
    expect(live(asleep).stop).toBeUndefined();
    expect(
      live([
        { after: 0, jobs: 3 },
        { after: 600, jobs: 1 },
      ]).stop,
    ).toBeUndefined();
    expect(
      live([
        { after: 0, jobs: 0 },
        { after: 600, jobs: 0 },
      ]).stop,
    ).toBe('idle');
  });

  it('is stopped at once when it comes up without its GPU', () => {
    const none = pod({ gpu: { id: 'NVIDIA A40', count: 0 } });
    expect(live([{ after: 0, seen: none }])).toMatchObject({ stop: 'no-gpu' });
  });

  it('is asked to stop until it has stopped, and left alone then', () => {
    const wanted = { ...newLife('stopped'), phase: 'stopping' as const };
    expect(live([{ after: 0, jobs: 1 }], initialRules, wanted).stop).toBe('wanted');
    const over = live([{ after: 0, seen: pod({ status: 'stopped', perHour: 0 }) }], initialRules, wanted);
    expect([over.stop, over.life.phase]).toEqual([undefined, 'stopped']);
  });

  it('is looked after anew when somebody starts it elsewhere', () => {
    const over = live(
      [{ after: 0, seen: pod({ status: 'stopped' }) }],
      initialRules,
      newLife('stopped'),
    ).life;
    const again = pod({ startedAt: start + 600 * minute });
    expect(live([{ after: 601, jobs: 0, seen: again }], initialRules, over)).toMatchObject({
      stop: undefined,
      life: { wanted: 'running', phase: 'idle' },
    });
  });

  it('that was started a moment ago is not given up because its host still shows it stopped, nor is yesterday its start', () => {
    const asked: PodLife = { ...newLife('running'), phase: 'starting', since: start + 100 * minute };
    const stopped = pod({ status: 'stopped', perHour: 0 });
    const told = live(
      [
        { after: 101, seen: stopped },
        { after: 102, seen: pod({ status: 'starting' }) },
        { after: 104, jobs: 0 },
      ],
      initialRules,
      asked,
    );
    expect(told.phases).toEqual(['stopped', 'starting', 'idle']);
    expect(spentSince(told.life, 0.6, start + 160 * minute)).toBeCloseTo(0.6, 10);
    const never = live(
      [
        { after: 101, seen: stopped },
        { after: 110, seen: stopped },
      ],
      initialRules,
      asked,
    );
    expect(never.life).toMatchObject({ phase: 'stopped', wanted: 'stopped' });
  });
});

const rulesArbitrary = fc.record({
  idle: fc.option(fc.integer({ min: 1, max: 60 })),
  maxAge: fc.option(fc.integer({ min: 1, max: 300 })),
  lease: fc.integer({ min: 2, max: 30 }),
  job: fc.integer({ min: 1, max: 120 }),
  start: fc.integer({ min: 1, max: 60 }),
});
const momentArbitrary = fc.record({
  gap: fc.integer({ min: 1, max: 200 }),
  answer: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
  here: fc.integer({ min: 0, max: 1 }),
  seen: fc.constantFrom<PodObservation['seen'][]>(pod(), pod(), pod(), pod({ status: 'starting' }), 'unseen'),
});

describe('whatever is seen of a pod', () => {
  it('is never a reason to stop it while a job is there that is no longer there than a job may be', () => {
    fc.assert(
      fc.property(rulesArbitrary, fc.array(momentArbitrary, { maxLength: 40 }), (rules, moments) => {
        let life = newLife('running');
        let at = start;
        let jobs: number | undefined;
        let since = at;
        for (const { gap, answer, here, seen } of moments) {
          at += gap * minute;
          const probe = answer === undefined ? { answers: false } : { answers: true, remaining: answer };
          const verdict = observe(life, { at, seen, probe, jobsHere: here }, rules);
          // Kept apart from the code under test: how many jobs anybody knew of, and since when.
          const now = Math.max(answer ?? jobs ?? 0, here);
          const isHeard = seen !== 'unseen' || answer !== undefined;
          if (isHeard && now !== jobs) [jobs, since] = [now, at];
          const isYoung = at - since < rules.job * minute;
          if (seen !== 'unseen' && answer !== undefined && now > 0 && isYoung)
            expect(verdict.stop).toBeUndefined();
          if (seen === 'unseen') expect(verdict.stop).toBeUndefined();
          if (verdict.stop !== undefined) return;
          ({ life } = verdict);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('a pod with nothing to do that is looked at every minute lives no longer than its rules say', () => {
    fc.assert(
      fc.property(rulesArbitrary, fc.integer({ min: 0, max: 20 }), (rules, silent) => {
        const idle = live([...each(0, silent, {}), ...each(silent, 500, { jobs: 0 })], rules);
        const ready = silent + (rules.idle ?? Infinity);
        const never = silent > rules.start ? rules.start : Infinity;
        const most = Math.min(ready, rules.maxAge ?? Infinity, never);
        if (most > 499) expect(idle.stop).toBeUndefined();
        else expect(idle.after).toBe(most);
      }),
      { numRuns: 500 },
    );
  });
});
