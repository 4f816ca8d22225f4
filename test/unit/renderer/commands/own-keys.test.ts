import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstCommands } from '../../../../renderer/commands/command-list';
import {
  askForKeys,
  giveKeys,
  resetKeys,
  takeKeys,
  withOwnKeys,
  type OwnKeys,
} from '../../../../renderer/commands/own-keys';

const first = firstCommands([]);
const keysOf = (own: OwnKeys, id: string) => withOwnKeys(first, own).find((one) => one.id === id)?.keys ?? [];
const give = (own: OwnKeys, id: (typeof first)[number]['id'], keys: string) =>
  giveKeys(withOwnKeys(first, own), own, id, keys);

describe('askForKeys', () => {
  it('waits while only modifiers are held', () => {
    expect(askForKeys(first, 'edit.duplicate', 'Mod+Control')).toBe('unfinished');
    expect(askForKeys(first, 'edit.duplicate', 'Shift+Shift')).toBe('unfinished');
  });
  it('refuses what moves through the window', () => {
    expect(askForKeys(first, 'edit.duplicate', 'Escape')).toBe('refused');
    expect(askForKeys(first, 'edit.duplicate', 'ArrowUp')).toBe('refused');
    expect(askForKeys(first, 'edit.duplicate', 'Other+K')).toBe('refused');
  });
  it('says whose they are', () => {
    expect(askForKeys(first, 'edit.duplicate', 'Mod+Z')).toEqual({ taken: 'edit.undo' });
    expect(askForKeys(first, 'edit.duplicate', 'Mod+Shift+F9')).toBe('free');
    expect(askForKeys(first, 'edit.duplicate', 'Mod+D')).toBe('free');
  });
});

describe('own keys', () => {
  it('go to the command and leave whoever had them', () => {
    const own = give({}, 'edit.duplicate', 'Mod+Z');
    expect(keysOf(own, 'edit.duplicate')).toEqual(['Mod+D', 'Mod+Z']);
    expect(keysOf(own, 'edit.undo')).toEqual([]);
  });
  it('can be taken away, and come back', () => {
    const without = takeKeys(first, {}, 'edit.duplicate', 'Mod+D');
    expect(keysOf(without, 'edit.duplicate')).toEqual([]);
    expect(keysOf(resetKeys(first, without, 'edit.duplicate'), 'edit.duplicate')).toEqual(['Mod+D']);
  });
  it('never belong to two commands, whatever is done in whatever order', () => {
    const ids = first.map(({ id }) => id);
    const someKeys = [...first.flatMap(({ keys = [] }) => keys), 'Q', 'Mod+Shift+F9'];
    const step = fc.record({
      what: fc.constantFrom('give', 'take', 'reset'),
      id: fc.constantFrom(...ids),
      keys: fc.constantFrom(...someKeys),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        let own: OwnKeys = {};
        for (const { what, id, keys } of steps)
          own =
            what === 'give'
              ? give(own, id, keys)
              : what === 'take'
                ? takeKeys(withOwnKeys(first, own), own, id, keys)
                : resetKeys(first, own, id);
        const all = withOwnKeys(first, own).flatMap(({ keys = [] }) => keys);
        expect(new Set(all).size).toBe(all.length);
      }),
    );
  });
});
