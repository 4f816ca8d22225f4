import { useCallback, useEffect, useRef, useState } from 'react';
import type { ListedPicture, PictureFilter, PictureSort } from '#core/gallery';
import { readPictures } from '../commands/gallery';
import { useSession } from '../stores/session-store';

const pageLength = 200;
/** Pages that are kept: what lies furthest from where the person looks goes first. */
const mostPages = 25;
/** Milliseconds: a run that makes many pictures is not asked about after each of them. */
const freshPause = 600;

interface Shown {
  list: string;
  total: number;
  pages: ReadonlyMap<number, readonly ListedPicture[]>;
}

/** Pictures of all runs, page by page as they come into sight. The list stands still until it is renewed. */
export interface PictureList {
  /** `null` until it is known. */
  total: number | null;
  at(place: number): ListedPicture | undefined;
  /** Those places are in sight: what is missing of them is read. */
  need(from: number, to: number): void;
  /** Of the pages that are here. */
  placeOf(hash: string): number | undefined;
  /** How many more there would be in a new list. */
  fresh: number;
  renew(): void;
}

export function usePictureList(filter: PictureFilter, sort: PictureSort): PictureList {
  const [shown, setShown] = useState<Shown | null>(null);
  const [newTotal, setNewTotal] = useState<number | null>(null);
  const asked = useRef(new Set<string>());
  const latest = useRef(0);
  const made = useSession(({ gallery }) => gallery.made);

  const begin = useCallback(async () => {
    latest.current += 1;
    const turn = latest.current;
    const answer = await readPictures({ filter, sort, limit: pageLength });
    if (answer === undefined || turn !== latest.current) return;
    asked.current.clear();
    setNewTotal(null);
    setShown({ list: answer.list, total: answer.total, pages: new Map([[0, answer.pictures]]) });
  }, [filter, sort]);

  useEffect(() => {
    void begin();
    return () => {
      latest.current += 1;
    };
  }, [begin]);

  const madeAtFirst = useRef(made);
  useEffect(() => {
    if (made === madeAtFirst.current) return;
    let isHere = true;
    const look = async () => {
      madeAtFirst.current = made;
      const answer = await readPictures({ filter, sort, limit: 1 });
      if (isHere && answer !== undefined) setNewTotal(answer.total);
    };
    const timer = setTimeout(() => void look(), freshPause);
    return () => {
      isHere = false;
      clearTimeout(timer);
    };
  }, [made, filter, sort]);

  const read = async (list: string, page: number) => {
    const name = `${list} ${page}`;
    if (asked.current.has(name)) return;
    asked.current.add(name);
    const from = { list, place: page * pageLength };
    const answer = await readPictures({ filter, sort, limit: pageLength, from });
    if (answer === undefined) {
      asked.current.delete(name);
      return;
    }
    setShown((before) => {
      if (before?.list !== list) return before;
      // The engine has forgotten the list and begun another.
      if (answer.list !== list)
        return { list: answer.list, total: answer.total, pages: new Map([[page, answer.pictures]]) };
      const pages = new Map(before.pages).set(page, answer.pictures);
      while (pages.size > mostPages) {
        const furthest = [...pages.keys()].reduce((far, one) =>
          Math.abs(one - page) > Math.abs(far - page) ? one : far,
        );
        pages.delete(furthest);
        asked.current.delete(`${list} ${furthest}`);
      }
      return { ...before, pages };
    });
  };

  return {
    total: shown?.total ?? null,
    at: (place) => shown?.pages.get(Math.floor(place / pageLength))?.[place % pageLength],
    need(from, to) {
      if (shown === null) return;
      const last = Math.min(to, shown.total - 1);
      for (let page = Math.floor(from / pageLength); page * pageLength <= last; page += 1)
        if (!shown.pages.has(page)) void read(shown.list, page);
    },
    placeOf(hash) {
      for (const [page, pictures] of shown?.pages ?? []) {
        const place = pictures.findIndex((picture) => picture.hash === hash);
        if (place >= 0) return page * pageLength + place;
      }
      return undefined;
    },
    fresh: Math.max(0, (newTotal ?? 0) - (shown?.total ?? 0)),
    renew: () => void begin(),
  };
}
