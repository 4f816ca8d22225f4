import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { setParam, takeNext } from '#core/document/edit';
import { copyNodes, pasteFragment } from '#core/document/fragment';
import { setNodeMode } from '#core/document/edit-modes';
import { flatten } from '#core/document/flatten';
import { openGraph, toggleExposed, withOpenGraph } from '#core/document/open-graph';
import { packNodes } from '#core/document/pack';
import { parseDocument } from '#core/document/parse';
import type { WorkflowDocument } from '#core/document/schema';
import { serializeDocument } from '#core/document/serialize';
import { catalogueOf } from '#core/document/subgraph';
import { unpackNode } from '#core/document/unpack';
import { canRun } from '#core/plan/plan';
import type { Plan } from '#core/plan/planned';
import { documentOf, randomGraph } from '#test/kit/random-modes';
import { small, smallNodes } from '#test/kit/small-catalogue';
import { SmallWorld } from '#test/kit/small-knowledge';

const kinds = (document: WorkflowDocument) => catalogueOf(document, smallNodes);

function packed(document: WorkflowDocument, ids: Iterable<string>, title = 'Look') {
  const made = packNodes(document, ids, kinds(document), title);
  if ('refused' in made) throw new Error(made.refused);
  return made;
}

function unpacked(document: WorkflowDocument, id: string) {
  const made = unpackNode(document, id, kinds(document));
  if (made === undefined) throw new Error(`${id} is no subgraph`);
  return made;
}

/** A plan without the places of its nodes inside subgraphs: what runs, why, from what and for how much. */
function meaning({ nodes, steps, counts, forecast, issues }: Plan) {
  const bare = (id: string) => id.slice(id.lastIndexOf('/') + 1);
  return {
    nodes: nodes
      .map(({ id, verdict, steps: own, items, forecast: price, pinned }) => [
        bare(id),
        { verdict, own, items, price, pinned },
      ])
      .sort(),
    steps: steps.map(({ id, verdict, key }) => [bare(id), verdict, key]).sort(),
    counts,
    price: forecast.price,
    issues: issues.map(({ code, place }) => [code, bare(place.node ?? '')]).sort(),
  };
}

/** A random workflow with random places, and some of its nodes. */
const picked = fc
  .record({
    graph: randomGraph,
    mask: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
    places: fc.array(fc.tuple(fc.integer({ min: -900, max: 900 }), fc.integer({ min: -900, max: 900 })), {
      minLength: 8,
      maxLength: 8,
    }),
  })
  .map(({ graph, mask, places }) => {
    const document = documentOf(graph, 'document-1');
    const ids = Object.keys(document.nodes);
    const layout = Object.fromEntries(ids.map((id, place) => [id, places[place]!]));
    return {
      document: { ...document, layout },
      chosen: ids.filter((_, place) => mask[place] === true),
    };
  });

const numRuns = 300;

describe('for every workflow and every choice of its nodes', () => {
  it('a subgraph of them has the same plan, and what was made is reused', () => {
    let seen = 0;
    fc.assert(
      fc.property(picked, ({ document, chosen }) => {
        const made = packNodes(document, chosen, smallNodes, 'Look');
        if ('refused' in made) return;
        seen += 1;
        const world = new SmallWorld();
        expect(meaning(world.plan(made.document))).toEqual(meaning(world.plan(document)));
        if (!canRun(world.plan(document))) return;
        world.run(document);
        const after = world.plan(made.document);
        expect(after.counts.willRun).toBe(0);
        expect(meaning(after)).toEqual(meaning(world.plan(document)));
      }),
      { numRuns },
    );
    expect(seen).toBeGreaterThan(numRuns / 4);
  });

  it('taken out again they are what they were: the same plan, the same places', () => {
    fc.assert(
      fc.property(picked, ({ document, chosen }) => {
        const made = packNodes(document, chosen, smallNodes, 'Look');
        if ('refused' in made) return;
        const back = unpacked(made.document, made.id).document;
        expect(back.layout).toEqual(document.layout);
        expect(back.nodes).toEqual(document.nodes);
        expect(back.subgraphs).toBeUndefined();
        const world = new SmallWorld();
        expect(meaning(world.plan(back))).toEqual(meaning(world.plan(document)));
      }),
      { numRuns },
    );
  });

  it('a muted or bypassed one runs nothing it has inside, however deep, and nothing of it is paid for', () => {
    fc.assert(
      fc.property(picked, fc.constantFrom('mute', 'bypass'), fc.boolean(), (given, mode, deep) => {
        const { document, chosen } = given;
        const made = packNodes(document, chosen, smallNodes, 'Look');
        if ('refused' in made) return;
        // Once more around the first: the mode is on the outermost.
        const outer = deep ? packNodes(made.document, [made.id], kinds(made.document), 'Around') : made;
        if ('refused' in outer) return;
        const off = setNodeMode(outer.document, outer.id, mode as 'mute' | 'bypass');
        const world = new SmallWorld();
        const plan = world.plan(off);
        expect(plan.steps.filter(({ node }) => node.startsWith(outer.id))).toEqual([]);
        const prices = world.facts(off).steps.map(({ node }) => node);
        expect(prices.filter((node) => chosen.includes(node) || node.startsWith(outer.id))).toEqual([]);
      }),
      { numRuns },
    );
  });

  it('a file of it reads as it was written, and writes the same text again', () => {
    fc.assert(
      fc.property(picked, ({ document, chosen }) => {
        const made = packNodes(document, chosen, smallNodes, 'Look');
        if ('refused' in made) return;
        const text = serializeDocument(made.document);
        const read = parseDocument(text, smallNodes);
        expect(read.ok && serializeDocument(read.document)).toBe(text);
      }),
      { numRuns: 100 },
    );
  });
});

/** words ──▶ make ──▶ change ──▶ write */
const chain = () =>
  small(
    [
      ['words', 'words', { lines: 'a cat' }],
      ['make', 'make'],
      ['change', 'change'],
      ['write', 'write'],
    ],
    ['words.text > make.prompt', 'make.image > change.images', 'change.image > write.image'],
  );

/** `make` and `change` in one. */
const look = () => packed(chain(), ['make', 'change']).document;
const verdicts = (plan: Plan) => Object.fromEntries(plan.nodes.map(({ id, verdict }) => [id, verdict]));

describe('a subgraph', () => {
  it('stands as one node with the ports of what is inside', () => {
    const document = look();
    expect(document.nodes['look']).toEqual({ type: 'subgraph:look', version: 1, params: {} });
    expect(document.edges).toEqual([
      { from: 'words.text', to: 'look.prompt' },
      { from: 'look.image', to: 'write.image' },
    ]);
    expect(kinds(document).get('subgraph:look')).toMatchObject({
      title: 'Look',
      inputs: { prompt: { type: 'text', takes: 'one', required: false, label: 'Prompt' } },
      outputs: { image: { type: 'image', label: 'Image' } },
    });
  });

  it('is refused where another node lies between, by its name', () => {
    expect(packNodes(chain(), ['words', 'change'], smallNodes, 'Look')).toEqual({
      refused: 'between',
      nodes: ['make'],
    });
  });

  it('as a target means what is inside', () => {
    const plan = new SmallWorld().plan(look(), ['look']);
    expect(verdicts(plan)).toEqual({ words: 'value', 'look/make': 'will-run', 'look/change': 'will-run' });
    expect(new SmallWorld().plan(look(), ['look/make']).counts.willRun).toBe(1);
  });

  it('gives new pictures of its models by a take of its own', () => {
    const world = new SmallWorld();
    world.run(chain());
    expect(world.plan(takeNext(look(), 'look')).counts).toEqual({ reused: 0, willRun: 3, blocked: 0 });
    expect(world.plan(look()).counts.willRun).toBe(0);
  });

  it('shows params, each instance with values of its own', () => {
    const whole = look();
    const open = openGraph(whole, ['look']);
    const shown = withOpenGraph(whole, ['look'], toggleExposed(open, 'look/change', 'prompt'));
    // The port that was there has the name already, and gives something else.
    expect(shown.subgraphs!['look']!.params).toEqual([{ name: 'change-prompt', param: 'change.prompt' }]);
    const fragment = copyNodes(shown, new Set(['look']));
    const two = pasteFragment(shown, fragment, [0, 300]);
    expect(Object.keys(two.document.subgraphs!)).toEqual(['look']);
    const other = setParam(two.document, two.ids[0]!, 'change-prompt', 'make it red');
    const { nodes } = flatten(other, smallNodes).document;
    expect(nodes['look/change']!.params['prompt']).toBe('make it blue');
    expect(nodes['look-2/change']!.params['prompt']).toBe('make it red');
    const hidden = withOpenGraph(
      shown,
      ['look'],
      toggleExposed(openGraph(shown, ['look']), 'look/change', 'prompt'),
    );
    expect(hidden).toEqual(whole);
    expect(canRun(new SmallWorld().plan(setParam(whole, 'look', 'change-prompt', 'x')))).toBe(false);
  });

  it('goes along when it is pasted into another workflow, under an id of its own where that is taken', () => {
    const fragment = copyNodes(look(), new Set(['look']));
    const mine = packed(small([['m', 'make']]), ['m']).document;
    const { document, ids } = pasteFragment(mine, fragment, [0, 0]);
    expect(Object.keys(document.subgraphs!)).toEqual(['look', 'look-2']);
    expect(document.nodes[ids[0]!]!.type).toBe('subgraph:look-2');
  });

  it('that is inside itself is refused, and so is one that is not there', () => {
    const document = look();
    const inside = document.subgraphs!['look']!;
    const again = { type: 'subgraph:look', version: 1, params: {} };
    const endless = { ...document, subgraphs: { look: { ...inside, nodes: { ...inside.nodes, again } } } };
    const plan = new SmallWorld().plan(endless);
    expect(plan.issues).toMatchObject([{ code: 'subgraph-in-itself', place: { node: 'look/again' } }]);
    const { subgraphs: _gone, ...lost } = document;
    expect(new SmallWorld().plan(lost).issues).toMatchObject([
      { code: 'unknown-subgraph', place: { node: 'look' } },
    ]);
  });

  it('says where inside it something is wrong', () => {
    const open = openGraph(look(), ['look']);
    const wrong = withOpenGraph(look(), ['look'], setParam(open, 'look/make', 'count', 99));
    expect(new SmallWorld().plan(wrong).issues).toMatchObject([
      { code: 'wrong-param', place: { node: 'look/make', param: 'count' } },
    ]);
  });

  it('can be made inside another, and opened there', () => {
    const whole = look();
    const open = openGraph(whole, ['look']);
    const made = packNodes(open, ['look/change'], kinds(whole), 'Deep');
    if ('refused' in made) throw new Error(made.refused);
    expect(made.id).toBe('look/deep');
    const nested = withOpenGraph(whole, ['look'], made.document);
    expect(meaning(new SmallWorld().plan(nested))).toEqual(meaning(new SmallWorld().plan(chain())));
    expect(Object.keys(openGraph(nested, ['look', 'deep']).nodes)).toEqual([
      'look/deep/@inputs',
      'look/deep/change',
      'look/deep/@outputs',
    ]);
  });
});
