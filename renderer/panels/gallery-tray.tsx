import { useVirtualizer } from '@tanstack/react-virtual';
import { Maximize2, X } from 'lucide-react';
import { useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import { runCommand } from '../commands/command-list';
import { words } from '../look/words';
import { sessionStore, useSession } from '../stores/session-store';
import { GalleryTile } from './gallery-tile';
import './gallery.css';
import { usePictureChoice } from './use-picture-choice';
import { usePictureList } from './use-picture-list';

const said = words.gallery;
const edge = 88;
const gap = 6;
const everything = {};

/** The newest pictures under the canvas, in one line. */
export function GalleryTray() {
  const isOpen = useSession(({ gallery }) => gallery.tray);
  return isOpen ? <Tray /> : null;
}

function Tray() {
  const list = usePictureList(everything, 'newest');
  const scroller = useRef<HTMLDivElement>(null);
  const total = list.total ?? 0;
  // oxlint-disable-next-line react/incompatible-library -- the compiler leaves this component as it is, which is right
  const line = useVirtualizer({
    horizontal: true,
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => edge + gap,
    overscan: 2,
    paddingStart: 8,
    paddingEnd: 8,
    scrollPaddingStart: 8,
    scrollPaddingEnd: 8,
  });
  const items = line.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  const openTable = useCallback(() => runCommand('view.lightTable'), []);
  const choice = usePictureChoice({
    list,
    columns: 1,
    page: Math.max(1, last - first),
    show: (place) => line.scrollToIndex(place, { align: 'auto' }),
    onLook: openTable,
  });
  const { need, fresh, renew } = list;
  useEffect(() => {
    need(first, last);
    choice.arrive();
    if (fresh > 0 && (scroller.current?.scrollLeft ?? 0) < edge) renew();
  });
  // A wheel turns up and down; the line goes left and right.
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const turn = (event: WheelEvent) => {
      if (event.deltaX !== 0 || event.ctrlKey) return;
      event.preventDefault();
      element.scrollLeft += event.deltaY;
    };
    element.addEventListener('wheel', turn, { passive: false });
    return () => element.removeEventListener('wheel', turn);
  }, []);
  const latest = useRef(choice);
  useLayoutEffect(() => {
    latest.current = choice;
  });
  const click = useCallback<(typeof choice)['click']>(
    (place, event) => latest.current.click(place, event),
    [],
  );
  const chosen = new Set(choice.chosen.map(({ hash }) => hash));
  const isShown = choice.place !== undefined && choice.place >= first && choice.place <= last;
  return (
    <section className="tray" aria-label={said.strip}>
      <header className="tray-head">
        <h2>{said.pictures}</h2>
        <output className="value faint">{total.toLocaleString()}</output>
        <span className="gallery-head-space" />
        {fresh === 0 ? null : (
          <button
            type="button"
            className="button"
            data-kind="quiet"
            onClick={() => {
              renew();
              scroller.current?.scrollTo({ left: 0 });
            }}
          >
            {said.fresh(fresh)}
          </button>
        )}
        <button
          type="button"
          className="icon-button"
          data-size="small"
          aria-label={said.open}
          title={`${said.open} (L)`}
          onClick={openTable}
        >
          <Maximize2 size={14} />
        </button>
        <button
          type="button"
          className="icon-button"
          data-size="small"
          aria-label={said.close}
          onClick={() => sessionStore.actions.setGallery({ tray: false })}
        >
          <X size={14} />
        </button>
      </header>
      {list.total === 0 ? <p className="soft tray-empty">{said.empty.text}</p> : null}
      <div
        ref={scroller}
        className="tray-line"
        // An empty list is nothing to go into; the element stays, for its wheel and its width are watched.
        hidden={list.total === 0}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- no tag lists pictures in a grid
        role="listbox"
        aria-orientation="horizontal"
        aria-multiselectable="true"
        aria-label={said.pictures}
        aria-activedescendant={isShown ? `tray-${choice.place}` : undefined}
        tabIndex={0}
        onFocus={({ target, currentTarget }) => {
          if (target !== currentTarget) currentTarget.focus({ preventScroll: true });
        }}
        onKeyDown={(event) => {
          // In one line up and down mean nothing.
          if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') choice.press(event);
        }}
      >
        <div role="presentation" style={{ width: line.getTotalSize(), height: edge, position: 'relative' }}>
          {items.map(({ index, start }) => {
            const picture = list.at(index);
            return (
              <div
                key={picture?.hash ?? index}
                role="presentation"
                className="tray-place"
                style={{ transform: `translateX(${start}px)` }}
              >
                <GalleryTile
                  id={`tray-${index}`}
                  place={index}
                  total={total}
                  picture={picture}
                  edge={edge}
                  isChosen={picture !== undefined && chosen.has(picture.hash)}
                  isCurrent={index === choice.place}
                  onClick={click}
                  onLook={openTable}
                />
              </div>
            );
          })}
        </div>
      </div>
    </section>
  );
}
