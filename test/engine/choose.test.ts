import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { confirmPicks, pictureNames, type ChoiceRule } from '#core/choice';
import { setParam } from '#core/document/edit';
import type { WorkflowDocument } from '#core/document/schema';
import type { JsonValue } from '#core/json';
import { defineNode } from '#core/node';
import type { RunEvent } from '#core/run';
import type { Task } from '#core/task';
import { isImageRef } from '#core/values';
import choose from '#nodes/choose.node';
import { engineBench, type EngineBench } from '#test/kit/engine-bench';
import { temporaryFolder } from '#test/kit/temporary-folder';
import { scriptedProvider, type ScriptedProvider } from '#test/kit/scripted-provider';
import { small, smallModel, smallNodes } from '#test/kit/small-catalogue';

/** A paid node for each picture by itself; `small` knows it under this name alone. */
const vary = defineNode({
  ...smallNodes.get('change')!,
  type: 'vary',
  params: smallNodes.get('change')!.params,
  inputs: { image: { type: 'image', label: 'Image', takes: 'one', required: true } },
  outputs: { image: { type: 'image', label: 'Image' } },
  work: {
    on: 'provider',
    kind: 'edit',
    toTask: ({ params, inputs }) => ({
      kind: 'edit',
      prompt: params['prompt'] as string,
      images: [inputs.image],
      size: null,
      count: 1,
      loras: [],
    }),
    toOutputs: (pictures) => ({ image: pictures }),
  },
});

let folder: ReturnType<typeof temporaryFolder>;
let vendor: ScriptedProvider;
let bench: EngineBench;
/** Every task that reached the vendor. */
let sent: Task[];

beforeEach(async () => {
  folder = temporaryFolder();
  sent = [];
  vendor = await scriptedProvider({ models: [{ ...smallModel, maxReferences: 1_000 }] });
  const provider = {
    ...vendor.provider,
    submit: (task: Task, ...more: never[]) => {
      sent.push(task);
      return (vendor.provider.submit as (...given: unknown[]) => never)(task, ...more);
    },
  };
  const nodes = new Map([...smallNodes, ['vary', vary] as const]);
  bench = await engineBench(folder.path, [provider], { nodes });
});

afterEach(async () => {
  await bench.engine.close();
  await vendor.close();
  folder.remove();
});

const finished = (events: RunEvent[]) =>
  events.filter(
    (event): event is Extract<RunEvent, { type: 'step-finished' }> => event.type === 'step-finished',
  );
const madeAt = (events: RunEvent[], node: string) =>
  finished(events)
    .filter((event) => event.node === node)
    .toSorted((left, right) => Number(left.step.split('#')[1]) - Number(right.step.split('#')[1]))
    .flatMap(({ outputs }) => (outputs['image'] ?? []).filter(isImageRef));

/** A node of the small catalogue, or `vary`. */
function document(
  nodes: readonly [id: string, type: string, params?: Record<string, JsonValue>][],
  edges: readonly string[],
): WorkflowDocument {
  const drawn = small(nodes, edges);
  for (const [id, type, params] of nodes)
    if (type === 'vary')
      drawn.nodes[id] = { type, version: 1, params: { prompt: id, size: null, ...params } };
  return drawn;
}

async function confirmed(before: WorkflowDocument, node: string, wanted: readonly number[]) {
  const plan = await bench.engine.plan(bench.request(before));
  const { pictures } = plan.nodes.find(({ id }) => id === node)!.choice!;
  const rule = (choose.work as { rule(params: unknown): ChoiceRule }).rule({
    again: 'ask',
    ...before.nodes[node]!.params,
  });
  const names = pictureNames(pictures.map((picture) => picture ?? undefined));
  const picked = [...new Set(wanted.map((place) => place % names.length))].map((place) => names[place]!);
  const picks = confirmPicks(rule, { picked: rule.most === 1 ? picked.slice(0, 1) : picked }, names);
  if (picks === undefined) throw new Error(`nothing can be picked at ${node}`);
  return setParam(before, node, 'picks', picks as JsonValue);
}

const funnel = (params: Record<string, JsonValue> = {}) =>
  document(
    [
      ['words', 'words', { lines: 'a\nb\nc' }],
      ['make', 'make'],
      ['choose', 'choose', params],
      ['vary', 'vary', { prompt: 'large' }],
    ],
    ['words.text > make.prompt', 'make.image > choose.images', 'choose.image > vary.image'],
  );

describe('a run that comes to a choice', () => {
  it('does everything before it, waits, and goes on with what was picked for the price of that', async () => {
    const plan = await bench.engine.plan(bench.request(funnel()));
    expect(plan.forecast.price).toEqual({ low: 0.12, high: 0.12 });
    expect(plan.later).toMatchObject({ steps: { low: 1, high: 3 }, price: { low: 0.04, high: 0.12 } });
    expect(plan.nodes.find(({ id }) => id === 'choose')!.choice!.each).toEqual({ low: 0.04, high: 0.04 });

    const first = await bench.run(funnel());
    expect(first.outcome).toBe('waiting');
    expect(vendor.shop.charges.toSorted()).toEqual(['a', 'b', 'c']);
    const drafts = madeAt(first.events, 'make');
    expect(first.events.find(({ type }) => type === 'step-waiting')).toMatchObject({
      step: 'choose#0',
      for: 'choice',
      pictures: drafts,
    });
    expect(first.events.find((event) => 'step' in event && event.step === 'vary#1')).toMatchObject({
      type: 'step-skipped',
      because: 'waits for the choice at choose',
    });
    expect(bench.engine.runs()[0]).toMatchObject({ outcome: 'waiting', waitsFor: 'choice' });

    const made = await confirmed(funnel(), 'choose', [0, 2]);
    const second = await bench.run(made);
    expect([second.outcome, second.spent]).toEqual(['done', 0.08]);
    expect(sent.slice(3).map((task) => ('images' in task ? task.images : []))).toEqual([
      [drafts[0]],
      [drafts[2]],
    ]);
    // Once more costs nothing, and the first run still only waits.
    expect((await bench.run(made)).spent).toBe(0);
    const waits = bench.engine.runs().find(({ run }) => run === first.events[0]!.run);
    expect(waits).toMatchObject({ outcome: 'waiting', waitsFor: 'choice' });
    // Another pick pays for that one alone.
    expect((await bench.run(await confirmed(made, 'choose', [0, 1, 2]))).spent).toBe(0.04);
  });

  it('goes on by itself where the very pictures it was made of come again', async () => {
    await bench.run(funnel());
    const made = await confirmed(funnel(), 'choose', [1]);
    // Another computer: nothing is made there, so the plan cannot know what will come.
    const other = temporaryFolder();
    const elsewhere = await engineBench(other.path, [vendor.provider], {
      nodes: new Map([...smallNodes, ['vary', vary] as const]),
    });
    const plan = await elsewhere.engine.plan(elsewhere.request(made));
    expect(plan.later?.steps).toEqual({ low: 1, high: 3 });
    vendor.shop.charges.length = 0;
    const { outcome } = await elsewhere.run(made);
    expect(outcome).toBe('done');
    expect(vendor.shop.charges.toSorted()).toEqual(['a', 'b', 'c', 'large']);
    await elsewhere.engine.close();
    other.remove();
  });

  it('asks nobody where all goes on, and takes places as they are told', async () => {
    const { outcome, spent } = await bench.run(funnel({ picks: { places: [3] } }));
    expect([outcome, spent]).toEqual(['done', 0.16]);
    expect((await bench.run(funnel({ mode: 'all' }))).spent).toBe(0.08);
  });

  it('does at once what is wired past the choice, for the price that was shown', async () => {
    for (const order of [
      ['make.image > both.images', 'choose.image > both.images'],
      ['choose.image > both.images', 'make.image > both.images'],
    ]) {
      const past = document(
        [
          ['words', 'words', { lines: order[0]! }],
          ['make', 'make'],
          ['choose', 'choose'],
          ['both', 'choose', { mode: 'all' }],
          ['vary', 'vary', { prompt: 'large' }],
        ],
        ['words.text > make.prompt', 'make.image > choose.images', ...order, 'both.image > vary.image'],
      );
      const { forecast, later } = await bench.engine.plan(bench.request(past));
      const first = await bench.run(past);
      expect([first.outcome, first.spent]).toEqual(['waiting', 0.08]);
      expect([forecast.price.high, later?.price.high]).toEqual([0.08, 0.04]);
      // The picture that is picked has gone that way already.
      const made = await confirmed(past, 'choose', [0]);
      expect(await bench.run(made)).toMatchObject({ outcome: 'done', spent: 0 });
    }
  });
});

type Spec =
  | { kind: 'make'; lines: number }
  | { kind: 'choose' | 'change'; from: number[]; mode: string }
  | { kind: 'vary' | 'shrink'; from: number[] };

const specs = fc
  .array(
    fc.record({
      kind: fc.nat(7),
      lines: fc.integer({ min: 1, max: 3 }),
      from: fc.array(fc.nat(), { minLength: 1, maxLength: 2 }),
      mode: fc.constantFrom('any', 'any', 'best', 'all'),
    }),
    { minLength: 2, maxLength: 7 },
  )
  .map((seeds) =>
    seeds.map(({ kind, lines, from, mode }, place): Spec => {
      if (place === 0 || kind === 0) return { kind: 'make', lines };
      const sources = [...new Set(from.map((one) => one % place))];
      if (kind <= 3) return { kind: 'choose', from: sources, mode };
      if (kind === 4) return { kind: 'change', from: sources, mode };
      return { kind: kind === 5 ? 'shrink' : 'vary', from: sources.slice(0, 1) };
    }),
  );

function drawn(all: readonly Spec[], name: string): WorkflowDocument {
  const nodes: [string, string, Record<string, JsonValue>?][] = [];
  const edges: string[] = [];
  all.forEach((spec, place) => {
    const id = `n${place}`;
    if (spec.kind === 'make') {
      const lines = Array.from({ length: spec.lines }, (_, line) => `${name}-${place}-${line}`).join('\n');
      nodes.push([`w${place}`, 'words', { lines }], [id, 'make']);
      edges.push(`w${place}.text > ${id}.prompt`);
      return;
    }
    const params = spec.kind === 'choose' ? { mode: spec.mode } : { prompt: `${name} ${id}` };
    nodes.push([id, spec.kind, spec.kind === 'shrink' ? {} : params]);
    const port = spec.kind === 'choose' || spec.kind === 'change' ? 'images' : 'image';
    for (const from of spec.from) edges.push(`n${from}.image > ${id}.${port}`);
  });
  return { ...document(nodes, edges), id: name };
}

describe('nothing that was not picked', () => {
  it('ever reaches a paid node, and what was picked is paid for once', { timeout: 240_000 }, async () => {
    let number = 0;
    await fc.assert(
      fc.asyncProperty(specs, fc.array(fc.nat(7), { minLength: 1, maxLength: 3 }), async (all, wanted) => {
        number += 1;
        const name = `graph${number}`;
        let now = drawn(all, name);
        sent.length = 0;
        /** What each node has given, by hash; of a choice what the person picked. Not whole: more comes after a choice. */
        const given: { hashes: string[]; isWhole: boolean }[] = [];
        for (let round = 0; round <= all.length; round += 1) {
          const { outcome, events } = await bench.run(now);
          given.length = 0;
          const meant: string[] = [];
          let open: number | undefined;
          for (const [place, spec] of all.entries()) {
            const from = 'from' in spec ? spec.from.map((one) => given[one]!) : [];
            const arrives = from.flatMap(({ hashes }) => hashes);
            const isWhole = from.every((one) => one.isWhole);
            if (spec.kind === 'choose') {
              const picks = now.nodes[`n${place}`]!.params['picks'] as { picked: string[]; among?: string[] };
              // What comes past a choice that goes on with all waits for nobody.
              if (spec.mode === 'all') {
                given.push({ hashes: arrives, isWhole });
                continue;
              }
              const isChosen = isWhole && picks.among !== undefined;
              if (isWhole && !isChosen) open ??= place;
              const names = new Map<string, number>();
              const isPicked = (hash: string) => {
                const time = (names.get(hash) ?? 0) + 1;
                names.set(hash, time);
                return picks.picked.includes(time === 1 ? hash : `${hash}:${time}`);
              };
              given.push({ hashes: isChosen ? arrives.filter(isPicked) : [], isWhole: isChosen });
              continue;
            }
            if (spec.kind === 'vary') meant.push(...arrives.map((hash) => `${name} n${place} ${hash}`));
            if (spec.kind === 'change' && isWhole) meant.push(`${name} n${place} ${arrives.join(' ')}`);
            given.push({ hashes: madeAt(events, `n${place}`).map(({ hash }) => hash), isWhole });
          }
          const asked = sent.flatMap((task) =>
            task.kind === 'edit' ? [`${task.prompt} ${task.images.map(({ hash }) => hash).join(' ')}`] : [],
          );
          // A picture that comes twice is paid for once.
          expect([...asked].sort()).toEqual([...new Set(meant)].sort());
          expect(new Set(sent.map((task) => JSON.stringify(task))).size).toBe(sent.length);
          expect(outcome).toBe(open === undefined ? 'done' : 'waiting');
          if (open === undefined) return;
          now = await confirmed(now, `n${open}`, wanted);
        }
      }),
      {
        numRuns: 40,
        examples: [
          [
            // A picture that goes past the choice in it.
            [
              { kind: 'make', lines: 1 },
              { kind: 'choose', from: [0], mode: 'any' },
              { kind: 'choose', from: [0, 1], mode: 'all' },
              { kind: 'vary', from: [2] },
            ],
            [0],
          ],
        ],
      },
    );
  });
});
