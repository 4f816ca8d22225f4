import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addNode, newNode, setParam, setRoute, takeNext } from '#core/document/edit';
import { canRun } from '#core/plan/plan';
import { describeReason } from '#core/plan/reason';
import { wordsOf } from '#core/words/words';
import { small, smallNodes } from '#test/kit/small-catalogue';
import { pictureOf, SmallWorld } from '#test/kit/small-knowledge';

/** words ──▶ make ──▶ shrink ──▶ write, and make ──▶ change */
const chain = () =>
  small(
    [
      ['words', 'words', { lines: 'a cat' }],
      ['make', 'make'],
      ['shrink', 'shrink'],
      ['write', 'write'],
      ['change', 'change'],
    ],
    [
      'words.text > make.prompt',
      'make.image > shrink.image',
      'shrink.image > write.image',
      'make.image > change.images',
    ],
  );

const verdicts = (plan: ReturnType<SmallWorld['plan']>) =>
  Object.fromEntries(plan.nodes.map(({ id, verdict }) => [id, verdict]));

describe('a plan', () => {
  it('runs everything the first time and says why and for how much', () => {
    const plan = new SmallWorld().plan(chain());
    expect(verdicts(plan)).toEqual({
      words: 'value',
      make: 'will-run',
      shrink: 'will-run',
      change: 'will-run',
      write: 'will-run',
    });
    expect(plan.counts).toEqual({ reused: 0, willRun: 4, blocked: 0 });
    expect(plan.forecast.price).toEqual({ low: 0.08, high: 0.08 });
    expect(plan.forecast.seconds).toEqual({ low: 10, high: 40 });
    expect(plan.nodes.find(({ id }) => id === 'make')!.reasons).toEqual([{ code: 'first-time' }]);
    expect(plan.nodes.find(({ id }) => id === 'write')!.reasons).toEqual([
      { code: 'waits-for', nodes: ['shrink'] },
    ]);
  });

  it('goes by the person’s own price of a route and says so where it counts', () => {
    const world = new SmallWorld();
    world.prices.set('shop/one', 0.5);
    const own = (plan: ReturnType<SmallWorld['plan']>) =>
      Object.fromEntries(plan.nodes.map(({ id, ownPrice }) => [id, ownPrice]));
    const plan = world.plan(chain());
    expect(plan.forecast.price).toEqual({ low: 1, high: 1 });
    expect(own(plan)).toMatchObject({ make: 0.5, change: 0.5, shrink: undefined });
    world.run(chain());
    expect(own(world.plan(chain()))).toMatchObject({ make: undefined, change: undefined });
  });

  it('reuses everything the second time, for nothing', () => {
    const world = new SmallWorld();
    expect(world.run(chain())).toHaveLength(4);
    const plan = world.plan(chain());
    expect(plan.counts).toEqual({ reused: 4, willRun: 0, blocked: 0 });
    expect(plan.forecast.price.high).toBe(0);
    expect(world.run(chain())).toEqual([]);
  });

  it('names the param that changed, and only what depends on it runs', () => {
    const world = new SmallWorld();
    world.run(chain());
    const edited = setParam(chain(), 'change', 'prompt', 'make it green');
    const plan = world.plan(edited);
    expect(verdicts(plan)).toMatchObject({
      make: 'reused',
      shrink: 'reused',
      write: 'reused',
      change: 'will-run',
    });
    const [reason] = plan.nodes.find(({ id }) => id === 'change')!.reasons;
    expect(reason).toEqual({ code: 'changed', differences: [{ part: 'param', name: 'prompt' }] });
    expect(describeReason(reason!)).toBe('"prompt" changed');
    expect(describeReason(reason!, wordsOf('de'))).toBe('„prompt“ geändert');
    expect(world.run(edited)).toEqual(['change#0']);
  });

  it('a word changed upstream shows as a changed prompt of the node that uses it', () => {
    const world = new SmallWorld();
    world.run(chain());
    const plan = world.plan(setParam(chain(), 'words', 'lines', 'a dog'));
    expect(plan.nodes.find(({ id }) => id === 'make')!.reasons).toEqual([
      { code: 'changed', differences: [{ part: 'param', name: 'prompt' }] },
    ]);
    expect(plan.counts.willRun).toBe(4);
  });

  it('a typed prompt and the same one by wire are the same picture', () => {
    const world = new SmallWorld();
    world.run(small([['make', 'make', { prompt: 'a cat' }]]));
    const wired = small(
      [
        ['w', 'words', { lines: 'a cat' }],
        ['make', 'make', { prompt: 'not used' }],
      ],
      ['w.text > make.prompt'],
    );
    expect(world.plan(wired).counts).toEqual({ reused: 1, willRun: 0, blocked: 0 });
  });

  it('a further copy is paid alone, and a new take replaces all', () => {
    const world = new SmallWorld();
    world.run(small([['make', 'make', { count: 2 }]]));
    expect(world.run(small([['make', 'make', { count: 3 }]]))).toEqual(['make#0.2']);
    const taken = takeNext(small([['make', 'make', { count: 3 }]]), 'make');
    expect(world.plan(taken).nodes[0]!.reasons).toEqual([
      { code: 'changed', differences: [{ part: 'take' }] },
    ]);
    expect(world.run(taken)).toHaveLength(3);
  });

  it('plans only what a target needs', () => {
    const plan = new SmallWorld().plan(chain(), ['shrink']);
    expect(plan.nodes.map(({ id }) => id)).toEqual(['words', 'make', 'shrink']);
  });

  it('names a target that is not there', () => {
    const plan = new SmallWorld().plan(chain(), ['nobody']);
    expect(plan.issues).toEqual([
      expect.objectContaining({ code: 'unknown-target', place: { node: 'nobody' } }),
    ]);
  });

  it('writes again when it shall write elsewhere', () => {
    const world = new SmallWorld();
    world.run(chain());
    world.outFolder = '/elsewhere';
    const plan = world.plan(chain());
    expect(verdicts(plan)).toMatchObject({ shrink: 'reused', write: 'will-run' });
    expect(plan.nodes.find(({ id }) => id === 'write')!.reasons).toEqual([
      { code: 'changed', differences: [{ part: 'files' }] },
    ]);
  });
});

describe('fan-out', () => {
  it('runs once for each item, all the way down', () => {
    const document = setParam(chain(), 'words', 'lines', 'a cat\na dog\na hen');
    const plan = new SmallWorld().plan(document);
    expect(plan.steps.map(({ id }) => id).sort()).toEqual([
      'change#0',
      'make#0',
      'make#1',
      'make#2',
      'shrink#0',
      'shrink#1',
      'shrink#2',
      'write#0',
      'write#1',
      'write#2',
    ]);
    expect(plan.steps.find(({ id }) => id === 'change#0')!.inputs['images']).toHaveLength(3);
  });

  const joined = (left: string, right: string) =>
    small(
      [
        ['l', 'words', { lines: left }],
        ['r', 'words', { lines: right }],
        ['j', 'join'],
      ],
      ['l.text > j.left', 'r.text > j.right'],
    );
  const textsOf = (left: string, right: string) =>
    new SmallWorld().plan(joined(left, right)).nodes.find(({ id }) => id === 'j')!.outputs;

  it('lists of one length go side by side, and one item goes with each', () => {
    expect(textsOf('a\nb', '1\n2')).toEqual({ text: ['a 1', 'b 2'] });
    expect(textsOf('a', '1\n2\n3')).toEqual({ text: ['a 1', 'a 2', 'a 3'] });
  });

  it('names lists of unequal length, with both numbers', () => {
    const { issues } = new SmallWorld().plan(joined('a\nb\nc', '1\n2'));
    expect(issues).toEqual([
      expect.objectContaining({
        code: 'unequal-lists',
        place: { node: 'j', port: 'right' },
        message: expect.stringMatching(/"Left" gets 3 items and "Right" gets 2/),
      }),
    ]);
  });
});

describe('issues', () => {
  const issuesOf = (...args: Parameters<typeof small>) => new SmallWorld().plan(small(...args)).issues;

  it('a loop', () => {
    const issues = issuesOf(
      [
        ['a', 'change'],
        ['b', 'change'],
      ],
      ['a.image > b.images', 'b.image > a.images'],
    );
    expect(issues.map(({ code, place }) => [code, place.node])).toEqual([
      ['cycle', 'a'],
      ['cycle', 'b'],
    ]);
  });

  it('a wrong type, an unknown port and node, each with its edge', () => {
    const issues = issuesOf(
      [
        ['w', 'words'],
        ['s', 'shrink'],
        ['m', 'make'],
      ],
      ['w.text > s.image', 'm.nothing > s.image', 'ghost.image > s.image'],
    );
    expect(issues.map(({ code, place }) => [code, place.path])).toEqual([
      ['wrong-port-type', 'edges.0'],
      ['unknown-port', 'edges.1'],
      ['unknown-node', 'edges.2'],
    ]);
  });

  it('a missing wire, a missing file, an unknown param, a wrong value, an empty list, all at once', () => {
    const issues = issuesOf(
      [
        ['s', 'shrink'],
        ['p', 'picture', { file: { name: 'x.png', path: 'x.png' } }],
        ['n', 'picture'],
        ['m', 'make', { colour: 'red', count: 99 }],
        ['w', 'words', { lines: '' }],
        ['m2', 'make'],
      ],
      ['w.text > m2.prompt'],
    );
    expect(issues.map(({ code }) => code).sort()).toEqual([
      'empty-list',
      'missing-input',
      'missing-picture',
      'no-file',
      'unknown-param',
      'wrong-param',
    ]);
  });

  it('two wires into a port that takes one', () => {
    const issues = issuesOf(
      [
        ['a', 'words'],
        ['b', 'words'],
        ['m', 'make'],
      ],
      ['a.text > m.prompt', 'b.text > m.prompt'],
    );
    expect(issues).toEqual([
      expect.objectContaining({
        code: 'too-many-edges',
        place: expect.objectContaining({ node: 'm', port: 'prompt' }),
      }),
    ]);
  });

  it('a route that is not there, and one that cannot', () => {
    const document = setRoute(small([['m', 'make']]), 'm', 'nowhere/one');
    expect(new SmallWorld().plan(document).issues[0]).toMatchObject({
      code: 'unknown-route',
      place: { node: 'm' },
    });
    expect(new SmallWorld().plan(setRoute(document, 'm', 'shop/two')).issues[0]!.message).toContain('"two"');
  });

  it('what the route refuses blocks; what it ignores is only said', () => {
    const world = new SmallWorld();
    for (const name of ['1', '2', '3', '4']) world.files.set(name, pictureOf(name));
    const pictures = ['1', '2', '3', '4'].map(
      (name) => [`p${name}`, 'picture', { file: { name, path: name } }] as const,
    );
    const document = small(
      [
        ...pictures.map(([id, type, params]) => [id, type, params] as [string, string, typeof params]),
        ['c', 'change'],
      ],
      pictures.map(([id]) => `${id}.image > c.images`),
    );
    const plan = world.plan(document);
    expect(plan.issues).toEqual([expect.objectContaining({ code: 'refused-images' })]);
    expect(canRun(plan)).toBe(false);
  });

  it('a pure node refuses in its own words', () => {
    expect(issuesOf([['w', 'words', { lines: 'refuse' }]])).toEqual([
      expect.objectContaining({ code: 'refused', message: 'These words are refused.', place: { node: 'w' } }),
    ]);
  });

  it('what hangs on a blocked node is blocked without more words', () => {
    const plan = new SmallWorld().plan(
      small(
        [
          ['s', 'shrink'],
          ['t', 'shrink'],
          ['free', 'make'],
        ],
        ['s.image > t.image'],
      ),
    );
    expect(verdicts(plan)).toEqual({ s: 'blocked', t: 'blocked', free: 'will-run' });
    expect(plan.issues).toHaveLength(1);
    expect(plan.nodes.find(({ id }) => id === 't')!.reasons).toEqual([{ code: 'blocked-by', nodes: ['s'] }]);
  });
});

/** Random acyclic graphs: node n may be fed by earlier ones. */
const graph = fc
  .array(fc.tuple(fc.constantFrom('make', 'change', 'shrink'), fc.nat(), fc.nat()), {
    minLength: 1,
    maxLength: 12,
  })
  .map((lines) => {
    const nodes: [string, string][] = [];
    const edges: string[] = [];
    lines.forEach(([type, first, second], place) => {
      const id = `n${place}`;
      const kind = place === 0 ? 'make' : type;
      nodes.push([id, kind]);
      if (place === 0 || kind === 'make') return;
      if (kind === 'shrink') edges.push(`n${first % place}.image > ${id}.image`);
      else
        for (const source of new Set([first % place, second % place]))
          edges.push(`n${source}.image > ${id}.images`);
    });
    return small(nodes, edges);
  });

describe('for every graph', () => {
  it('what the plan says will run is what runs, and afterwards nothing is left to do', () => {
    fc.assert(
      fc.property(graph, fc.nat(), (document, pick) => {
        const world = new SmallWorld();
        world.run(document);
        expect(world.plan(document).counts.willRun).toBe(0);
        const ids = Object.keys(document.nodes).filter((id) => document.nodes[id]!.type !== 'shrink');
        const edited = setParam(document, ids[pick % ids.length]!, 'prompt', 'something new');
        const said = world
          .plan(edited)
          .steps.filter(({ verdict }) => verdict === 'will-run')
          .map(({ id }) => id);
        const made = new Set(world.run(edited));
        // A step may turn out to be known once its inputs are: said is never less than made.
        for (const id of made) expect(said).toContain(id);
        expect(made.size).toBeGreaterThan(0);
        expect(world.plan(edited).counts.willRun).toBe(0);
      }),
      { numRuns: 200 },
    );
  });

  it('every step comes after those it waits for', () => {
    fc.assert(
      fc.property(graph, (document) => {
        const seen = new Set<string>();
        for (const step of new SmallWorld().plan(document).steps) {
          for (const items of Object.values(step.inputs))
            for (const item of items) if ('from' in item) expect(seen.has(item.from)).toBe(true);
          seen.add(step.id);
        }
      }),
    );
  });

  it('a new node that nothing is wired to changes no verdict of the others', () => {
    fc.assert(
      fc.property(graph, (document) => {
        const world = new SmallWorld();
        world.run(document);
        const more = addNode(document, 'extra', newNode(smallNodes.get('make')!), [0, 0]);
        const plan = world.plan(setParam(more, 'extra', 'prompt', 'unheard of'));
        expect(plan.nodes.filter(({ verdict }) => verdict !== 'reused').map(({ id }) => id)).toEqual([
          'extra',
        ]);
      }),
    );
  });
});

it('plans a chain of 10,000 without running out of stack', () => {
  const nodes: [string, string][] = [['n0', 'make']];
  const edges: string[] = [];
  let document = small(nodes, edges);
  const many: Record<string, (typeof document.nodes)[string]> = { ...document.nodes };
  const wires = [...document.edges];
  for (let place = 1; place < 10_000; place += 1) {
    many[`n${place}`] = newNode(smallNodes.get('shrink')!);
    wires.push({ from: `n${place - 1}.image`, to: `n${place}.image` });
  }
  document = { ...document, nodes: many, edges: wires };
  expect(new SmallWorld().plan(document).counts.willRun).toBe(10_000);
});
