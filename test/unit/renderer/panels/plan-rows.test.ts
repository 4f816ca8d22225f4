import { describe, expect, it } from 'vitest';
import { createDocument } from '#core/document/create';
import { addNode, connect, newNode, setParam, setRoute, setTitle } from '#core/document/edit';
import { setNodeMode } from '#core/document/edit-modes';
import type { WorkflowDocument } from '#core/document/schema';
import { planWorkflow } from '#core/plan/plan';
import { providerInfo } from '#core/provider-info';
import { nodes } from '#nodes/catalogue';
import { providers } from '#providers/catalogue';
import { SmallWorld } from '#test/kit/small-knowledge';
import { planRows, planText } from '../../../../renderer/panels/plan-rows';

const infos = new Map([...providers].map(([id, provider]) => [id, providerInfo(provider, () => undefined)]));

function workflow(): WorkflowDocument {
  let document = createDocument('doc', 'Cats');
  for (const type of ['prompt', 'generate', 'upscale'])
    document = addNode(document, type, newNode(nodes.get(type)!), [0, 0]);
  document = setTitle(setParam(document, 'prompt', 'text', 'a cat'), 'generate', 'Cat');
  document = setParam(document, 'generate', 'count', 3);
  document = setParam(document, 'generate', 'size', { width: 2048, height: 2048 });
  document = setRoute(document, 'generate', 'fal/seedream-4.5');
  document = connect(document, { from: 'prompt.text', to: 'generate.prompt' }, { replace: true });
  return connect(document, { from: 'generate.image', to: 'upscale.image' }, { replace: true });
}

function rowsOf(document: WorkflowDocument) {
  const plan = planWorkflow({
    document,
    catalogue: nodes,
    providers: infos,
    known: new SmallWorld().knowledge(),
  });
  return planRows(plan, {
    document,
    catalogue: nodes,
    providers: [...infos.values()],
    isOnPod: () => false,
  });
}

describe('the rows of the plan', () => {
  it('are what has to be done, in order, with pictures, route, price and why', () => {
    const [cat, upscale, ...others] = rowsOf(workflow());
    expect(others).toEqual([]);
    expect(cat).toMatchObject({
      title: 'Cat',
      verdictWords: 'Will run',
      makes: '3 pictures',
      route: 'Seedream 4.5 · fal',
      price: '$0.12',
      costs: true,
      why: 'not made yet',
      willRun: 3,
    });
    expect(upscale).toMatchObject({ verdict: 'will-run', price: 'free', costs: false, why: 'waits for Cat' });
  });
  it('say what stands in the way, and what that blocks', () => {
    const [cat, upscale] = rowsOf(setRoute(workflow(), 'generate', 'nobody/nothing'));
    expect(cat).toMatchObject({ verdict: 'blocked', price: '' });
    expect(cat?.problems[0]?.code).toBe('unknown-route');
    expect(upscale).toMatchObject({ verdict: 'blocked', why: 'blocked by Cat' });
  });
  it('say what the route leaves out', () => {
    const [cat] = rowsOf(setParam(workflow(), 'generate', 'negative', 'dogs'));
    expect(cat?.notes.map(({ field, effect }) => [field, effect])).toContainEqual(['negative', 'ignored']);
  });
  it('keep a node that is left out, without a price', () => {
    const rows = rowsOf(setNodeMode(workflow(), 'generate', 'mute'));
    expect(rows.map(({ verdict, price, costs }) => [verdict, price, costs])).toEqual([
      ['muted', '', false],
      ['left-out', '', false],
    ]);
  });
  it('become lines of text with the sum at the end', () => {
    const lines = planText(rowsOf(workflow()), 'Cats', 'all of it: $0.12').split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[1]).toMatch(
      /^1\.\tCat\tWill run\t3 pictures\tSeedream 4\.5 · fal\t\$0\.12\t.*\tnot made yet$/,
    );
    expect(lines.at(-1)).toBe('all of it: $0.12');
  });
});
