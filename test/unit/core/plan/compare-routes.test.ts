import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { userFailure } from '#core/failure';
import { setRoute } from '#core/document/edit';
import type { WorkflowDocument } from '#core/document/schema';
import { compareRoutes } from '#core/plan/compare-routes';
import { planWorkflow } from '#core/plan/plan';
import type { ModelSpec, ProviderInfo } from '#core/provider';
import { median } from '#core/route-comparison';
import { small, smallModel, smallNodes, smallProvider } from '#test/kit/small-catalogue';
import { SmallWorld } from '#test/kit/small-knowledge';

function vendor(id: string, models: Partial<ModelSpec>[], more: Partial<ProviderInfo> = {}): ProviderInfo {
  return { ...smallProvider, id, ...more, models: models.map((model) => ({ ...smallModel, ...model })) };
}

const read = { asOf: '2026-11-21', source: 'a test' };
const vendors = [
  smallProvider,
  vendor('big', [
    {
      id: 'steps',
      label: 'Steps',
      takes: {},
      size: { minPixels: 100 * 100, maxPixels: 4096 * 4096 },
      price: { perPicture: 0.2, upTo: [{ pixels: 1024 * 1024, perPicture: 0.05 }], ...read },
    },
    { id: 'words', label: 'Words only', tasks: ['generate'], maxReferences: 0 },
  ]),
  vendor('narrow', [{ id: 'one', label: 'Narrow', maxReferences: 1 }], { cancels: true, recovery: 'none' }),
];
const providers = new Map(vendors.map((each) => [each.id, each]));

function compare(document: WorkflowDocument, node: string, world = new SmallWorld()) {
  const context = { document, catalogue: smallNodes, providers, known: world.knowledge() };
  const { rows, asked } = compareRoutes(context, node, (route) =>
    route === 'narrow/one' ? { seconds: 12, receipts: 3 } : undefined,
  );
  return { asked, rows: Object.fromEntries(rows.map((row) => [row.route, row])), context };
}

const make = (params = {}) => small([['make', 'make', params]]);
const change = () =>
  small(
    [
      ['make', 'make', { count: 2 }],
      ['change', 'change'],
    ],
    ['make.image > change.images'],
  );

describe('the comparison of routes', () => {
  it('has every route with what it can do and how fast it was', () => {
    const { rows } = compare(make(), 'make');
    expect(Object.keys(rows)).toEqual(['shop/one', 'big/steps', 'big/words', 'narrow/one']);
    expect(rows['narrow/one']).toMatchObject({
      references: 1,
      seed: true,
      negative: false,
      cancels: true,
      recovery: 'none',
      seen: { seconds: 12, receipts: 3 },
    });
    expect(rows['big/words']).toMatchObject({ references: 0, cancels: false });
    expect(rows['big/words']).not.toHaveProperty('seen');
  });

  it('prices what the node asks, at its size and its number', () => {
    const at = (width: number) => compare(make({ size: { width, height: 1024 }, count: 3 }), 'make');
    const { asked, rows } = at(1024);
    expect(asked).toEqual({ node: 'make', kind: 'generate', chosen: 'shop/one', pictures: 3 });
    expect(rows['big/steps']?.answer).toMatchObject({
      each: { low: 0.05, high: 0.05 },
      price: { low: 0.15, high: 0.15 },
    });
    expect(at(2048).rows['big/steps']?.answer?.price).toEqual({ low: 0.6, high: 0.6 });
  });

  it('says before the click what a route would leave out or refuse', () => {
    const { rows } = compare(make({ seed: 7 }), 'make');
    expect(rows['shop/one']?.answer?.notes).toEqual([]);
    expect(rows['big/steps']?.answer?.notes.map(({ effect, field }) => [effect, field])).toEqual([
      ['refused', 'size'],
      ['ignored', 'seed'],
    ]);
    const many = compare(change(), 'change').rows;
    expect(many['narrow/one']?.answer?.notes).toMatchObject([{ effect: 'refused', field: 'images' }]);
  });

  it('names the nearest size where one is refused, and none where no other would do', () => {
    const { rows } = compare(make({ size: { width: 80, height: 40 } }), 'make');
    const { nearest } = rows['big/steps']?.answer ?? {};
    expect(nearest!.width * nearest!.height).toBeGreaterThanOrEqual(100 * 100);
    expect(nearest!.width / nearest!.height).toBeCloseTo(2, 1);
    expect(rows['shop/one']?.answer).not.toHaveProperty('nearest');
  });

  it('says of a route that takes links only that there is no place to give pictures one', () => {
    const byLink = { ...smallProvider, picturesIn: 'links' as const };
    const context = {
      document: change(),
      catalogue: smallNodes,
      providers: new Map([['shop', byLink]]),
      known: {
        ...new SmallWorld().knowledge(),
        imageHostTrouble: () => userFailure('no-image-host', 'Choose one.'),
      },
    };
    const [row] = compareRoutes(context, 'change', () => undefined).rows;
    expect(row?.answer?.notes).toEqual([
      { effect: 'refused', field: 'images', message: 'Pictures go to Shop by link only. Choose one.' },
    ]);
  });

  it('says which routes do not do this kind of task at all', () => {
    expect(compare(change(), 'change').rows['big/words']?.answer).toEqual({
      cannot: 'Words only does not edit pictures.',
      notes: [],
    });
  });

  it('does not lay at a route’s door what is wrong with the task itself', () => {
    const { rows } = compare(make({ prompt: ' ' }), 'make');
    expect(rows['shop/one']?.answer?.notes).toEqual([]);
  });

  it('answers for a node whose own route is gone', () => {
    const { asked, rows } = compare(setRoute(make(), 'make', 'gone/one'), 'make');
    expect(asked).toEqual({ node: 'make', kind: 'generate', pictures: 1 });
    expect(rows['shop/one']?.answer?.price).toEqual({ low: 0.04, high: 0.04 });
  });

  it('goes by the person’s own price', () => {
    const world = new SmallWorld();
    world.prices.set('big/steps', 0.01);
    const { rows } = compare(make({ size: { width: 2048, height: 2048 } }), 'make', world);
    expect(rows['big/steps']).toMatchObject({ ownPrice: 0.01, answer: { price: { low: 0.01, high: 0.01 } } });
  });

  it('has no answers for a node that asks no model, or is not there', () => {
    for (const node of ['words', 'nowhere'])
      expect(compare(small([['words', 'words']]), node).asked).toBeUndefined();
  });

  it('knows no task where what the node needs is missing, and still says who cannot do it', () => {
    const { asked, rows } = compare(small([['change', 'change']]), 'change');
    expect(asked?.pictures).toBe(0);
    expect(rows['shop/one']?.answer).toEqual({ notes: [] });
    expect(rows['big/words']?.answer?.cannot).toBeDefined();
  });

  it('gives for each route the price and the notes that the plan has once it is chosen', () => {
    const side = fc.constantFrom(64, 1024, 2048);
    const asked = fc.record({
      size: fc.record({ width: side, height: side }),
      seed: fc.option(fc.nat({ max: 9 })),
      count: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(asked, fc.constantFrom('shop/one', 'big/steps', 'narrow/one'), (params, route) => {
        const { rows, context } = compare(make(params), 'make');
        const answer = rows[route]?.answer;
        const plan = planWorkflow({ ...context, document: setRoute(make(params), 'make', route) });
        expect(plan.nodes[0]?.notes).toEqual(answer?.notes);
        const isRefused = answer?.notes.some(({ effect }) => effect === 'refused') ?? false;
        expect(plan.issues.length > 0).toBe(isRefused);
        if (!isRefused) expect(plan.forecast.price).toEqual(answer?.price);
      }),
    );
  });
});

describe('the median', () => {
  it('is the middle one, or the mean of the two in the middle', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([10, 2, 4, 100])).toBe(7);
    expect(median([3])).toBe(3);
    expect(median([])).toBeUndefined();
  });

  it('has as many above it as below it, in whatever order they come', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 50 }), { minLength: 1 }), (values) => {
        const middle = median(values)!;
        expect(values.filter((value) => value < middle).length).toBeLessThanOrEqual(values.length / 2);
        expect(values.filter((value) => value > middle).length).toBeLessThanOrEqual(values.length / 2);
        expect(median(values.toReversed())).toBe(middle);
      }),
    );
  });
});
