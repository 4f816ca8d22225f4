import { useState, type KeyboardEvent, type MouseEvent } from 'react';
import type { ListedPicture } from '#core/gallery';
import { choosePictures } from '../commands/gallery';
import { commandFor, pressedKeys } from '../commands/keyboard';
import { commands } from '../commands/command-list';
import { runOrSayWhy } from '../commands/run-or-say-why';
import { sessionStore, useSession } from '../stores/session-store';
import { movedPlace } from './gallery-places';
import type { PictureList } from './use-picture-list';

/** What the pictures' own keys do, beside moving. */
const ownKeys: Record<string, `picture.${string}`> = {
  '0': 'picture.rate0',
  '1': 'picture.rate1',
  '2': 'picture.rate2',
  '3': 'picture.rate3',
  '4': 'picture.rate4',
  '5': 'picture.rate5',
  X: 'picture.reject',
  Delete: 'picture.reject',
  Backspace: 'picture.reject',
  C: 'picture.compare',
  '=': 'picture.compare',
  Enter: 'picture.openAsItWas',
  'Mod+C': 'picture.copy',
  'Mod+S': 'picture.saveAs',
};

/** The command a key means among pictures: their own keys, and those the person gave to commands on pictures. */
export function commandOf(keys: string): `picture.${string}` | undefined {
  const own = ownKeys[keys];
  if (own !== undefined) return own;
  const id = commandFor(commands(sessionStore.getState()), keys, false)?.id;
  return id?.startsWith('picture.') === true ? (id as `picture.${string}`) : undefined;
}

interface Standing {
  /** Where a range begins. */
  anchor: number;
  /** A place that was gone to and is not read yet. */
  wanted: number | null;
  /** Where the current one stood: its page may have been let go of since. */
  kept: { hash: string; place: number } | null;
}

/** Which pictures are chosen, by pointer and by keys, in a list with rows of `columns`. */
export function usePictureChoice({
  list,
  columns,
  page,
  show,
  onLook,
}: {
  list: PictureList;
  columns: number;
  /** Rows in sight. */
  page: number;
  /** Brings a place into sight. */
  show: (place: number) => void;
  onLook: () => void;
}) {
  const chosen = useSession(({ gallery }) => gallery.chosen);
  const hash = chosen.at(-1)?.hash;
  const [{ anchor, wanted, kept }, setStanding] = useState<Standing>({ anchor: 0, wanted: null, kept: null });
  const stand = (change: Partial<Standing>) => setStanding((before) => ({ ...before, ...change }));
  const place =
    hash === undefined ? undefined : (list.placeOf(hash) ?? (kept?.hash === hash ? kept.place : undefined));

  const range = (from: number, to: number): ListedPicture[] => {
    const found: ListedPicture[] = [];
    for (let one = Math.min(from, to); one <= Math.max(from, to); one += 1) {
      const picture = list.at(one);
      if (picture !== undefined) found.push(picture);
    }
    return from <= to ? found : found.reverse();
  };

  const choose = (to: number, how: 'only' | 'toggle' | 'range') => {
    const picture = list.at(to);
    show(to);
    if (picture === undefined) {
      // It is on its way: chosen when it is here.
      stand({ wanted: to });
      list.need(to, to);
      return;
    }
    const here = { hash: picture.hash, place: to };
    if (how === 'range') {
      stand({ wanted: null, kept: here });
      choosePictures(range(anchor, to));
      return;
    }
    stand({ anchor: to, wanted: null, kept: here });
    const others = chosen.filter((other) => other.hash !== picture.hash);
    if (how === 'only') choosePictures([picture]);
    else choosePictures(others.length < chosen.length ? others : [...others, picture]);
  };

  return {
    place,
    chosen,
    choose,
    /** To be called after each drawing: what was chosen before it was read. */
    arrive() {
      if (wanted !== null && list.at(wanted) !== undefined) choose(wanted, 'only');
    },
    click: (to: number, event: MouseEvent) =>
      choose(to, event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'only'),
    press(event: KeyboardEvent) {
      if (event.target instanceof HTMLInputElement || event.altKey) return;
      const keys = pressedKeys(event, sessionStore.getState().platform);
      const done = () => {
        event.preventDefault();
        event.stopPropagation();
      };
      const next =
        event.ctrlKey || event.metaKey
          ? undefined
          : movedPlace(event.key, wanted ?? place ?? -1, { columns, page, total: list.total ?? 0 });
      if (next !== undefined) {
        done();
        choose(Math.max(0, next), event.shiftKey ? 'range' : 'only');
        return;
      }
      if (keys === 'Space') {
        done();
        onLook();
        return;
      }
      if (keys === 'Mod+A') {
        done();
        stand({ anchor: 0 });
        choosePictures(range(0, (list.total ?? 0) - 1));
        return;
      }
      const command = commandOf(keys);
      if (command !== undefined) {
        done();
        runOrSayWhy(command);
      }
    },
  };
}
