import { expect, it } from 'vitest';
import { wordsOf } from '#core/words/words';
import { titleAsItWas } from '../../../../renderer/commands/files';

const at = '2026-11-21T12:00:00.000Z';

it('a workflow opened as it was is named after its run, once', () => {
  const first = titleAsItWas('Cats (three)', at);
  expect(first).toMatch(/^Cats \(three\) \(run of \d+ Nov 2026, \d\d:\d\d\)$/);
  expect(titleAsItWas(first, at)).toBe(first);
});

it('a run that was opened in another language is named once too', () => {
  const opened = wordsOf('de').notes.runOf('Cats', '3. Mai 2026, 10:00');
  expect(titleAsItWas(opened, at)).toBe(titleAsItWas('Cats', at));
});
