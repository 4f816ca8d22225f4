import { describe, expect, it } from 'vitest';
import { checkTask } from '#core/plan/check-task';
import type { ModelSpec } from '#core/provider';
import type { Task } from '#core/task';

const model: ModelSpec = {
  id: 'm',
  label: 'Model M',
  tasks: ['generate'],
  pinned: true,
  maxCount: 1,
  takes: {},
  price: { perPicture: 0, asOf: '', source: '' },
  seconds: { low: 0, high: 0 },
};
const task = (prompt: string): Task => ({
  kind: 'generate',
  model: { provider: 'p', model: 'm' },
  prompt,
  size: { width: 64, height: 64 },
  count: 1,
  loras: [],
});

describe('weights in a prompt', () => {
  it('are told where the route reads them as plain text, and nowhere else', () => {
    expect(checkTask(task('a (red:1.3) fox'), model)).toMatchObject([
      { effect: 'adapted', field: 'weights' },
    ]);
    expect(checkTask(task('a (red:1.3) fox'), { ...model, takes: { weights: true } })).toEqual([]);
    expect(checkTask(task('a red fox, 16:9'), model)).toEqual([]);
  });
});
