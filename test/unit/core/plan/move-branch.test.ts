import { describe, expect, it } from 'vitest';
import { setDefaultRoute, setRoute } from '#core/document/edit';
import type { WorkflowDocument } from '#core/document/schema';
import { branchTotal, withMoveCosts } from '#core/move-costs';
import { moveBranch, movedDocument, movedWithDefaults } from '#core/plan/move-branch';
import { planWorkflow } from '#core/plan/plan';
import type { ModelSpec, ProviderInfo } from '#core/provider';
import { routeRows, withCosts } from '#core/route-comparison';
import type { Machine } from '#core/route-economics';
import { small, smallModel, smallNodes, smallProvider } from '#test/kit/small-catalogue';
import { SmallWorld } from '#test/kit/small-knowledge';

const free = { perPicture: 0, asOf: '2026-11-21', source: 'a test' };
const model = (id: string, more: Partial<ModelSpec> = {}): ModelSpec => ({
  ...smallModel,
  id,
  label: id,
  price: free,
  seconds: { low: 36, high: 36 },
  ...more,
});
const own: ProviderInfo = {
  ...smallProvider,
  id: 'own',
  label: 'Own GPU',
  paidByTime: true,
  models: [
    model('tiny', { tasks: ['generate'], size: { maxPixels: 16 } }),
    model('deaf', { tasks: ['generate'], takes: {} }),
    model('able', { tasks: ['generate'] }),
    model('edits', { tasks: ['edit'] }),
  ],
};
const draws: ProviderInfo = { ...own, id: 'draws', models: [model('only', { tasks: ['generate'] })] };
const providers = new Map([smallProvider, own, draws].map((each) => [each.id, each]));
const context = (document: WorkflowDocument) => ({
  document,
  catalogue: smallNodes,
  providers,
  known: new SmallWorld().knowledge(),
});

const graph = () =>
  small(
    [
      ['make', 'make', { seed: 7, count: 2 }],
      ['change', 'change'],
    ],
    ['make.image > change.images'],
  );
const all = ['make', 'change'];

describe('a branch that moves to another provider', () => {
  it('takes of each kind the model that refuses least, then leaves out least', () => {
    const { models, nodes } = moveBranch(context(graph()), all, 'own');
    expect(models).toEqual({ generate: 'able', edit: 'edits' });
    expect(nodes).toMatchObject([
      { node: 'make', from: 'shop/one', to: 'own/able', pictures: 2, after: { notes: [] } },
      { node: 'change', from: 'shop/one', to: 'own/edits', kind: 'edit' },
    ]);
  });

  it('takes the model the person names, and says what that leaves out', () => {
    const { nodes } = moveBranch(context(graph()), all, 'own', { generate: 'deaf' });
    expect(nodes[0]).toMatchObject({ to: 'own/deaf' });
    expect(nodes[0]?.before?.notes).toEqual([]);
    expect(nodes[0]?.after?.notes).toMatchObject([{ effect: 'ignored', field: 'seed' }]);
    const refused = moveBranch(context(graph()), ['make'], 'own', { generate: 'tiny' }).nodes[0];
    expect(refused?.after?.notes).toMatchObject([{ effect: 'refused', field: 'size' }]);
  });

  it('leaves where they are those that are there, and those nobody there can do', () => {
    const there = setRoute(graph(), 'make', 'own/deaf');
    expect(moveBranch(context(there), all, 'own').nodes).toMatchObject([
      { node: 'make', from: 'own/deaf', stays: 'there' },
      { node: 'change', to: 'own/edits' },
    ]);
    expect(moveBranch(context(there), all, 'own', { generate: 'able' }).nodes[0]?.to).toBe('own/able');
    const { nodes } = moveBranch(context(graph()), all, 'draws');
    expect(nodes).toMatchObject([{ to: 'draws/only' }, { stays: 'cannot' }]);
    expect(nodes[1]).not.toHaveProperty('to');
  });

  it('gives a route to a node that has none', () => {
    const lost = setRoute(graph(), 'make', 'gone/one');
    const [node] = moveBranch(context(lost), ['make'], 'own').nodes;
    expect(node).toMatchObject({ to: 'own/able', pictures: 2 });
    expect(node).not.toHaveProperty('from');
  });

  it('says what the plan of the moved workflow then says', () => {
    const document = graph();
    const { nodes } = moveBranch(context(document), all, 'own', { generate: 'deaf' });
    const moved = movedDocument(document, nodes);
    const plan = planWorkflow(context(moved));
    for (const { node, after, to } of nodes) {
      const planned = plan.nodes.find(({ id }) => id === node);
      expect(planned?.notes).toEqual(after?.notes);
      expect(`${planned?.route?.provider}/${planned?.route?.model}`).toBe(to);
    }
    expect(moved.nodes['make']?.params).toEqual(document.nodes['make']?.params);
  });

  it('moves the default of a kind along with all its nodes, unless one that goes by it stays', () => {
    const document = setRoute(graph(), 'make', 'shop/one');
    const { nodes } = moveBranch(context(document), all, 'own');
    const moved = movedWithDefaults(document, nodes);
    expect(moved.routes).toMatchObject({ generate: 'own/able', edit: 'own/edits' });
    expect(moved.nodes['make']).not.toHaveProperty('route');
    const by = setDefaultRoute(graph(), 'edit', 'shop/one');
    const kept = movedWithDefaults(by, moveBranch(context(by), all, 'draws').nodes);
    expect(kept.routes).toMatchObject({ generate: 'draws/only', edit: 'shop/one' });
  });

  it('costs what the pictures cost that move, and one start of the machine', () => {
    const machine: Machine = {
      id: 'own',
      paidBy: 'hour',
      pod: 'portraits',
      perHour: 1,
      startUp: { seconds: { low: 360, high: 360 }, from: 'seen' },
      idle: 6,
    };
    const rows = withCosts(
      {
        rows: routeRows(
          providers.values(),
          () => undefined,
          () => undefined,
        ),
      },
      (provider) => (provider === 'own' ? machine : undefined),
      () => undefined,
    ).rows;
    const move = withMoveCosts(moveBranch(context(graph()), all, 'own'), rows);
    const pictures = move.nodes.map((node) => node.pictures);
    const now = branchTotal(move, () => false);
    expect(now?.high).toBeCloseTo(0.04 * (pictures[0]! + pictures[1]!), 10);
    // 36 seconds at a dollar an hour are a cent; the start and the six idle minutes ten cents each.
    const then = branchTotal(move, () => true);
    expect(then?.high).toBeCloseTo(0.01 * (pictures[0]! + pictures[1]!) + 0.2, 10);
    const half = branchTotal(move, (node) => node === 'make');
    expect(half?.high).toBeCloseTo(0.01 * pictures[0]! + 0.04 * pictures[1]! + 0.2, 10);
  });
});
