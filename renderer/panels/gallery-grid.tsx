import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowUp } from 'lucide-react';
import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type ReactNode,
  type RefObject,
} from 'react';
import { words } from '../look/words';
import { tilesIn } from './gallery-places';
import { GalleryTile } from './gallery-tile';
import { useFastScroll } from './use-fast-scroll';
import { usePictureChoice } from './use-picture-choice';
import type { PictureList } from './use-picture-list';

const gap = 8;
const edgeSpace = 16;
/** Less than this from the top counts as the top, CSS pixels. */
const nearTop = 48;

/** All pictures of a list in rows; only those in sight, and a row on each side, are there at all. */
export function GalleryGrid({
  list,
  tile,
  focusRef,
  empty,
  onLook,
}: {
  list: PictureList;
  tile: number;
  focusRef: RefObject<HTMLDivElement | null>;
  /** What is said where there are none. */
  empty: ReactNode;
  onLook: () => void;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const total = list.total ?? 0;
  const { columns, edge } = tilesIn(Math.max(0, width - 2 * edgeSpace), tile, gap);
  // oxlint-disable-next-line react/incompatible-library -- the compiler leaves this component as it is, which is right
  const rows = useVirtualizer({
    count: width === 0 ? 0 : Math.ceil(total / columns),
    getScrollElement: () => scroller.current,
    estimateSize: () => edge + gap,
    overscan: 1,
    paddingStart: edgeSpace,
    paddingEnd: edgeSpace,
    scrollPaddingStart: edgeSpace,
    scrollPaddingEnd: edgeSpace,
  });
  const items = rows.getVirtualItems();
  const first = (items[0]?.index ?? 0) * columns;
  const last = ((items.at(-1)?.index ?? -1) + 1) * columns - 1;

  // Other tiles, the same pictures in sight.
  const firstSeen = useRef(0);
  const { scrollToIndex, measure } = rows;
  useLayoutEffect(() => {
    const place = firstSeen.current;
    measure();
    if (place > 0) scrollToIndex(Math.floor(place / columns), { align: 'start' });
  }, [columns, edge, measure, scrollToIndex]);

  const choice = usePictureChoice({
    list,
    columns,
    page: Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / (edge + gap))),
    show: (place) => scrollToIndex(Math.floor(place / columns), { align: 'auto' }),
    onLook,
  });
  const { need, fresh, renew } = list;
  useEffect(() => {
    need(first, last);
    choice.arrive();
  });
  const { isFast, told } = useFastScroll();
  // At the top new pictures come in by themselves; further down nothing moves until it is asked for.
  const [isAtTop, setIsAtTop] = useState(true);
  useEffect(() => {
    if (fresh > 0 && isAtTop) renew();
  });

  const latest = useRef(choice);
  useLayoutEffect(() => {
    latest.current = choice;
  });
  const click = useCallback<(typeof choice)['click']>(
    (place, event) => latest.current.click(place, event),
    [],
  );
  const look = useCallback(
    (place: number) => {
      latest.current.choose(place, 'only');
      onLook();
    },
    [onLook],
  );
  const chosen = new Set(choice.chosen.map(({ hash }) => hash));
  const isShown = choice.place !== undefined && choice.place >= first && choice.place <= last;
  return (
    <div className="gallery-grid-frame">
      {fresh > 0 && !isAtTop ? (
        <button
          type="button"
          className="gallery-fresh"
          onClick={() => {
            renew();
            scroller.current?.scrollTo({ top: 0 });
          }}
        >
          <ArrowUp size={13} aria-hidden="true" /> {words.gallery.fresh(fresh)}
        </button>
      ) : null}
      <div
        ref={(element) => {
          scroller.current = element;
          focusRef.current = element;
        }}
        className="gallery-grid"
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- no tag lists pictures in a grid
        role="listbox"
        aria-multiselectable="true"
        aria-label={words.gallery.pictures}
        aria-activedescendant={isShown ? `picture-${choice.place}` : undefined}
        tabIndex={0}
        onKeyDown={choice.press}
        onFocus={({ target, currentTarget }) => {
          // A tile that was clicked may be gone soon; the list stays.
          if (target !== currentTarget) currentTarget.focus({ preventScroll: true });
          else if (
            currentTarget.matches(':focus-visible') &&
            choice.place === undefined &&
            list.at(0) !== undefined
          )
            choice.choose(first, 'only');
        }}
        onScroll={({ currentTarget }) => {
          told(currentTarget.scrollTop);
          setIsAtTop(currentTarget.scrollTop < nearTop);
          firstSeen.current = Math.floor(currentTarget.scrollTop / (edge + gap)) * columns;
        }}
      >
        {list.total === 0 ? empty : null}
        <div role="presentation" style={{ height: rows.getTotalSize(), position: 'relative' }}>
          {items.map(({ key, index, start }) => (
            <div
              key={key}
              role="presentation"
              className="gallery-row"
              style={{ transform: `translateY(${start}px)`, left: edgeSpace, gap }}
            >
              {Array.from({ length: Math.min(columns, total - index * columns) }, (_, column) => {
                const place = index * columns + column;
                const picture = list.at(place);
                return (
                  <GalleryTile
                    key={picture?.hash ?? place}
                    id={`picture-${place}`}
                    place={place}
                    total={total}
                    picture={picture}
                    edge={edge}
                    isChosen={picture !== undefined && chosen.has(picture.hash)}
                    isCurrent={place === choice.place}
                    isPassing={isFast}
                    onClick={click}
                    onLook={look}
                  />
                );
              })}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}
