import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addNode, disconnect, setParam, setRoute, takeNext } from '#core/document/edit';
import { pinStep, setGroupMode, setNodeMode, unpinStep } from '#core/document/edit-modes';
import type { WorkflowDocument } from '#core/document/schema';
import { targetsFrom } from '#core/plan/live-edges';
import { canRun, planWorkflow } from '#core/plan/plan';
import type { Plan } from '#core/plan/planned';
import { describeReason } from '#core/plan/reason';
import { documentOf, meantCharges, randomGraph } from '#test/kit/random-modes';
import { small, smallModel, smallNodes, smallProvider } from '#test/kit/small-catalogue';
import { pictureOf, SmallWorld } from '#test/kit/small-knowledge';

const verdicts = (plan: Plan) => Object.fromEntries(plan.nodes.map(({ id, verdict }) => [id, verdict]));
const nodeIn = (plan: Plan, id: string) => plan.nodes.find((node) => node.id === id)!;
const why = (plan: Plan, id: string) => nodeIn(plan, id).reasons.map((reason) => describeReason(reason));

/** words ──▶ make ──▶ change ──▶ shrink ──▶ write, and other ──▶ change */
const chain = () =>
  small(
    [
      ['words', 'words', { lines: 'a cat\na dog' }],
      ['make', 'make'],
      ['other', 'make', { prompt: 'a hat' }],
      ['change', 'change'],
      ['shrink', 'shrink'],
      ['write', 'write'],
    ],
    [
      'words.text > make.prompt',
      'make.image > change.images',
      'other.image > change.images',
      'change.image > shrink.image',
      'shrink.image > write.image',
    ],
  );
const world = () => new SmallWorld();
const grouped = (document: WorkflowDocument, nodes: string[]): WorkflowDocument => ({
  ...document,
  groups: { faces: { title: 'Faces', nodes } },
});

describe('a muted node', () => {
  it('does not run, costs nothing, and takes what needs it out of the run, by name', () => {
    const plan = world().plan(setNodeMode(chain(), 'change', 'mute'));
    expect(verdicts(plan)).toEqual({
      words: 'value',
      make: 'will-run',
      other: 'will-run',
      change: 'muted',
      shrink: 'left-out',
      write: 'left-out',
    });
    expect(plan.issues).toEqual([]);
    expect(plan.steps.map(({ node }) => node)).toEqual(['other', 'make', 'make']);
    expect(plan.forecast.price.high).toBe(0.12);
    expect(why(plan, 'write')).toEqual(['needs change, which is muted']);
  });

  it('is not there for a list that has others, nor for an input that can do without', () => {
    const one = world().plan(setNodeMode(chain(), 'other', 'mute'));
    expect(one.steps.find(({ node }) => node === 'change')!.inputs['images']).toHaveLength(2);
    const both = world().plan(setNodeMode(setNodeMode(chain(), 'other', 'mute'), 'make', 'mute'));
    expect(verdicts(both)).toMatchObject({ change: 'left-out', shrink: 'left-out' });
    expect(why(both, 'change')).toEqual(['needs make, other, which are muted']);
    const silent = world().plan(setNodeMode(chain(), 'words', 'mute'));
    expect(silent.steps.filter(({ node }) => node === 'make')).toHaveLength(1);
    expect(silent.issues).toEqual([]);
  });

  it('has no route, param, wire or kind that could be wrong', () => {
    const broken = setRoute(setParam(chain(), 'change', 'prompt', 7), 'change', 'nowhere/none');
    const wired: WorkflowDocument = {
      ...addNode(broken, 'ghost', { type: 'ghost', version: 1, params: {}, mode: 'mute' }, [0, 0]),
      edges: [
        ...broken.edges,
        { from: 'gone.image', to: 'change.nothing' },
        { from: 'ghost.image', to: 'change.images' },
      ],
    };
    expect(canRun(world().plan(wired))).toBe(false);
    for (const mode of ['mute', 'bypass'] as const)
      expect(world().plan(setNodeMode(wired, 'change', mode)).issues).toEqual([]);
  });

  it('cuts a loop', () => {
    const loop = small(
      [
        ['a', 'change'],
        ['b', 'change'],
      ],
      ['a.image > b.images', 'b.image > a.images'],
    );
    expect(canRun(world().plan(loop))).toBe(false);
    expect(verdicts(world().plan(setNodeMode(loop, 'a', 'mute')))).toEqual({ a: 'muted', b: 'left-out' });
  });

  it('leaves what is made as it is', () => {
    const store = world();
    store.run(chain());
    const muted = setNodeMode(chain(), 'shrink', 'mute');
    expect(store.plan(muted).counts).toMatchObject({ reused: 4, willRun: 0 });
    expect(store.plan(setNodeMode(muted, 'shrink', undefined)).counts).toMatchObject({
      reused: 6,
      willRun: 0,
    });
  });

  it('asks nothing of its sources when only what comes after it is wanted', () => {
    const plan = world().plan(setNodeMode(chain(), 'change', 'mute'), ['write']);
    expect(plan.nodes.map(({ id }) => id).sort()).toEqual(['change', 'shrink', 'write']);
    expect(plan.forecast.price.high).toBe(0);
  });
});

describe('a bypassed node', () => {
  it('passes on what comes in, as if the wires went past it', () => {
    const store = world();
    const past = small(
      [
        ['words', 'words', { lines: 'a cat\na dog' }],
        ['make', 'make'],
        ['other', 'make', { prompt: 'a hat' }],
        ['shrink', 'shrink'],
        ['write', 'write'],
      ],
      ['words.text > make.prompt', 'make.image > shrink.image', 'shrink.image > write.image'],
    );
    const cut = disconnect(chain(), [{ from: 'other.image', to: 'change.images' }]);
    const plan = store.plan(setNodeMode(cut, 'change', 'bypass'));
    expect(plan.steps).toEqual(store.plan(past).steps);
    expect(nodeIn(plan, 'change')).toMatchObject({ verdict: 'bypassed', items: { image: 2 } });
  });

  it('gives nothing where nothing of the kind comes in', () => {
    const plan = world().plan(setNodeMode(setNodeMode(chain(), 'make', 'bypass'), 'other', 'bypass'));
    expect(verdicts(plan)).toMatchObject({ make: 'bypassed', change: 'left-out' });
    expect(why(plan, 'change')[0]).toContain('bypassed with nothing of the kind to pass on');
  });

  it('passes through several in a row, and nothing of a muted one before them', () => {
    const row = setNodeMode(setNodeMode(chain(), 'change', 'bypass'), 'shrink', 'bypass');
    expect(
      world()
        .plan(row)
        .steps.filter(({ node }) => node === 'write'),
    ).toHaveLength(3);
    const none = world().plan(setNodeMode(setNodeMode(row, 'make', 'mute'), 'other', 'mute'));
    expect(why(none, 'write')).toEqual(['needs make, other, which are muted']);
  });

  it('does not hide what blocks its source', () => {
    const plan = world().plan(setRoute(setNodeMode(chain(), 'change', 'bypass'), 'make', 'nowhere/none'));
    expect(why(plan, 'shrink')).toEqual(['blocked by make']);
  });
});

describe('a group', () => {
  it('mutes every node in it, and the strongest mode counts', () => {
    const document = setGroupMode(grouped(chain(), ['make', 'other']), 'faces', 'mute');
    const plan = world().plan(setNodeMode(document, 'other', 'bypass'));
    expect(verdicts(plan)).toMatchObject({ make: 'muted', other: 'muted', change: 'left-out' });
    expect(why(plan, 'make')).toEqual(['muted with the group Faces']);
    expect(plan.steps).toEqual([]);
  });
});

describe('a pin', () => {
  const pinned = { image: [pictureOf('kept')] };
  const two = () => pinStep(chain(), 'make', '1', pinned);

  it('stands for its step whatever its params, inputs, take and route say', () => {
    const store = world();
    const changed = takeNext(setParam(two(), 'words', 'lines', 'a hen\na cow'), 'make');
    const plan = store.plan(changed);
    const [first, second] = plan.steps.filter(({ node }) => node === 'make');
    expect(first!.verdict).toBe('will-run');
    expect(second).toMatchObject({ verdict: 'reused', pinned: true, outputs: pinned });
    expect(nodeIn(plan, 'make')).toMatchObject({ verdict: 'will-run', pinned: 1 });
    expect(why(plan, 'make')).toContain('pinned, kept as it is');
    const images = plan.steps.find(({ node }) => node === 'change')!.inputs['images']!;
    expect(images[1]).toEqual({ value: pinned.image[0] });

    const whole = setRoute(pinStep(changed, 'make', '0', pinned), 'make', 'nowhere/none');
    expect(store.plan(whole)).toMatchObject({ issues: [], counts: { reused: 2 } });
    const cut = disconnect(pinStep(chain(), 'change', '0', pinned), chain().edges);
    expect(nodeIn(store.plan(cut), 'change')).toMatchObject({ verdict: 'reused', pinned: 1 });
    expect(store.run(whole)).not.toContain('make#0');
  });

  it('outlives muting of what it was made from', () => {
    const document = setNodeMode(pinStep(chain(), 'change', '0', pinned), 'make', 'mute');
    const plan = world().plan(setNodeMode(document, 'other', 'mute'));
    expect(verdicts(plan)).toMatchObject({ change: 'reused', shrink: 'will-run' });
  });

  it('can be of one copy of a batch', () => {
    const batch = small([['make', 'make', { count: 3 }]]);
    const plan = world().plan(pinStep(batch, 'make', '0.1', pinned));
    expect(plan.steps.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['make#0', 'will-run'],
      ['make#0.1', 'reused'],
      ['make#0.2', 'will-run'],
    ]);
    expect(plan.forecast.price.high).toBe(0.08);
  });

  it('of a picture that is gone is an issue, never a paid step', () => {
    const store = world();
    store.lost.add(pinned.image[0]!.hash);
    const plan = store.plan(two());
    expect(plan.issues).toMatchObject([
      { code: 'pinned-missing', severity: 'error', place: { node: 'make' } },
    ]);
    expect(plan.issues[0]!.message).toContain('Unpin it');
    expect(plan.steps.find(({ id }) => id === 'make#1')!.verdict).toBe('blocked');
    expect(store.plan(unpinStep(two(), 'make', '1')).issues).toEqual([]);
  });

  it('of something the node never gives is an issue', () => {
    for (const wrong of [{ image: ['words'] }, { text: ['words'] }])
      expect(world().plan(pinStep(chain(), 'make', '0', wrong)).issues).toMatchObject([
        { code: 'pinned-wrong' },
      ]);
  });

  it('needs nothing for a target after it, but its whole node has to be pinned', () => {
    const ids = (document: WorkflowDocument) =>
      world()
        .plan(document, ['write'])
        .nodes.map(({ id }) => id)
        .sort();
    expect(ids(pinStep(chain(), 'change', '0', pinned))).toEqual(['change', 'shrink', 'write']);
    expect(ids(two())).toEqual(['change', 'make', 'other', 'shrink', 'words', 'write']);
  });
});

describe('run from here', () => {
  it('is the node and all that comes after it, and not past a muted one', () => {
    expect(targetsFrom(chain(), smallNodes, ['change'])).toEqual(['change', 'shrink', 'write']);
    expect(targetsFrom(chain(), smallNodes, ['words', 'nobody'])).toEqual([
      'words',
      'make',
      'change',
      'shrink',
      'write',
    ]);
    expect(targetsFrom(setNodeMode(chain(), 'shrink', 'mute'), smallNodes, ['change'])).toEqual(['change']);
  });
});

describe('every graph with any modes', () => {
  const provider = { ...smallProvider, models: [{ ...smallModel, maxReferences: 1_000 }] };
  const planOf = (document: WorkflowDocument) =>
    planWorkflow({
      document,
      catalogue: smallNodes,
      providers: new Map([[provider.id, provider]]),
      known: world().knowledge(),
    });

  it('plans exactly the paid steps that are meant, and has no issue', () => {
    fc.assert(
      fc.property(randomGraph, (graph) => {
        const document = documentOf(graph, 'g');
        const plan = planOf(document);
        expect(plan.issues).toEqual([]);
        const paid = plan.steps.filter(({ node }) => ['make', 'change'].includes(document.nodes[node]!.type));
        expect(paid).toHaveLength(meantCharges(graph, 'g').length);
        expect(plan.forecast.price.high).toBeCloseTo(paid.length * 0.04, 6);
      }),
      { numRuns: 1_500 },
    );
  });

  it('is planned as before once every mode is taken away', () => {
    fc.assert(
      fc.property(randomGraph, (graph) => {
        const none = {
          ...graph,
          modes: [],
          groups: graph.groups.map((group) => ({ ...group, mode: undefined })),
        };
        const freed = graph.groups.reduce(
          (document, _, place) => setGroupMode(document, `g${place}`, undefined),
          graph.specs.reduce(
            (document, _, place) => setNodeMode(document, `n${place}`, undefined),
            documentOf(graph, 'g'),
          ),
        );
        expect(planOf(freed)).toEqual(planOf(documentOf(none, 'g')));
      }),
      { numRuns: 300 },
    );
  });
});
