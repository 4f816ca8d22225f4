import { expect, it } from 'vitest';
import { titleAsItWas } from '../../../../renderer/commands/files';

it('a workflow opened as it was is named after its run, once', () => {
  const at = '2026-11-21T12:00:00.000Z';
  const first = titleAsItWas('Cats (three)', at);
  expect(first).toMatch(/^Cats \(three\) \(run of \d+ Nov 2026, \d\d:\d\d\)$/);
  expect(titleAsItWas(first, at)).toBe(first);
});
