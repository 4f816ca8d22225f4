import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareRuns } from '#core/compare/compare-runs';
import type { Change, RunFacts, StepFacts } from '#core/compare/comparison';
import { describeCause, isAlike } from '#core/compare/comparison-words';
import {
  addNode,
  connect,
  disconnect,
  newNode,
  removeNodes,
  setParam,
  setRoute,
  takeNext,
} from '#core/document/edit';
import type { WorkflowDocument } from '#core/document/schema';
import { smallNodes, small } from '#test/kit/small-catalogue';
import { pictureOf, SmallWorld } from '#test/kit/small-knowledge';

/** words ──▶ make ──▶ shrink ──▶ write, make ──▶ change, and a make that stands alone. */
const graph = () =>
  small(
    [
      ['words', 'words', { lines: 'a cat\na dog' }],
      ['make', 'make'],
      ['shrink', 'shrink'],
      ['write', 'write'],
      ['change', 'change'],
      ['alone', 'make', { prompt: 'a hill' }],
    ],
    [
      'words.text > make.prompt',
      'make.image > shrink.image',
      'shrink.image > write.image',
      'make.image > change.images',
    ],
  );

function runs(before: WorkflowDocument, after: WorkflowDocument, targets?: string[]) {
  const world = new SmallWorld();
  return [world.facts(before, targets), world.facts(after, targets)] as const;
}

const compared = (a: RunFacts, b: RunFacts) => compareRuns(a, b, smallNodes);

function causesOf(before: WorkflowDocument, after: WorkflowDocument) {
  return compared(...runs(before, after)).causes.map(({ node, change }) => [node, change.kind]);
}

/** A run with one of its steps told otherwise. */
function withStep(run: RunFacts, id: string, change: (step: StepFacts) => StepFacts): RunFacts {
  return { ...run, steps: run.steps.map((step) => (step.step === id ? change(step) : step)) };
}

describe('two runs', () => {
  it('of the same graph have everything in common, made or reused', () => {
    const comparison = compared(...runs(graph(), graph()));
    expect(isAlike(comparison)).toBe(true);
    expect(comparison.same).toHaveLength(8);
  });

  it('differ by a changed param, and by nothing else that follows from it', () => {
    const comparison = compared(
      ...runs(graph(), setParam(graph(), 'make', 'size', { width: 128, height: 64 })),
    );
    expect(comparison.causes.map((cause) => describeCause(cause))).toEqual([
      'make: size: 64 × 64 → 128 × 64',
    ]);
    expect(comparison.same).toEqual(['alone#0']);
    expect(
      Object.fromEntries(comparison.steps.map(({ step, through }) => [step, through?.step ?? 'its own'])),
    ).toEqual({
      'make#0': 'its own',
      'make#1': 'its own',
      'shrink#0': 'make#0',
      'shrink#1': 'make#1',
      'write#0': 'shrink#0',
      'write#1': 'shrink#1',
      'change#0': 'make#0',
    });
    expect(comparison.steps[0]!.pictures.a).not.toEqual(comparison.steps[0]!.pictures.b);
  });

  it('name the pure node a changed word comes from, and leave the items without it alone', () => {
    const comparison = compared(...runs(graph(), setParam(graph(), 'words', 'lines', 'a cat\na hen')));
    expect(comparison.causes.map((cause) => describeCause(cause))).toEqual([
      'words: lines: “a cat a dog” → “a cat a hen”',
    ]);
    expect(comparison.steps.map(({ step }) => step)).toEqual(['make#1', 'shrink#1', 'change#0', 'write#1']);
    expect(comparison.steps[0]!.through).toEqual({ node: 'words' });
    expect(comparison.steps[2]!.through).toEqual({ node: 'make', step: 'make#1' });
  });

  it('differ by a step that failed in one, and what needed it follows', () => {
    const [a, b] = runs(graph(), graph());
    const ended = (step: StepFacts, state: StepFacts['state']): StepFacts => ({
      step: step.step,
      node: step.node,
      state,
      price: 0,
    });
    let failed = withStep(b, 'make#1', (step) => ({
      ...ended(step, 'failed'),
      key: step.key!,
      failure: { code: 'refused', act: 'vendor', charge: 'none', message: 'The shop says no.' },
    }));
    for (const id of ['shrink#1', 'write#1', 'change#0'])
      failed = withStep(failed, id, (step) => ended(step, 'skipped'));
    const comparison = compared(a, failed);
    expect(comparison.causes.map((cause) => describeCause(cause))).toEqual([
      'make: done in A, failed in B: The shop says no.',
    ]);
    expect(comparison.causes[0]!.steps).toEqual(['make#1', 'shrink#1', 'change#0', 'write#1']);
  });

  it('differ by the word of the vendor where what was asked for in the one that failed was not kept', () => {
    const [a, b] = runs(graph(), graph());
    const failed = withStep(b, 'alone#0', ({ step, node }) => ({
      step,
      node,
      state: 'failed',
      key: 'another',
      price: 0,
      failure: { code: 'refused', act: 'vendor', charge: 'none', message: 'The shop says no.' },
    }));
    expect(compared(a, failed).causes.map((cause) => describeCause(cause))).toEqual([
      'alone: done in A, failed in B: The shop says no.',
    ]);
    const forgotten = withStep(b, 'alone#0', ({ parts: _parts, ...step }) => ({ ...step, key: 'another' }));
    expect(compared(a, forgotten).causes.map(({ change }) => change)).toEqual([{ kind: 'unknown' }]);
  });

  it('differ by a price that rose, a revised provider, another version of a node, another folder', () => {
    const [a, b] = runs(graph(), graph());
    const expectCause = (change: (step: StepFacts) => StepFacts, id: string, cause: Change) => {
      const made = withStep(b, id, (step) => change({ ...step, state: 'finished', price: 0.04 }));
      expect(compared(a, made).causes.map((found) => found.change)).toEqual([cause]);
    };
    const parts = (change: Partial<NonNullable<StepFacts['parts']>>) => (step: StepFacts) => ({
      ...step,
      key: 'another',
      parts: { ...step.parts!, ...change },
    });
    expectCause((step) => ({ ...step, price: 0.05 }), 'alone#0', {
      kind: 'price',
      before: '$0.04',
      after: '$0.05',
    });
    expectCause(parts({ provider: { id: 'shop', revision: 2, model: 'one' } }), 'alone#0', {
      kind: 'revision',
      before: '1',
      after: '2',
    });
    expectCause(parts({ version: 2 }), 'alone#0', { kind: 'version', before: '1', after: '2' });
    expectCause(parts({ files: { folder: '/other', index: 0 } }), 'write#0', { kind: 'out-folder' });
    expectCause((step) => ({ ...step, outputs: { image: [pictureOf('another')] } }), 'alone#0', {
      kind: 'result',
    });
  });

  it('differ by a picture on disk that changed, though no word of the graph did', () => {
    const world = new SmallWorld();
    const document = small(
      [
        ['picture', 'picture', { file: { name: 'a.png', path: 'a.png' } }],
        ['change', 'change'],
      ],
      ['picture.image > change.images'],
    );
    world.files.set('a.png', pictureOf('one'));
    const a = world.facts(document);
    world.files.set('a.png', pictureOf('two'));
    const [cause] = compared(a, world.facts(document)).causes;
    expect(cause).toMatchObject({ node: 'change', change: { kind: 'input', name: 'images' } });
  });

  it('differ by what was asked for', () => {
    const world = new SmallWorld();
    const comparison = compared(world.facts(graph(), ['make']), world.facts(graph()));
    expect(comparison.causes.map((cause) => describeCause(cause))).toEqual([
      'The workflow: asked for: make → everything',
    ]);
    expect(comparison.steps).toHaveLength(6);
  });

  it('put the first cause first, and a change that changed nothing last', () => {
    const idle = setParam(graph(), 'words', 'lines', 'a cat\na dog\n');
    const both = setParam(setParam(idle, 'change', 'prompt', 'make it red'), 'make', 'seed', 5);
    expect(causesOf(graph(), both)).toEqual([
      ['make', 'param'],
      ['change', 'param'],
      ['words', 'param'],
    ]);
  });

  it('show of long words the place where they part', () => {
    const words = 'once upon a time there was a very small village at the foot of a hill, and in it lived ';
    const before = setParam(graph(), 'alone', 'prompt', `${words}a cat`);
    const [cause] = compared(...runs(before, setParam(graph(), 'alone', 'prompt', `${words}a dog`))).causes;
    expect(describeCause(cause!)).toBe('alone: prompt: “…d in it lived a cat” → “…d in it lived a dog”');
  });
});

/** One change of the graph, with the cause that must be named for it. */
const edits: fc.Arbitrary<{
  edit: (document: WorkflowDocument) => WorkflowDocument;
  node: string;
  kind: string;
}> = fc.oneof(
  fc
    .tuple(fc.constantFrom('change', 'alone'), fc.string({ minLength: 1, maxLength: 200 }))
    .map(([node, text]) => ({
      node,
      kind: 'param prompt',
      edit: (document: WorkflowDocument) => setParam(document, node, 'prompt', `new ${text}`),
    })),
  fc.tuple(fc.constantFrom('make', 'alone'), fc.integer({ min: 0, max: 1e9 })).map(([node, seed]) => ({
    node,
    kind: 'param seed',
    edit: (document: WorkflowDocument) => setParam(document, node, 'seed', seed),
  })),
  fc.tuple(fc.constantFrom('make', 'alone'), fc.integer({ min: 2, max: 5 })).map(([node, copies]) => ({
    node,
    kind: 'param count',
    edit: (document: WorkflowDocument) => setParam(document, node, 'count', copies),
  })),
  fc.uniqueArray(fc.stringMatching(/^[a-z]{1,9}$/), { minLength: 1, maxLength: 5 }).map((lines) => ({
    node: 'words',
    kind: 'param lines',
    edit: (document: WorkflowDocument) => setParam(document, 'words', 'lines', lines.join('\n')),
  })),
  fc.constant({
    node: 'write',
    kind: 'param name',
    edit: (document: WorkflowDocument) => setParam(document, 'write', 'name', 'other'),
  }),
  fc.constantFrom('make', 'shrink', 'write', 'change', 'alone').map((node) => ({
    node,
    kind: 'take',
    edit: (document: WorkflowDocument) => takeNext(document, node),
  })),
  fc.constantFrom('write', 'change', 'alone').map((node) => ({
    node,
    kind: 'node',
    edit: (document: WorkflowDocument) => removeNodes(document, new Set([node])),
  })),
  fc.constantFrom('words', 'make').map((type) => ({
    node: 'added',
    kind: 'node',
    edit: (document: WorkflowDocument) => addNode(document, 'added', newNode(smallNodes.get(type)!), [0, 0]),
  })),
  fc.constant({
    node: 'added',
    kind: 'node',
    edit: (document: WorkflowDocument) =>
      connect(
        addNode(document, 'added', newNode(smallNodes.get('shrink')!), [0, 0]),
        { from: 'make.image', to: 'added.image' },
        { replace: false },
      ),
  }),
  fc.constant({
    node: 'make',
    kind: 'wires prompt',
    edit: (document: WorkflowDocument) => disconnect(document, [{ from: 'words.text', to: 'make.prompt' }]),
  }),
  fc.constantFrom('shrink.image', 'alone.image').map((from) => ({
    node: 'change',
    kind: 'wires images',
    edit: (document: WorkflowDocument) =>
      connect(document, { from, to: 'change.images' }, { replace: false }),
  })),
);

const kindOf = (change: Change) => ('name' in change ? `${change.kind} ${change.name}` : change.kind);

describe('whatever is changed', () => {
  it('pictures made as one set differ by that', () => {
    const apart = setParam(graph(), 'make', 'count', 3);
    const [a, b] = runs(apart, setParam(apart, 'make', 'set', true));
    for (const comparison of [compared(a, b), compared(b, a)])
      expect(comparison.causes.map((cause) => [cause.node, kindOf(cause.change)])).toEqual([
        ['make', 'param set'],
      ]);
  });

  it('a run is like itself, and like its own repetition', () => {
    fc.assert(
      fc.property(fc.array(edits, { maxLength: 4 }), (changes) => {
        let document = graph();
        for (const { edit } of changes) document = withoutThrow(edit, document);
        const [a, b] = runs(document, document);
        for (const comparison of [compared(a, a), compared(a, b)]) {
          expect(comparison.causes).toEqual([]);
          expect(comparison.steps).toEqual([]);
          expect(comparison.same).toHaveLength(a.steps.length);
        }
      }),
    );
  });

  it('one change is named as the first cause of every step that differs, and no other is, in both directions', () => {
    fc.assert(
      fc.property(edits, ({ edit, node, kind }) => {
        const after = edit(graph());
        fc.pre(JSON.stringify(after) !== JSON.stringify(graph()));
        const [a, b] = runs(graph(), after);
        for (const comparison of [compared(a, b), compared(b, a)]) {
          expect(comparison.causes.map((cause) => [cause.node, kindOf(cause.change)])).toEqual([
            [node, kind],
          ]);
          expect(comparison.steps.every(({ cause }) => cause === 0)).toBe(true);
          expect(comparison.causes[0]!.steps).toEqual(comparison.steps.map(({ step }) => step));
          // Told apart without the comparison: a step is the same exactly where its key is.
          const keys = (run: RunFacts) => new Map(run.steps.map(({ step, key }) => [step, key]));
          const [left, right] = [keys(a), keys(b)];
          const alike = [...left].filter(([step, key]) => right.get(step) === key).map(([step]) => step);
          expect([...comparison.same].sort()).toEqual(alike.sort());
        }
      }),
      { numRuns: 300 },
    );
  });

  it('another default route is one cause, of all nodes that name none', () => {
    const after = { ...graph(), routes: { generate: 'shop/two', edit: 'shop/one' } };
    const [a] = runs(graph(), graph());
    const b: RunFacts = {
      ...a,
      document: after,
      steps: a.steps.map((step) =>
        step.parts?.node === 'make'
          ? {
              ...step,
              key: `${step.key} two`,
              parts: { ...step.parts, provider: { id: 'shop', revision: 1, model: 'two' } },
            }
          : step,
      ),
    };
    const comparison = compared(a, b);
    expect(comparison.causes).toEqual([
      {
        change: { kind: 'model', task: 'generate', before: 'shop/one', after: 'shop/two' },
        steps: ['alone#0', 'make#0', 'make#1'],
      },
    ]);
    expect(causesOf(graph(), setRoute(graph(), 'alone', 'shop'))).toEqual([['alone', 'model']]);
  });
});

/** An edit of a node that an earlier one took away changes nothing. */
function withoutThrow(
  edit: (document: WorkflowDocument) => WorkflowDocument,
  document: WorkflowDocument,
): WorkflowDocument {
  try {
    return edit(document);
  } catch {
    return document;
  }
}
