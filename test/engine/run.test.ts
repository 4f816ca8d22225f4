import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setParam } from '#core/document/edit';
import { countSteps, emptyRun, foldRun, type RunEvent } from '#core/run';
import { engineBench, type EngineBench } from '#test/kit/engine-bench';
import { temporaryFolder } from '#test/kit/temporary-folder';
import { scriptedProvider, type ScriptedProvider } from '#test/kit/scripted-provider';
import { small } from '#test/kit/small-catalogue';

let folder: ReturnType<typeof temporaryFolder>;
let vendor: ScriptedProvider;
let bench: EngineBench;

beforeEach(async () => {
  folder = temporaryFolder();
  vendor = await scriptedProvider();
  bench = await engineBench(folder.path, [vendor.provider]);
});

afterEach(async () => {
  await bench.engine.close();
  await vendor.close();
  folder.remove();
});

const chain = () =>
  small(
    [
      ['words', 'words', { lines: 'a cat\na dog' }],
      ['make', 'make'],
      ['shrink', 'shrink'],
      ['write', 'write'],
    ],
    ['words.text > make.prompt', 'make.image > shrink.image', 'shrink.image > write.image'],
  );

const ofType = <T extends RunEvent['type']>(events: RunEvent[], type: T) =>
  events.filter((event): event is Extract<RunEvent, { type: T }> => event.type === type);

const stateOf = (events: RunEvent[]) => events.reduce(foldRun, emptyRun(events[0]!.run));

describe('a run', () => {
  it('makes every step, pays once for each, and leaves the files', async () => {
    const { events, outcome, spent } = await bench.run(chain());
    expect(outcome).toBe('done');
    expect([...vendor.shop.charges].sort()).toEqual(['a cat', 'a dog']);
    expect(spent).toBe(0.08);
    expect(countSteps(stateOf(events))).toMatchObject({ asked: 6, finished: 6, open: 0 });
    expect(readdirSync(bench.outFolder).sort()).toEqual(['out-1.png', 'out-2.png']);
  });

  it('sends nothing the second time, also after a restart', async () => {
    await bench.run(chain());
    await bench.engine.close();
    bench = await engineBench(folder.path, [vendor.provider]);
    const asked = vendor.shop.requests.length;
    const { events, spent, outcome } = await bench.run(chain());
    expect(outcome).toBe('done');
    expect(spent).toBe(0);
    expect(vendor.shop.requests).toHaveLength(asked);
    expect(ofType(events, 'step-finished').map(({ reused }) => reused)).toEqual(Array(6).fill(true));
  });

  it('makes only what a changed word touches', async () => {
    await bench.run(chain());
    await bench.run(setParam(chain(), 'words', 'lines', 'a cat\na hen'));
    expect(vendor.shop.charges.toSorted()).toEqual(['a cat', 'a dog', 'a hen']);
  });

  it('agrees with the plan made before it', async () => {
    await bench.run(chain());
    const edited = setParam(chain(), 'words', 'lines', 'a hen\na cat');
    const plan = await bench.engine.plan(bench.request(edited));
    const { events } = await bench.run(edited);
    const made = ofType(events, 'step-finished')
      .filter(({ reused }) => !reused)
      .map(({ step }) => step);
    const said = plan.steps.filter(({ verdict }) => verdict === 'will-run').map(({ id }) => id);
    expect(made.sort()).toEqual(said.sort());
  });

  it('asks once for two steps that are the same', async () => {
    const twins = small([
      ['a', 'make', { prompt: 'same' }],
      ['b', 'make', { prompt: 'same' }],
    ]);
    const { events } = await bench.run(twins);
    expect(vendor.shop.charges).toEqual(['same']);
    expect(
      ofType(events, 'step-finished')
        .map(({ reused }) => reused)
        .sort(),
    ).toEqual([false, true]);
  });

  it('asks once for the same step in two runs at a time', async () => {
    const document = small([['a', 'make', { prompt: 'same' }]]);
    const results = await Promise.all([bench.run(document), bench.run({ ...document, id: 'other' })]);
    expect(results.map(({ outcome }) => outcome)).toEqual(['done', 'done']);
    expect(vendor.shop.charges).toEqual(['same']);
  });

  it('writes down before it sends, and the ticket before the result', async () => {
    const { events } = await bench.run(small([['make', 'make']]));
    const types = events.map(({ type }) => type).filter((type) => type !== 'job-progressed');
    expect(types).toEqual([
      'run-opened',
      'step-started',
      'job-intended',
      'job-accepted',
      'job-settled',
      'step-finished',
      'run-closed',
    ]);
    expect(bench.engine.show(events[0]!.run)!.map(({ type }) => type)).toEqual(
      types.filter((type) => type !== 'step-started'),
    );
  });

  it('keeps the intent on disk at the moment the request arrives', async () => {
    let seen: unknown;
    const spying = await scriptedProvider();
    const { submit } = spying.provider;
    spying.provider.submit = async (task, tools) => {
      const spend = tools.spend.bind(tools);
      return submit(task, {
        ...tools,
        spend: async (request) => {
          const answer = await spend(request);
          seen = bench.engine.runs().flatMap(({ run }) => bench.engine.show(run)!.map(({ type }) => type));
          return answer;
        },
      });
    };
    await bench.engine.close();
    bench = await engineBench(join(folder.path, 'spied'), [spying.provider]);
    await bench.run(small([['make', 'make']]));
    expect(seen).toContain('job-intended');
    expect(seen).not.toContain('job-accepted');
    await spying.close();
  });

  it('runs as many at once as the route allows, no more', async () => {
    const narrow = await scriptedProvider({ limits: { together: 3 } });
    narrow.shop.startState = 'running';
    await bench.engine.close();
    bench = await engineBench(join(folder.path, 'narrow'), [narrow.provider], {
      clock: {
        now: () => Date.now(),
        sleep: async () => {
          await new Promise((resolve) => setImmediate(resolve));
          if (narrow.shop.jobs.size % 3 === 0 || narrow.shop.jobs.size >= 8) narrow.shop.finish();
        },
      },
    });
    const { outcome } = await bench.run(small([['make', 'make', { count: 8 }]]));
    expect(outcome).toBe('done');
    expect(narrow.shop.mostTogether).toBe(3);
    await narrow.close();
  });

  it('refuses before anything is sent when the plan has an issue', async () => {
    const started = await bench.engine.start(
      bench.request(
        small([
          ['make', 'make'],
          ['s', 'shrink'],
        ]),
      ),
    );
    expect(started).toMatchObject({ ok: false, issues: [{ code: 'missing-input' }] });
    expect(vendor.shop.requests).toEqual([]);
    expect(bench.engine.runs()).toEqual([]);
  });

  it('runs an empty workflow to its end', async () => {
    const { outcome, events } = await bench.run(small([]));
    expect(outcome).toBe('done');
    expect(events.map(({ type }) => type)).toEqual(['run-opened', 'run-closed']);
  });

  it('runs a chain of 2,000 machine steps', async () => {
    const nodes: [string, string][] = [['n0', 'make']];
    const edges: string[] = [];
    for (let place = 1; place <= 2_000; place += 1) {
      nodes.push([`n${place}`, place === 1 ? 'shrink' : 'shrink']);
      edges.push(`n${place - 1}.image > n${place}.image`);
    }
    const { outcome } = await bench.run(small(nodes, edges));
    expect(outcome).toBe('done');
  });
});

describe('when something fails', () => {
  it('what depends on it is skipped with the reason, the rest goes on', async () => {
    vendor.shop.faults.push({ kind: 'answer', status: 422, body: '{"no":"thanks"}' });
    const document = small(
      [
        ['bad', 'make', { prompt: 'bad' }],
        ['after', 'shrink'],
        ['good', 'make', { prompt: 'good', seed: 1 }],
      ],
      ['bad.image > after.image'],
    );
    const { events, outcome } = await bench.run(document);
    expect(outcome).toBe('failed');
    const state = stateOf(events);
    const states = [...state.steps.values()].map(({ node, state: end }) => [node, end]);
    const failed = [...state.steps.values()].find(({ state: end }) => end === 'failed')!;
    expect(failed.failure).toMatchObject({ code: 'http-422', charge: 'none' });
    expect(states.map(([, end]) => end).sort()).toEqual(
      failed.node === 'bad' ? ['failed', 'finished', 'skipped'] : ['failed', 'finished', 'finished'],
    );
    expect(countSteps(state)).toMatchObject({ asked: 3, open: 0 });
  });

  it('a refusal that says "later" is tried again when the vendor says so', async () => {
    vendor.shop.faults.push({ kind: 'answer', status: 429, headers: { 'retry-after': '7' } });
    const { outcome } = await bench.run(small([['make', 'make']]));
    expect(outcome).toBe('done');
    expect(vendor.shop.charges).toHaveLength(1);
    expect(bench.clock.slept).toContain(7_000);
  });

  it('a Retry-After date counts as well', async () => {
    const date = new Date(bench.clock.now() + 9_000).toUTCString();
    vendor.shop.faults.push({ kind: 'answer', status: 429, headers: { 'retry-after': date } });
    await bench.run(small([['make', 'make']]));
    expect(Math.max(...bench.clock.slept)).toBeGreaterThanOrEqual(8_000);
  });

  it('a cut answer is never sent again: the step is in doubt, and stays so until it is answered', async () => {
    vendor.shop.faults.push({ kind: 'cut-after' });
    const document = small([['make', 'make']]);
    const first = await bench.run(document);
    expect(first.outcome).toBe('waiting');
    expect(vendor.shop.charges).toHaveLength(1);
    const second = await bench.run(document);
    expect(second.outcome).toBe('waiting');
    expect(vendor.shop.charges).toHaveLength(1);
    const run = second.events[0]!.run;
    expect(await bench.engine.answer(run, 'nobody#0', 'resend')).toMatchObject({ code: 'not-in-doubt' });
    expect(await bench.engine.answer(run, 'make#0', 'resend')).toBeUndefined();
    const third = await bench.run(document);
    expect(third.outcome).toBe('done');
    expect(vendor.shop.charges).toHaveLength(2);
  });

  it('with our own id a cut answer is asked after, not paid twice', async () => {
    const own = await scriptedProvider({ recovery: 'own-id' });
    await bench.engine.close();
    bench = await engineBench(join(folder.path, 'own'), [own.provider]);
    own.shop.faults.push({ kind: 'cut-after' });
    expect((await bench.run(small([['make', 'make']]))).outcome).toBe('done');
    expect(own.shop.charges).toHaveLength(1);
    own.shop.faults.push({ kind: 'cut-before' });
    expect((await bench.run(small([['make', 'make', { prompt: 'other' }]]))).outcome).toBe('done');
    expect(own.shop.charges).toHaveLength(2);
    await own.close();
  });

  it('an unreachable vendor is named, and nothing is in doubt', async () => {
    await vendor.shop.close();
    const { events, outcome } = await bench.run(small([['make', 'make']]));
    expect(outcome).toBe('failed');
    expect(ofType(events, 'step-failed')[0]!.failure).toMatchObject({
      code: 'unreachable',
      act: 'user',
      charge: 'none',
    });
  });

  it('the vendor’s own "no" and a forgotten job each end the step in their words', async () => {
    vendor.shop.startState = 'failed';
    expect(ofType((await bench.run(small([['a', 'make']]))).events, 'step-failed')[0]!.failure.message).toBe(
      'The shop says no.',
    );
    vendor.shop.startState = 'lost';
    expect(ofType((await bench.run(small([['a', 'make']]))).events, 'step-failed')[0]!.failure.code).toBe(
      'lost',
    );
  });

  it('never shows a key', async () => {
    const secret = 'sk-very-secret-value';
    await bench.engine.close();
    const leaky = await scriptedProvider({
      secrets: [{ name: 'key', label: 'Key', required: true }],
    });
    const { submit } = leaky.provider;
    leaky.provider.submit = (task, tools) => {
      tools.secret('key');
      return submit(task, tools);
    };
    leaky.shop.faults.push({ kind: 'answer', status: 400, body: `bad key ${secret}` });
    bench = await engineBench(join(folder.path, 'leaky'), [leaky.provider], { secret: () => secret });
    const { events } = await bench.run(small([['make', 'make']]));
    expect(JSON.stringify(events)).not.toContain(secret);
    expect(ofType(events, 'step-failed')[0]!.failure.detail).toContain('•••');
    await leaky.close();
  });
});

describe('money', () => {
  it('stops before the cap, keeps what was made, and says so', async () => {
    const { events, outcome, spent } = await bench.run(small([['make', 'make', { count: 4 }]]), {
      budget: 0.1,
    });
    expect(outcome).toBe('over-budget');
    expect(spent).toBe(0.08);
    expect(vendor.shop.charges).toHaveLength(2);
    expect(countSteps(stateOf(events))).toMatchObject({ asked: 4, finished: 2, held: 2 });
  });

  it('with nothing to spend nothing is sent', async () => {
    const { outcome } = await bench.run(small([['make', 'make']]), { budget: 0 });
    expect(outcome).toBe('over-budget');
    expect(vendor.shop.requests).toEqual([]);
  });
});

describe('cancel', () => {
  it('stops at the vendor, skips the rest, and a later run starts clean', async () => {
    vendor.shop.startState = 'running';
    const started = await bench.engine.start(
      bench.request(
        small(
          [
            ['make', 'make'],
            ['s', 'shrink'],
          ],
          ['make.image > s.image'],
        ),
      ),
    );
    if (!started.ok) throw new Error('refused');
    started.run.listen((event) => {
      if (event.type === 'job-accepted') started.run.cancel();
    });
    await started.run.done;
    expect(vendor.shop.requests).toContain('POST /jobs/job-1/cancel');
    vendor.shop.startState = 'done';
    const again = await bench.run(
      small(
        [
          ['make', 'make'],
          ['s', 'shrink'],
        ],
        ['make.image > s.image'],
      ),
    );
    expect(again.outcome).toBe('done');
  });

  it('collects what was finished before it could be stopped', async () => {
    vendor.shop.startState = 'running';
    const started = await bench.engine.start(bench.request(small([['make', 'make']])));
    if (!started.ok) throw new Error('refused');
    started.run.listen((event) => {
      if (event.type !== 'job-accepted') return;
      vendor.shop.finish();
      started.run.cancel();
    });
    expect(await started.run.done).toMatchObject({ outcome: 'done', spent: 0.04 });
  });
});

describe('files', () => {
  it('never writes over another picture', async () => {
    await bench.run(chain());
    const mine = join(bench.outFolder, 'out-1.png');
    writeFileSync(mine, 'my own words');
    const { events } = await bench.run(chain());
    expect(readFileSync(mine, 'utf8')).toBe('my own words');
    expect(existsSync(join(bench.outFolder, 'out-1-2.png'))).toBe(true);
    expect(vendor.shop.charges).toHaveLength(2);
    expect(
      ofType(events, 'step-finished')
        .filter(({ reused }) => !reused)
        .map(({ step }) => step),
    ).toEqual(['write#0']);
  });
});
