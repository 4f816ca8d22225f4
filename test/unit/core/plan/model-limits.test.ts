import { describe, expect, it } from 'vitest';
import { checkTask } from '#core/plan/check-task';
import { planRun } from '#core/plan/plan';
import type { ModelSpec } from '#core/provider';
import type { TaskOf } from '#core/task';
import { small, smallModel, smallNodes, smallProvider } from '#test/kit/small-catalogue';
import { pictureOf, SmallWorld } from '#test/kit/small-knowledge';

const edit: TaskOf<'edit'> = {
  kind: 'edit',
  model: { provider: 'shop', model: 'one' },
  prompt: 'at night',
  images: [pictureOf('a')],
  size: { width: 64, height: 64 },
  count: 1,
  loras: [],
  extra: undefined,
};
const notes = (task: TaskOf<'edit'>, changes: Partial<ModelSpec>) =>
  checkTask(task, { ...smallModel, ...changes }).map(({ effect, field }) => `${effect} ${field}`);

describe('what a model cannot do of a task', () => {
  it('one that paints what a mask marks is refused a task without one', () => {
    const fill: Partial<ModelSpec> = { needsMask: true, takes: { mask: true } };
    expect(notes(edit, fill)).toEqual(['refused mask']);
    expect(notes({ ...edit, mask: pictureOf('m') }, fill)).toEqual([]);
  });

  it('one that takes no size is not held to limits of size, and says so', () => {
    const size = { minPixels: 1_000_000 };
    expect(notes(edit, { size })).toEqual(['refused size']);
    expect(notes(edit, { size, takes: { size: false } })).toEqual(['ignored size']);
  });
});

describe("a model's own revision", () => {
  const keys = (revision: number | undefined, provider = 1) => {
    const model = { ...smallModel, ...(revision === undefined ? {} : { revision }) };
    const providers = new Map([['shop', { ...smallProvider, revision: provider, models: [model] }]]);
    const document = small([['make', 'make']]);
    const known = new SmallWorld().knowledge();
    return planRun({ document, catalogue: smallNodes, providers, known }).plan.steps.map(({ key }) => key);
  };

  it('is part of the key; one that was never raised leaves the key as it was', () => {
    expect(keys(0)).toEqual(keys(undefined));
    expect(keys(1)).not.toEqual(keys(undefined));
    expect(keys(1)).not.toEqual(keys(2));
    expect(keys(1, 2)).not.toEqual(keys(1, 1));
  });
});
