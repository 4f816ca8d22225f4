import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chosen,
  choiceState,
  confirmPicks,
  pictureNames,
  togglePick,
  type ChoiceRule,
  type Picks,
} from '#core/choice';
import { pictureOf } from '#test/kit/small-knowledge';

const any: ChoiceRule = { all: false, fewest: 1, most: Infinity, again: true };
const best: ChoiceRule = { ...any, most: 1 };
const two: ChoiceRule = { ...any, fewest: 2, most: 2 };
const list = (...words: string[]) => words.map(pictureOf);
const named = (...words: string[]) => pictureNames(list(...words));

describe('a choice', () => {
  it('is open until it is confirmed, also with enough picked', () => {
    const names = named('a', 'b', 'c');
    const picks = togglePick(any, { picked: [] }, names, 2);
    expect(choiceState(any, picks, names)).toEqual({ state: 'open', picked: [2], fresh: [] });
    const made = confirmPicks(any, picks, names)!;
    expect(choiceState(any, made, names)).toEqual({ state: 'made', picked: [2], fresh: [] });
    // One more picked: it is being made again.
    expect(choiceState(any, togglePick(any, made, names, 0), names)).toMatchObject({
      state: 'open',
      picked: [0, 2],
    });
  });

  it('gives what was picked in the order of the list, not of picking', () => {
    const names = named('a', 'b', 'c');
    const picks = [2, 0].reduce<Picks>((before, place) => togglePick(any, before, names, place), {
      picked: [],
    });
    expect(chosen(any, confirmPicks(any, picks, names)!, list('a', 'b', 'c'))).toEqual(list('a', 'c'));
  });

  it('knows the same picture at two places apart', () => {
    const names = named('a', 'b', 'a');
    const made = confirmPicks(any, togglePick(any, { picked: [] }, names, 2), names)!;
    expect(choiceState(any, made, names).picked).toEqual([2]);
  });

  it('takes another in place of the best one, and no more than the exact number', () => {
    const names = named('a', 'b', 'c');
    const first = togglePick(best, { picked: [] }, names, 0);
    expect(togglePick(best, first, names, 1)).toEqual({ picked: [names[1]] });
    const both = [0, 1].reduce<Picks>((before, place) => togglePick(two, before, names, place), {
      picked: [],
    });
    expect(togglePick(two, both, names, 2)).toEqual(both);
    expect(confirmPicks(two, first, names)).toBeUndefined();
  });

  it('asks again for a new picture and keeps what is still there, or keeps it without asking', () => {
    const names = named('a', 'b');
    const made = confirmPicks(any, togglePick(any, { picked: [] }, names, 1), names)!;
    const now = named('new', 'b', 'a');
    expect(choiceState(any, made, now)).toEqual({ state: 'open', picked: [1], fresh: [0] });
    const keep = { ...any, again: false };
    expect(choiceState(keep, made, now)).toEqual({ state: 'made', picked: [1], fresh: [0] });
    // What was picked may be the one that is not made yet.
    expect(choiceState(keep, made, [names[0], undefined])).toMatchObject({ state: 'open' });
    expect(choiceState(keep, made, [names[1], undefined])).toMatchObject({ state: 'made', picked: [0] });
    // A picture that is gone was not picked; one that was is missed.
    expect(choiceState(any, made, [names[1]])).toMatchObject({ state: 'made', picked: [0] });
    expect(choiceState(any, made, [names[0]])).toMatchObject({ state: 'open', picked: [] });
  });

  it('picks by place whatever is there, and says what cannot be', () => {
    const unmade = [undefined, undefined, undefined];
    expect(choiceState(any, { places: [3, 1] }, unmade)).toEqual({
      state: 'made',
      picked: [0, 2],
      fresh: [],
    });
    expect(choiceState(any, { places: [4] }, unmade).trouble).toBe('There is no picture 4; there are 3.');
    expect(choiceState(two, { places: [1] }, unmade).state).toBe('impossible');
    expect(choiceState(two, { picked: [] }, [undefined]).trouble).toBe(
      '2 are to be picked, and there are only 1.',
    );
  });

  it('never gives a picture that was not picked, however the list changes', () => {
    const words = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(
        words,
        words,
        fc.array(fc.nat(7), { maxLength: 8 }),
        fc.boolean(),
        (before, after, at, again) => {
          const rule = { ...any, again };
          const names = named(...before);
          const picks = at.reduce((old, place) => togglePick(rule, old, names, place % names.length), {
            picked: [],
          } as Parameters<typeof togglePick>[1]);
          const made = confirmPicks(rule, picks, names);
          if (made === undefined) return;
          const picked = new Set(choiceState(rule, made, names).picked.map((place) => before[place]));
          const given = chosen(rule, made, list(...after)) ?? [];
          const allowed = new Set(list(...([...picked] as string[])).map(({ hash }) => hash));
          for (const { hash } of given) expect(allowed.has(hash)).toBe(true);
          if (again && after.some((word) => !before.includes(word))) expect(given).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });
});
