import { describe, expect, it } from 'vitest';
import { setParam } from '#core/document/edit';
import { describeReason } from '#core/plan/reason';
import { small } from '#test/kit/small-catalogue';
import { SmallWorld } from '#test/kit/small-knowledge';

/** make ──▶ shrink, and make ──▶ change, which takes all of them. */
const chain = (count: number, set: boolean) =>
  small(
    [
      ['make', 'make', { count, set }],
      ['shrink', 'shrink'],
      ['change', 'change'],
    ],
    ['make.image > shrink.image', 'make.image > change.images'],
  );

const made = (plan: ReturnType<SmallWorld['plan']>, node: string) =>
  plan.steps.filter((step) => step.node === node).map(({ id }) => id);

describe('pictures as one set', () => {
  it('are one step of one request, and go on one by one', () => {
    const apart = new SmallWorld().plan(chain(3, false));
    const set = new SmallWorld().plan(chain(3, true));
    expect([made(apart, 'make'), made(set, 'make')]).toEqual([
      ['make#0', 'make#0.1', 'make#0.2'],
      ['make#0'],
    ]);
    expect(made(set, 'shrink')).toEqual(['shrink#0', 'shrink#1', 'shrink#2']);
    expect(made(set, 'change')).toEqual(['change#0']);
    expect(set.forecast.price).toEqual(apart.forecast.price);
  });

  it('have the number in the key: another one makes the whole set anew, and the same one nothing', () => {
    const world = new SmallWorld();
    world.run(chain(3, true), ['make']);
    expect(world.run(chain(3, true), ['make'])).toEqual([]);
    const plan = world.plan(chain(2, true), ['make']);
    expect(plan.steps.map(({ id, verdict }) => [id, verdict])).toEqual([['make#0', 'will-run']]);
    expect(describeReason(plan.nodes[0]!.reasons[0]!)).toBe('"count" changed');
  });

  it('leave what was made each by itself as it was, and the other way round', () => {
    const world = new SmallWorld();
    world.run(chain(2, false), ['make']);
    expect(world.run(chain(2, true), ['make'])).toEqual(['make#0']);
    expect(world.run(chain(2, false), ['make'])).toEqual([]);
    expect(world.run(chain(3, false), ['make'])).toEqual(['make#0.2']);
  });

  it('of one picture are that picture', () => {
    const world = new SmallWorld();
    world.run(chain(1, false), ['make']);
    expect(world.run(chain(1, true), ['make'])).toEqual([]);
  });

  it('are refused with words where the model makes fewer in one request', () => {
    const plan = new SmallWorld().plan(chain(5, true), ['make']);
    expect(plan.issues.map(({ message }) => message)).toEqual([
      '5 pictures in one request; Model one makes 4. Ask for fewer, or for each by itself.',
    ]);
    const apart = setParam(chain(5, true), 'make', 'set', false);
    expect(new SmallWorld().plan(apart, ['make']).issues).toEqual([]);
  });
});
