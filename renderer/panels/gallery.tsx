import { Columns2, Images, SearchX, X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useCallback, useRef, useState, type KeyboardEvent } from 'react';
import { runCommand } from '../commands/command-list';
import { pressedKeys } from '../commands/keyboard';
import { words } from '../look/words';
import { sessionStore, useSession } from '../stores/session-store';
import { GalleryDetails } from './gallery-details';
import { GalleryFilters } from './gallery-filters';
import { GalleryGrid } from './gallery-grid';
import { GalleryKeys } from './gallery-keys';
import './gallery.css';
import { QuickLook } from './quick-look';
import { usePictureChoice } from './use-picture-choice';
import { usePictureList } from './use-picture-list';

const said = words.gallery;

/** `/`, or what finds anything anywhere. A field being written in has its own use for `/`. */
function isSearchKey(event: KeyboardEvent): boolean {
  const keys = pressedKeys(event, sessionStore.getState().platform);
  return keys === 'Mod+F' || (keys === '/' && !(event.target instanceof HTMLInputElement));
}

/** The light table: all pictures of all runs, with what is known of the chosen one. */
export function Gallery({ onClose }: { onClose: () => void }) {
  const filter = useSession(({ gallery }) => gallery.filter);
  const sort = useSession(({ gallery }) => gallery.sort);
  const tile = useSession(({ gallery }) => gallery.tile);
  const chosen = useSession(({ gallery }) => gallery.chosen);
  const list = usePictureList(filter, sort);
  const grid = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const [isLooking, setLooking] = useState(false);
  const look = useCallback(() => setLooking(sessionStore.getState().gallery.chosen.length > 0), []);
  const choice = usePictureChoice({
    list,
    columns: 1,
    page: 1,
    show: (place) => list.need(place, place),
    onLook: () => setLooking(false),
  });
  const current = chosen.at(-1);
  const total = list.total ?? 0;
  const isFiltered = Object.keys(filter).length > 0;
  return (
    <Dialog.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Content
          className="gallery"
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            grid.current?.focus();
          }}
          onEscapeKeyDown={(event) => {
            // The search has its own use for it.
            if (event.target === search.current) event.preventDefault();
          }}
          onKeyDown={(event) => {
            if (isSearchKey(event)) {
              event.preventDefault();
              event.stopPropagation();
              search.current?.focus();
              search.current?.select();
            }
          }}
        >
          <header className="gallery-head">
            <Dialog.Title className="gallery-title">{said.lightTable}</Dialog.Title>
            <output className="chip value">
              {total === 1 ? said.one : said.total(total.toLocaleString())}
            </output>
            {chosen.length < 2 ? null : (
              <>
                <span className="chip" data-tone="action">
                  {said.chosen(chosen.length)}
                </span>
                <button type="button" className="button" onClick={() => runCommand('picture.compare')}>
                  <Columns2 size={14} aria-hidden="true" /> {said.compare.action}
                </button>
              </>
            )}
            <span className="gallery-head-space" />
            <GalleryKeys />
            <Dialog.Close className="icon-button" aria-label={said.close}>
              <X size={16} />
            </Dialog.Close>
          </header>
          <GalleryFilters searchRef={search} onLeave={() => grid.current?.focus()} />
          <div className="gallery-body">
            <GalleryGrid
              list={list}
              tile={tile}
              focusRef={grid}
              empty={
                isFiltered ? (
                  <div className="empty gallery-empty">
                    <SearchX size={28} aria-hidden="true" />
                    <p className="empty-title">{said.noneFit.title}</p>
                    <p>{said.noneFit.text}</p>
                    <button
                      type="button"
                      className="button"
                      onClick={() => sessionStore.actions.setGallery({ filter: {} })}
                    >
                      {said.noneFit.clear}
                    </button>
                  </div>
                ) : (
                  <div className="empty gallery-empty">
                    <Images size={28} aria-hidden="true" />
                    <p className="empty-title">{said.empty.title}</p>
                    <p>{said.empty.text}</p>
                  </div>
                )
              }
              onLook={look}
            />
            <GalleryDetails onLook={look} />
          </div>
        </Dialog.Content>
      </Dialog.Portal>
      {isLooking && current !== undefined && choice.place !== undefined ? (
        <QuickLook
          picture={current}
          place={choice.place}
          total={total}
          onKey={choice.press}
          onMove={(place) => choice.choose(place, 'only')}
          onClose={() => setLooking(false)}
        />
      ) : null}
    </Dialog.Root>
  );
}
