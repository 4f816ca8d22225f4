import { Search, X } from 'lucide-react';
import { useEffect, useState, type RefObject } from 'react';
import type { PictureFacets, PictureFilter, PictureSort } from '#core/gallery';
import { readFacets } from '../commands/gallery';
import { ChoiceList, type ChoiceOption } from '../fields/choice-list';
import { amount } from '../look/format';
import { words } from '../look/words';
import { sessionStore, useSession } from '../stores/session-store';
import { useNow } from './use-now';

const said = words.gallery.filters;
const all = 'all';
/** Milliseconds after the last letter that a search begins. */
const typingPause = 180;
const day = 86_400_000;

const prices: Record<string, { label: string; filter: Pick<PictureFilter, 'priceFrom' | 'priceTo'> }> = {
  free: { label: said.free, filter: { priceTo: 0 } },
  paid: { label: said.paid, filter: { priceFrom: 0.000001 } },
  small: { label: said.upTo(amount(0.05)), filter: { priceTo: 0.05 } },
  large: { label: said.over(amount(0.05)), filter: { priceFrom: 0.05 } },
};
const dates: Record<string, { label: string; days: number }> = {
  today: { label: said.today, days: 0 },
  week: { label: said.week, days: 7 },
  month: { label: said.month, days: 30 },
};

/** The start of the day so many days ago, where the person is. */
function dayBefore(now: Date, days: number): string {
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate());
  return new Date(midnight.getTime() - days * day).toISOString();
}

const { setGallery } = sessionStore.actions;

/** A filter without the members named, with others in their place. */
function changed(
  filter: PictureFilter,
  gone: readonly (keyof PictureFilter)[],
  to: PictureFilter,
): PictureFilter {
  const rest = { ...filter };
  for (const name of gone) delete rest[name];
  return { ...rest, ...to };
}

/** What is looked for among all pictures. */
export function GalleryFilters({
  searchRef,
  onLeave,
}: {
  searchRef: RefObject<HTMLInputElement | null>;
  /** The search is over: back to the pictures. */
  onLeave: () => void;
}) {
  const filter = useSession(({ gallery }) => gallery.filter);
  const sort = useSession(({ gallery }) => gallery.sort);
  const tile = useSession(({ gallery }) => gallery.tile);
  const made = useSession(({ gallery }) => gallery.made);
  const [known, setKnown] = useState<{ asOf: number; facets: PictureFacets } | null>(null);
  const facets = known?.facets;
  const now = useNow();
  useEffect(() => {
    let isHere = true;
    const read = async () => {
      const found = await readFacets();
      if (isHere && found !== undefined) setKnown({ asOf: made, facets: found });
    };
    void read();
    return () => {
      isHere = false;
    };
  }, [made]);
  const set = (gone: readonly (keyof PictureFilter)[], to: PictureFilter) =>
    setGallery({ filter: changed(filter, gone, to) });
  const price = Object.entries(prices).find(
    ([, one]) => one.filter.priceFrom === filter.priceFrom && one.filter.priceTo === filter.priceTo,
  )?.[0];
  const date = Object.entries(dates).find(([, { days }]) => filter.since === dayBefore(now, days))?.[0];
  const counted = (label: string, count: number) => ({ label, hint: count.toLocaleString() });
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- Chromium before 118 does not know the tag
    <div className="gallery-filters" role="search" aria-label={said.name}>
      <SearchField text={filter.text ?? ''} fieldRef={searchRef} onLeave={onLeave} />
      <Filter
        label={said.workflow}
        value={filter.documentId}
        all={said.allWorkflows}
        options={(facets?.workflows ?? []).map(({ id, title, count }) => ({
          value: id,
          ...counted(title === '' ? said.untitled : title, count),
        }))}
        onChange={(documentId) => set(['documentId'], documentId === undefined ? {} : { documentId })}
      />
      <Filter
        label={said.node}
        value={filter.type}
        all={said.allNodes}
        options={(facets?.types ?? []).map(({ type, title, count }) => ({
          value: type,
          ...counted(title, count),
        }))}
        onChange={(type) => set(['type'], type === undefined ? {} : { type })}
      />
      <Filter
        label={said.model}
        value={filter.model}
        all={said.allModels}
        options={(facets?.models ?? []).map(({ model, count }) => ({
          value: model,
          ...counted(model, count),
        }))}
        onChange={(model) => set(['model'], model === undefined ? {} : { model })}
      />
      <Filter
        label={said.date}
        value={filter.since === undefined ? undefined : date}
        all={said.anyDate}
        options={Object.entries(dates).map(([value, { label }]) => ({ value, label }))}
        onChange={(value) =>
          set(['since'], value === undefined ? {} : { since: dayBefore(new Date(), dates[value]?.days ?? 0) })
        }
      />
      <Filter
        label={said.price}
        value={price}
        all={said.anyPrice}
        options={Object.entries(prices).map(([value, { label }]) => ({ value, label }))}
        onChange={(value) =>
          set(['priceFrom', 'priceTo'], value === undefined ? {} : (prices[value]?.filter ?? {}))
        }
      />
      <Filter
        label={said.rating}
        value={filter.rejected ?? (filter.ratingFrom === undefined ? undefined : String(filter.ratingFrom))}
        all={said.anyRating}
        options={[
          ...[5, 4, 3, 2, 1].map((stars) => ({ value: String(stars), label: said.stars(stars) })),
          { value: 'too', label: said.withRejected },
          { value: 'only', label: said.onlyRejected },
        ]}
        onChange={(value) =>
          set(
            ['ratingFrom', 'rejected'],
            value === undefined
              ? {}
              : value === 'too' || value === 'only'
                ? { rejected: value }
                : { ratingFrom: Number(value) },
          )
        }
      />
      {Object.keys(filter).length === 0 ? null : (
        <button
          type="button"
          className="icon-button"
          aria-label={said.clear}
          title={said.clear}
          onClick={() => setGallery({ filter: {} })}
        >
          <X size={15} />
        </button>
      )}
      <span className="gallery-filters-space" />
      <div className="gallery-view">
        <div className="gallery-filter">
          <ChoiceList
            label={said.sort}
            value={sort}
            options={[
              { value: 'newest', label: said.newest },
              { value: 'oldest', label: said.oldest },
              { value: 'price', label: said.dearest },
              { value: 'rating', label: said.best },
            ]}
            onChange={(value) => setGallery({ sort: value as PictureSort })}
          />
        </div>
        <input
          type="range"
          className="gallery-size"
          aria-label={said.size}
          title={said.size}
          min={96}
          max={384}
          step={16}
          value={tile}
          onChange={({ currentTarget }) => setGallery({ tile: Number(currentTarget.value) })}
        />
      </div>
    </div>
  );
}

function Filter({
  label,
  value,
  all: allLabel,
  options,
  onChange,
}: {
  label: string;
  value: string | undefined;
  all: string;
  options: readonly ChoiceOption[];
  onChange: (value: string | undefined) => void;
}) {
  return (
    <div className="gallery-filter" data-on={value !== undefined}>
      <ChoiceList
        label={label}
        value={value ?? all}
        options={[{ value: all, label: allLabel }, ...options]}
        onChange={(next) => onChange(next === all ? undefined : next)}
      />
    </div>
  );
}

function SearchField({
  text,
  fieldRef,
  onLeave,
}: {
  text: string;
  fieldRef: RefObject<HTMLInputElement | null>;
  onLeave: () => void;
}) {
  const [typed, setTyped] = useState(text);
  // The filters were cleared.
  const [before, setBefore] = useState(text);
  if (before !== text) {
    setBefore(text);
    if (text === '') setTyped('');
  }
  useEffect(() => {
    if (typed === text) return;
    const timer = setTimeout(() => {
      const { filter } = sessionStore.getState().gallery;
      setGallery({ filter: changed(filter, ['text'], typed.trim() === '' ? {} : { text: typed }) });
    }, typingPause);
    return () => clearTimeout(timer);
  }, [typed, text]);
  return (
    <label className="input gallery-search">
      <Search size={14} aria-hidden="true" />
      <input
        ref={fieldRef}
        type="search"
        aria-label={said.search}
        placeholder={said.search}
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        onKeyDown={(event) => {
          const isOver = event.key === 'Enter' || event.key === 'ArrowDown' || event.key === 'Escape';
          if (!isOver) return;
          // Escape takes back what was typed first; it must not close the light table.
          event.preventDefault();
          event.stopPropagation();
          if (event.key === 'Escape' && typed !== '') setTyped('');
          else onLeave();
        }}
      />
      <kbd className="key" aria-hidden="true">
        /
      </kbd>
    </label>
  );
}
