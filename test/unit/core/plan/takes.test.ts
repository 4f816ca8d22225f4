import { describe, expect, it } from 'vitest';
import { setParam, takeBefore, takeNext } from '#core/document/edit';
import type { WorkflowDocument } from '#core/document/schema';
import { small } from '#test/kit/small-catalogue';
import { SmallWorld } from '#test/kit/small-knowledge';

describe('the takes of a node', () => {
  const world = new SmallWorld();
  const takes = (document: WorkflowDocument) =>
    world.plan(document).nodes.find(({ id }) => id === 'make')?.takes;
  const first = setParam(small([['make', 'make', { count: 3 }]]), 'make', 'prompt', 'a hen');

  it('are counted as far as they were made, and the next one has its price, also where nothing will run', () => {
    const each = world.plan(first).forecast.price.high;
    expect(each).toBeGreaterThan(0);
    const costs = { low: each, high: each };
    expect(takes(first)).toEqual({ known: 1, next: costs });
    world.run(first);
    expect(world.plan(first).forecast.price.high).toBe(0);
    expect(takes(first)).toEqual({ known: 1, next: costs });
    const second = takeNext(first, 'make');
    expect(takes(second)).toEqual({ known: 2, next: costs });
    world.run(second);
    expect(takes(takeBefore(second, 'make'))).toEqual({ known: 2, next: { low: 0, high: 0 } });
    // One picture more than the second take has.
    const more = setParam(first, 'make', 'count', 4);
    expect(takes(more)?.next.high).toBeCloseTo(each / 3, 6);
    // Other words were never made.
    expect(takes(setParam(first, 'make', 'prompt', 'a cow'))).toEqual({ known: 1, next: costs });
  });
});
