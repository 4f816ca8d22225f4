import { hostname } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { QueueEntry } from '#core/queue';
import type { RunEvent } from '#core/run';
import type { Provider } from '#core/provider';
import type { Engine, QueueWork, Run } from '#engine/contract';
import { QueueRows } from '#engine/store/queue-rows';
import { Store } from '#engine/store/store';
import { engineBench, type EngineBench } from '#test/kit/engine-bench';
import { temporaryFolder } from '#test/kit/temporary-folder';
import { scriptedProvider, type ScriptedProvider } from '#test/kit/scripted-provider';
import { small } from '#test/kit/small-catalogue';

const dead = `${hostname()}:999999999:gone`;

/** Far longer than anything here takes, also on a busy machine. */
const until = (isSo: () => boolean) => vi.waitUntil(isSo, { timeout: 20_000 });

let folder: ReturnType<typeof temporaryFolder>;
let vendor: ScriptedProvider;
let open: EngineBench[];

beforeEach(async () => {
  folder = temporaryFolder();
  vendor = await scriptedProvider({ limits: { together: 1 } });
  open = [];
});

afterEach(async () => {
  for (const bench of open) await bench.engine.close();
  await vendor.close();
  folder.remove();
});

async function bench(providers: readonly Provider[] = [vendor.provider]): Promise<EngineBench> {
  const made = await engineBench(folder.path, providers);
  open.push(made);
  return made;
}

async function close(made: EngineBench): Promise<void> {
  open = open.filter((other) => other !== made);
  await made.engine.close();
}

const picture = (prompt: string) => small([['make', 'make', { prompt }]]);
/** One step after the other at the shop: it takes one job at a time. */
const pictures = (...lines: string[]) =>
  small(
    [
      ['words', 'words', { lines: lines.join('\n') }],
      ['make', 'make'],
    ],
    ['words.text > make.prompt'],
  );

async function add(made: EngineBench, document = picture('a cat')): Promise<QueueEntry> {
  const added = await made.engine.queue.add(made.request(document));
  if (!added.ok) throw new Error(added.issues.map(({ message }) => message).join('\n'));
  return added.entry;
}

const waiting = ({ engine }: EngineBench) => engine.queue.state().waiting.map(({ run }) => run);

function workOn(engine: Engine, untilEmpty = true): { work: QueueWork; runs: Run[]; events: RunEvent[] } {
  const runs: Run[] = [];
  const events: RunEvent[] = [];
  const work = engine.queue.work({
    untilEmpty,
    started: (run) => {
      runs.push(run);
      run.listen((event) => events.push(event));
    },
  });
  return { work, runs, events };
}

/** Lets everything that could happen by itself happen. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

const startedSteps = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.type === 'step-started' ? [event.step] : []));

describe('the queue', () => {
  it('runs what waits in order, each when the one before has ended, under the id it was given', async () => {
    const made = await bench();
    const entries = [];
    for (const prompt of ['one', 'two', 'three']) entries.push(await add(made, picture(prompt)));
    expect(entries[0]).toMatchObject({ title: 'Small', documentId: 'document-1', price: 0.04 });
    expect(made.engine.queue.state()).toMatchObject({ underWay: null, waiting: entries, worker: 'none' });
    const openWhenStarted: string[][] = [];
    const started: string[] = [];
    const work = made.engine.queue.work({
      untilEmpty: true,
      started: ({ id }) => {
        started.push(id);
        openWhenStarted.push(
          made.engine.runs().flatMap(({ run, closedAt }) => (closedAt === undefined ? [run] : [])),
        );
        expect(made.engine.queue.state()).toMatchObject({ underWay: { run: id }, worker: 'this' });
      },
    });
    expect(await work.done).toBe('empty');
    expect(started).toEqual(entries.map(({ run }) => run));
    expect(openWhenStarted).toEqual(started.map((run) => [run]));
    expect(vendor.shop.charges).toEqual(['one', 'two', 'three']);
    expect(made.engine.queue.state()).toEqual({ paused: false, underWay: null, waiting: [], worker: 'none' });
    expect(made.engine.runs().map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done']);
  });

  it('refuses what cannot run, with the issues that start gives, and keeps nothing of it', async () => {
    const made = await bench();
    const request = made.request(small([['shrink', 'shrink']]));
    const added = await made.engine.queue.add(request);
    const started = await made.engine.start(request);
    expect(added.ok).toBe(false);
    expect(added).toEqual(started);
    expect(made.engine.queue.state().waiting).toEqual([]);
  });

  it('leaves start as it was: at once, beside the queue, paused or not', async () => {
    const made = await bench();
    await made.engine.queue.pause();
    const { run } = await add(made, picture('later'));
    workOn(made.engine, false);
    expect(await made.run(picture('now'))).toMatchObject({ outcome: 'done' });
    expect(vendor.shop.charges).toEqual(['now']);
    expect(waiting(made)).toEqual([run]);
  });

  it('waits for a run that was started at once', async () => {
    vendor.shop.startState = 'running';
    const made = await bench();
    const started = await made.engine.start(made.request(picture('now')));
    if (!started.ok) throw new Error('refused');
    await until(() => vendor.shop.charges.length === 1);
    const { run } = await add(made, picture('later'));
    const { work, runs } = workOn(made.engine);
    await turns();
    expect(waiting(made)).toEqual([run]);
    vendor.shop.startState = 'done';
    vendor.shop.finish();
    await work.done;
    expect(runs.map(({ id }) => id)).toEqual([run]);
    expect(vendor.shop.charges).toEqual(['now', 'later']);
  });

  it('moves and removes what waits, and says what does not', async () => {
    const made = await bench();
    const { queue } = made.engine;
    const [one, two, three] = [(await add(made)).run, (await add(made)).run, (await add(made)).run];
    expect(await queue.move(three, one)).toBeUndefined();
    expect(waiting(made)).toEqual([three, one, two]);
    expect(await queue.move(three, null)).toBeUndefined();
    expect(await queue.move(two, two)).toBeUndefined();
    expect(waiting(made)).toEqual([one, two, three]);
    expect(await queue.remove(two)).toBeUndefined();
    expect(waiting(made)).toEqual([one, three]);
    expect(await queue.remove(two)).toMatchObject({ code: 'not-queued', act: 'user', charge: 'none' });
    expect(await queue.move(one, two)).toMatchObject({ code: 'not-queued' });
    expect(await queue.move(two, one)).toMatchObject({ code: 'not-queued' });
    expect(waiting(made)).toEqual([one, three]);
  });

  it('an entry is run as it was queued, its budget with it', async () => {
    const made = await bench();
    const request = made.request(pictures('one', 'two'), { budget: 0.05, targets: ['make'] });
    const added = await made.engine.queue.add(request);
    if (!added.ok) throw new Error('refused');
    await workOn(made.engine).work.done;
    expect(vendor.shop.charges).toEqual(['one']);
    expect(made.engine.runs()[0]).toMatchObject({ run: added.entry.run, outcome: 'over-budget' });
  });

  it('one that is cancelled makes room for the next', async () => {
    vendor.shop.startState = 'running';
    const made = await bench();
    await add(made, picture('one'));
    await add(made, picture('two'));
    const { work, runs } = workOn(made.engine);
    await until(() => vendor.shop.charges.length === 1);
    expect(await made.engine.queue.remove(runs[0]!.id)).toMatchObject({ code: 'run-under-way' });
    vendor.shop.startState = 'done';
    runs[0]!.cancel();
    await work.done;
    const outcomes = made.engine.runs().map(({ run, outcome }) => [run, outcome]);
    expect(Object.fromEntries(outcomes)).toEqual({ [runs[0]!.id]: 'cancelled', [runs[1]!.id]: 'done' });
    expect(vendor.shop.charges).toEqual(['one', 'two']);
  });
});

describe('pause', () => {
  it('holds back the next step and the next run; what was sent is collected', async () => {
    vendor.shop.startState = 'running';
    const made = await bench();
    const { queue } = made.engine;
    const first = await add(made, pictures('one', 'two'));
    const second = await add(made, picture('three'));
    const { work, runs, events } = workOn(made.engine);
    await until(() => vendor.shop.charges.length === 1);
    await queue.pause();
    vendor.shop.finish();
    await until(() => events.some((event) => event.type === 'job-settled'));
    await turns();
    expect(startedSteps(events)).toEqual(['make#0']);
    expect(vendor.shop.charges).toEqual(['one']);
    expect(queue.state()).toEqual({ paused: true, underWay: first, waiting: [second], worker: 'this' });

    vendor.shop.startState = 'done';
    await queue.resume();
    await work.done;
    expect(runs.map(({ id }) => id)).toEqual([first.run, second.run]);
    expect(vendor.shop.charges).toEqual(['one', 'two', 'three']);
  });

  it('holds back steps on this computer too', async () => {
    vendor.shop.startState = 'running';
    const made = await bench();
    await add(
      made,
      small(
        [
          ['make', 'make'],
          ['shrink', 'shrink'],
        ],
        ['make.image > shrink.image'],
      ),
    );
    const { work, events } = workOn(made.engine);
    await until(() => vendor.shop.charges.length === 1);
    await made.engine.queue.pause();
    vendor.shop.finish();
    await until(() => events.some(({ type }) => type === 'step-finished'));
    await turns();
    expect(startedSteps(events)).toEqual(['make#0']);
    await made.engine.queue.resume();
    await work.done;
    expect(startedSteps(events)).toEqual(['make#0', 'shrink#0']);
  });

  it('from another engine holds as well, and a retry waits too', async () => {
    vendor.shop.faults.push({ kind: 'answer', status: 429 });
    const other = await bench();
    const { submit } = vendor.provider;
    const pausing: Provider = {
      ...vendor.provider,
      submit: (task, tools) =>
        submit(task, tools).catch(async (error: unknown) => {
          await other.engine.queue.pause();
          throw error;
        }),
    };
    const made = await bench([pausing]);
    await add(made, picture('one'));
    const heard: boolean[] = [];
    made.engine.queue.listen(({ paused }) => heard.push(paused));
    const { work, events } = workOn(made.engine);
    await until(() => heard.at(-1) === true);
    await turns();
    expect(vendor.shop.requests).toEqual(['POST /jobs']);
    await other.engine.queue.resume();
    await work.done;
    expect(vendor.shop.charges).toEqual(['one']);
    expect(events.at(-1)).toMatchObject({ type: 'run-closed', outcome: 'done' });
  });

  it('does not hold up a run beside the queue that needs the same picture', async () => {
    vendor.shop.startState = 'running';
    const made = await bench();
    await add(made, pictures('one', 'two'));
    const { work } = workOn(made.engine);
    await until(() => vendor.shop.charges.length === 1);
    await made.engine.queue.pause();
    vendor.shop.startState = 'done';
    vendor.shop.finish();
    expect(await made.run(picture('two'))).toMatchObject({ outcome: 'done' });
    await made.engine.queue.resume();
    await work.done;
    expect(vendor.shop.charges).toEqual(['one', 'two']);
  });

  it('a run that is paused can be cancelled', async () => {
    vendor.shop.startState = 'running';
    const made = await bench();
    await add(made, pictures('one', 'two'));
    const { runs } = workOn(made.engine, false);
    await until(() => vendor.shop.charges.length === 1);
    await made.engine.queue.pause();
    vendor.shop.finish();
    runs[0]!.cancel();
    expect(await runs[0]!.done).toMatchObject({ outcome: 'cancelled' });
    expect(vendor.shop.charges).toEqual(['one']);
  });
});

describe('a restart', () => {
  it('keeps the order and the pause', async () => {
    let made = await bench();
    const [one, two, three] = [(await add(made)).run, (await add(made)).run, (await add(made)).run];
    await made.engine.queue.move(three, one);
    await made.engine.queue.pause();
    const before = made.engine.queue.state();
    await close(made);
    made = await bench();
    expect(made.engine.queue.state()).toEqual(before);
    expect(waiting(made)).toEqual([three, one, two]);
    const { runs } = workOn(made.engine, false);
    await turns();
    expect(runs).toEqual([]);
    await made.engine.queue.resume();
    await until(() => waiting(made).length === 0 && made.engine.queue.state().underWay === null);
    expect(runs.map(({ id }) => id)).toEqual([three, one, two]);
  });

  it('a run that closing left goes on first, under its own name; one that was cancelled does not', async () => {
    vendor.shop.startState = 'running';
    let made = await bench();
    const first = await add(made, pictures('one', 'two'));
    const second = await add(made, picture('three'));
    workOn(made.engine, false);
    await until(() => vendor.shop.charges.length === 1);
    await close(made);
    made = await bench();
    expect(made.engine.queue.state()).toMatchObject({ underWay: first, waiting: [second], worker: 'none' });

    const { runs } = workOn(made.engine, false);
    await until(() => runs.length === 1);
    expect(runs[0]!.id).toBe(first.run);
    await made.engine.queue.pause();
    runs[0]!.cancel();
    expect(await runs[0]!.done).toMatchObject({ outcome: 'cancelled' });
    await close(made);
    made = await bench();
    expect(made.engine.queue.state()).toMatchObject({ underWay: null, waiting: [second] });
    expect(vendor.shop.charges).toEqual(['one']);
  });

  it('an entry that cannot run any more ends as failed and says why; the queue goes on', async () => {
    let made = await bench();
    const gone = await add(made, picture('one'));
    const fine = await add(made, small([['words', 'words']]));
    await close(made);
    made = await bench([]);
    const { work, runs, events } = workOn(made.engine);
    expect(await work.done).toBe('empty');
    expect(runs.map(({ id }) => id)).toEqual([gone.run, fine.run]);
    expect(await runs[0]!.done).toEqual({ outcome: 'failed', spent: 0 });
    const closed = made.engine.show(gone.run)!.at(-1);
    expect(closed).toMatchObject({ type: 'run-closed', outcome: 'failed', failure: { charge: 'none' } });
    expect(closed).toHaveProperty('failure.message', expect.stringMatching(/shop/));
    expect(events).toContainEqual(closed);
    expect(made.engine.runs().map(({ run, outcome }) => [run, outcome])).toContainEqual([gone.run, 'failed']);
    expect(made.engine.runs()).toHaveLength(2);
  });

  it('an entry whose request was damaged is closed, not run and not in the way', async () => {
    const made = await bench();
    const damaged = await add(made, picture('one'));
    const fine = await add(made, picture('two'));
    await close(made);
    const store = new Store(join(folder.path, 'data'));
    await store.together(() => {
      void store.table<unknown, string>('queue-requests').put(damaged.run, { document: 'half' });
    });
    await store.close();
    const next = await bench();
    const { work, runs } = workOn(next.engine);
    await work.done;
    expect(runs.map(({ id }) => id)).toEqual([damaged.run, fine.run]);
    expect(vendor.shop.charges).toEqual(['two']);
  });
});

describe('two engines on one data folder', () => {
  it('never begin an entry twice, and the second takes over when the first has left', async () => {
    const [one, two] = [await bench(), await bench()];
    const entries = [];
    for (let number = 0; number < 8; number += 1)
      entries.push(await add(number % 2 === 0 ? one : two, picture(`picture ${number}`)));
    const works = [workOn(one.engine, false), workOn(two.engine, false)];
    await until(() => works.some(({ runs }) => runs.length >= 3));
    expect(works.filter(({ runs }) => runs.length > 0)).toHaveLength(1);
    const [busy, idle] = works[0]!.runs.length > 0 ? [works[0]!, works[1]!] : [works[1]!, works[0]!];
    busy.work.stop();
    expect(await busy.work.done).toBe('stopped');
    await until(() => waiting(one).length === 0 && one.engine.queue.state().underWay === null);
    expect(idle.runs.length).toBeGreaterThan(0);
    expect([...busy.runs, ...idle.runs].map(({ id }) => id)).toEqual(entries.map(({ run }) => run));
    expect(vendor.shop.charges).toEqual(entries.map((_, number) => `picture ${number}`));
  });

  it('the second is told at once that the first works on it, when it does not want to wait', async () => {
    const [one, two] = [await bench(), await bench()];
    workOn(one.engine, false);
    await until(() => one.engine.queue.state().worker === 'this');
    expect(two.engine.queue.state().worker).toBe('other');
    expect(await workOn(two.engine).work.done).toBe('elsewhere');
  });

  it('an engine that lost its place begins nothing more', async () => {
    const made = await bench();
    const thief = await bench();
    const { runs } = workOn(made.engine, false);
    await until(() => made.engine.queue.state().worker === 'this');
    const store = new Store(join(folder.path, 'data'));
    const rows = new QueueRows(store);
    const another = rows.lease()!.replace(/[^:]+$/, 'another');
    await store.together(() => {
      store.putOwner(another, { pid: process.ppid, beat: 1 });
      rows.putLease(another);
    });
    await add(thief);
    await turns();
    expect(runs).toEqual([]);
    expect(waiting(made)).toHaveLength(1);
    await store.close();
  });
});

describe('a dead engine', () => {
  async function leaveBehind(entry: QueueEntry, isCut: boolean): Promise<void> {
    const store = new Store(join(folder.path, 'data'));
    const rows = new QueueRows(store);
    await store.together(() => {
      rows.putLease(dead);
      store.putOwner(dead, { pid: 999_999_999, beat: Date.now() });
      if (!isCut) return;
      const request = rows.request(entry.run)!;
      const { run, title, documentId, queuedAt: openedAt } = entry;
      rows.remove(run);
      rows.putUnderWay(entry);
      store.putRun({ run, title, documentId, openedAt, steps: 2, owner: dead, request });
    });
    await store.close();
  }

  it('leaves its place to the next', async () => {
    let made = await bench();
    const entry = await add(made);
    await close(made);
    await leaveBehind(entry, false);
    made = await bench();
    expect(made.engine.queue.state().worker).toBe('none');
    const { work, runs } = workOn(made.engine);
    expect(await work.done).toBe('empty');
    expect(runs.map(({ id }) => id)).toEqual([entry.run]);
  });

  it('leaves its run, which is finished first and under the pause', async () => {
    let made = await bench();
    const cut = await add(made, pictures('one', 'two'));
    const next = await add(made, picture('three'));
    await made.engine.queue.pause();
    await close(made);
    await leaveBehind(cut, true);
    made = await bench();
    const { work, runs } = workOn(made.engine);
    await until(() => runs.length > 0);
    await turns();
    expect(made.engine.queue.state()).toMatchObject({ paused: true, underWay: cut, waiting: [next] });
    expect(vendor.shop.charges).toEqual([]);
    await made.engine.queue.resume();
    expect(await work.done).toBe('empty');
    expect(runs.map(({ id }) => id)).toEqual([cut.run, next.run]);
    expect(vendor.shop.charges).toEqual(['one', 'two', 'three']);
  });

  it('may have its run gone on with by somebody else; the queue waits for that', async () => {
    let made = await bench();
    const cut = await add(made, pictures('one', 'two'));
    const next = await add(made, picture('three'));
    await close(made);
    await leaveBehind(cut, true);
    made = await bench();
    const resumed = await made.engine.resume(cut.run);
    expect(resumed.ok).toBe(true);
    const { work, runs } = workOn(made.engine);
    expect(await work.done).toBe('empty');
    expect(runs.map(({ id }) => id)).toEqual([cut.run, next.run]);
    expect(vendor.shop.charges).toEqual(['one', 'two', 'three']);
  });
});

describe('the queue as a list', () => {
  const place = fc.nat({ max: 9 });
  const action = fc.oneof(
    fc.record({ do: fc.constant('add' as const) }),
    fc.record({ do: fc.constant('add' as const) }),
    fc.record({ do: fc.constant('move' as const), which: place, before: fc.option(place) }),
    fc.record({ do: fc.constant('remove' as const), which: place }),
    fc.record({ do: fc.constant('pause' as const) }),
    fc.record({ do: fc.constant('resume' as const) }),
    fc.record({ do: fc.constant('restart' as const) }),
  );

  it('is what a plain list is after any changes, by two engines in turn, also after a restart', async () => {
    const benches = [await bench(), await bench()];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat({ max: 1 }), action), { maxLength: 14 }), async (actions) => {
        await turns(); // what the other engine wrote is seen from the next turn on
        for (const run of waiting(benches[0]!)) await benches[0]!.engine.queue.remove(run);
        await benches[0]!.engine.queue.resume();
        let list: string[] = [];
        let paused = false;
        const at = (which: number) => list[which] ?? 'no such run';
        for (const [who, act] of actions) {
          const { queue } = benches[who]!.engine;
          switch (act.do) {
            case 'add':
              list.push((await add(benches[who]!)).run);
              break;
            case 'move': {
              const [run, before] = [at(act.which), act.before === null ? null : at(act.before)];
              const failure = await queue.move(run, before);
              const isThere = list.includes(run) && (before === null || list.includes(before));
              expect(failure === undefined).toBe(isThere);
              if (!isThere || run === before) break;
              const others = list.filter((id) => id !== run);
              others.splice(before === null ? others.length : others.indexOf(before), 0, run);
              list = others;
              break;
            }
            case 'remove': {
              const run = at(act.which);
              expect((await queue.remove(run)) === undefined).toBe(list.includes(run));
              list = list.filter((id) => id !== run);
              break;
            }
            case 'pause':
            case 'resume':
              await queue[act.do]();
              paused = act.do === 'pause';
              break;
            case 'restart':
              await close(benches[who]!);
              benches[who] = await bench();
          }
          for (const made of benches)
            await vi.waitFor(
              () => {
                expect(waiting(made)).toEqual(list);
                expect(made.engine.queue.state().paused).toBe(paused);
              },
              { interval: 1, timeout: 20_000 },
            );
        }
      }),
      { numRuns: 60 },
    );
    expect(vendor.shop.charges).toEqual([]);
  });
});

it('a queued run still says what was left out of it, also after a restart', async () => {
  const before = await bench();
  const added = await before.engine.queue.add({ ...before.request(picture('a cat')), without: ['dear'] });
  expect(added.ok).toBe(true);
  await close(before);
  const after = await bench();
  const { work, events } = workOn(after.engine);
  await work.done;
  expect(events.find(({ type }) => type === 'run-opened')).toMatchObject({ without: ['dear'] });
});
