import { describe, expect, it } from 'vitest';
import { confirmPicks, pictureNames, type ChoiceRule } from '#core/choice';
import { setParam } from '#core/document/edit';
import { pinStep, setNodeMode } from '#core/document/edit-modes';
import type { WorkflowDocument } from '#core/document/schema';
import type { JsonValue } from '#core/json';
import { canRun } from '#core/plan/plan';
import type { Plan } from '#core/plan/planned';
import { small } from '#test/kit/small-catalogue';
import { pictureOf, SmallWorld } from '#test/kit/small-knowledge';

const any: ChoiceRule = { all: false, fewest: 1, most: Infinity, again: true };

/** words (three) ─ make ─ choose ─ shrink, and all that was picked ─ change. */
function funnel(params: Record<string, JsonValue> = {}, lines = 'a\nb\nc'): WorkflowDocument {
  return small(
    [
      ['words', 'words', { lines }],
      ['make', 'make'],
      ['choose', 'choose', params],
      ['shrink', 'shrink'],
      ['change', 'change'],
    ],
    [
      'words.text > make.prompt',
      'make.image > choose.images',
      'choose.image > shrink.image',
      'choose.image > change.images',
    ],
  );
}
const nodeOf = (plan: Plan, id: string) => plan.nodes.find((node) => node.id === id)!;
const verdicts = (plan: Plan) => Object.fromEntries(plan.nodes.map(({ id, verdict }) => [id, verdict]));

/** What a person does: these places of what comes to the node. */
function picking(world: SmallWorld, document: WorkflowDocument, places: number[]): WorkflowDocument {
  const { pictures } = nodeOf(world.plan(document), 'choose').choice!;
  const names = pictureNames(pictures.map((picture) => picture ?? undefined));
  const picked = places.map((place) => names[place]!);
  return setParam(document, 'choose', 'picks', confirmPicks(any, { picked }, names) as JsonValue);
}

describe('the plan before a choice', () => {
  it('sums what is certain now, and from one picked to all what may follow', () => {
    const plan = new SmallWorld().plan(funnel());
    expect(canRun(plan)).toBe(true);
    expect(verdicts(plan)).toEqual({
      words: 'value',
      make: 'will-run',
      choose: 'waits',
      shrink: 'waits',
      change: 'waits',
    });
    expect(plan.counts).toEqual({ reused: 0, willRun: 3, blocked: 0 });
    expect(plan.forecast.price).toEqual({ low: 0.12, high: 0.12 });
    expect(plan.later).toEqual({
      choices: ['choose'],
      steps: { low: 2, high: 4 },
      price: { low: 0.04, high: 0.04 },
    });
    expect(nodeOf(plan, 'choose').choice).toMatchObject({ open: true, picked: [], fewest: 1, most: 3 });
    expect(nodeOf(plan, 'choose').choice!.pictures).toEqual([null, null, null]);
    expect(nodeOf(plan, 'change').reasons).toEqual([{ code: 'waits-for-choice', nodes: ['choose'] }]);
  });

  it('says what each picked picture will cost', () => {
    const each = small(
      [
        ['words', 'words', { lines: 'a\nb\nc' }],
        ['make', 'make'],
        ['choose', 'choose'],
        ['shrink', 'shrink'],
        ['again', 'make', { prompt: 'x' }],
      ],
      ['words.text > make.prompt', 'make.image > choose.images', 'choose.image > shrink.image'],
    );
    const plan = new SmallWorld().plan(each);
    expect(nodeOf(plan, 'choose').choice!.each).toEqual({ low: 0, high: 0 });
    expect(plan.later!.steps).toEqual({ low: 1, high: 3 });
    // What does not hang on it runs.
    expect(nodeOf(plan, 'again').verdict).toBe('will-run');
  });

  it('knows the exact number', () => {
    const plan = new SmallWorld().plan(funnel({ mode: 'exactly', count: 2 }));
    expect(plan.later!.steps).toEqual({ low: 3, high: 3 });
    const trouble = new SmallWorld().plan(funnel({ mode: 'exactly', count: 5 }));
    expect(trouble.issues).toMatchObject([{ code: 'cannot-choose', place: { node: 'choose' } }]);
  });

  it('does not refuse all the pictures where a route takes some', () => {
    // The model takes three references; five come, and the person may pick three.
    const plan = new SmallWorld().plan(funnel({}, 'a\nb\nc\nd\ne'));
    expect(plan.issues).toEqual([]);
    expect(nodeOf(plan, 'change').verdict).toBe('waits');
  });

  it('lets a list of a sure length go beside one that is still open', () => {
    const beside = small(
      [
        ['words', 'words', { lines: 'a\nb\nc' }],
        ['make', 'make'],
        ['choose', 'choose'],
        ['two', 'words', { lines: 'x\ny' }],
        ['write', 'write'],
        ['change', 'change'],
      ],
      [
        'words.text > make.prompt',
        'make.image > choose.images',
        'choose.image > write.image',
        'two.text > change.prompt',
        'choose.image > change.images',
      ],
    );
    const plan = new SmallWorld().plan(beside);
    expect(plan.issues).toEqual([]);
    expect(nodeOf(plan, 'change').later!.steps).toEqual({ low: 2, high: 2 });
  });
});

describe('a choice that was made', () => {
  it('gives exactly what was picked, and everything before it is reused', () => {
    const world = new SmallWorld();
    expect(world.run(funnel())).toEqual(['make#0', 'make#1', 'make#2']);
    const open = world.plan(funnel());
    expect(nodeOf(open, 'choose').choice!.pictures.every((picture) => picture !== null)).toBe(true);
    const document = picking(world, funnel(), [0, 2]);
    const plan = world.plan(document);
    expect(verdicts(plan)).toMatchObject({ make: 'reused', choose: 'value', shrink: 'will-run' });
    expect(plan.later).toBeUndefined();
    expect(world.run(document)).toEqual(['shrink#0', 'shrink#1', 'change#0']);
    // Another line comes: the choice is open again, with what was picked still picked.
    const more = setParam(document, 'words', 'lines', 'a\nb\nc\nd');
    world.run(more);
    expect(nodeOf(world.plan(more), 'choose').choice).toMatchObject({
      open: true,
      picked: [0, 2],
      fresh: [3],
    });
    const keep = setParam(more, 'choose', 'again', 'keep');
    expect(verdicts(world.plan(keep))).toMatchObject({ choose: 'value', shrink: 'reused', change: 'reused' });
  });

  it('goes by places for one run, before anything is made', () => {
    const world = new SmallWorld();
    const plan = world.plan(funnel({ picks: { places: [2] } }));
    expect(plan.later).toBeUndefined();
    expect(plan.forecast.price.high).toBeCloseTo(0.16);
    expect(world.run(funnel({ picks: { places: [2] } }))).toHaveLength(5);
  });

  it('is not asked for where all goes on, where it is bypassed, and where it is pinned', () => {
    const world = new SmallWorld();
    for (const document of [funnel({ mode: 'all' }), setNodeMode(funnel(), 'choose', 'bypass')]) {
      const plan = world.plan(document);
      expect([plan.later, plan.counts.willRun]).toEqual([undefined, 7]);
    }
    const pinned = pinStep(funnel(), 'choose', '0', { image: [pictureOf('pinned')] });
    expect(verdicts(world.plan(pinned))).toMatchObject({ choose: 'reused', shrink: 'will-run' });
    expect(verdicts(world.plan(setNodeMode(funnel(), 'choose', 'mute')))).toMatchObject({
      choose: 'muted',
      change: 'left-out',
    });
  });
});

describe('a switch', () => {
  const two = (pass: string) =>
    small(
      [
        ['left', 'make', { prompt: 'left' }],
        ['right', 'make', { prompt: 'right' }],
        ['small', 'shrink'],
        ['switch', 'switch', { pass }],
        ['change', 'change'],
      ],
      [
        'left.image > switch.a',
        'right.image > small.image',
        'small.image > switch.b',
        'switch.image > change.images',
      ],
    );

  it('passes on one input, and what only the other needs does not run', () => {
    expect(verdicts(new SmallWorld().plan(two('a')))).toMatchObject({
      left: 'will-run',
      right: 'left-out',
      small: 'left-out',
      switch: 'value',
      change: 'will-run',
    });
    expect(new SmallWorld().run(two('b'))).toEqual(['right#0', 'small#0', 'change#0']);
    // Asked for by name it runs all the same.
    expect(new SmallWorld().run(two('a'), ['small'])).toEqual(['right#0', 'small#0']);
  });

  it('leaves alone what something else needs too', () => {
    const document = small(
      [
        ['left', 'make', { prompt: 'left' }],
        ['right', 'make', { prompt: 'right' }],
        ['switch', 'switch', { pass: 'a' }],
        ['write', 'write'],
      ],
      ['left.image > switch.a', 'right.image > switch.b', 'right.image > write.image'],
    );
    expect(new SmallWorld().run(document).toSorted()).toEqual(['left#0', 'right#0', 'write#0']);
  });

  it('says that nothing is wired to the chosen input', () => {
    expect(new SmallWorld().plan(two('c')).issues).toMatchObject([
      { code: 'nothing-to-pass-on', place: { node: 'switch', port: 'c' } },
    ]);
  });
});
