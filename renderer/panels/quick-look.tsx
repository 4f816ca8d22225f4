import { ChevronLeft, ChevronRight, GripVertical, Maximize, X, ZoomIn } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useState, type KeyboardEvent } from 'react';
import type { ListedPicture } from '#core/gallery';
import { focusItself } from '../look/focus-itself';
import { money, pixels } from '../look/format';
import { words } from '../look/words';
import { beginDragOut } from './gallery-tile';
import { RatingStars } from './rating-stars';
import './viewer.css';
import { ViewerStage } from './viewer-stage';
import type { View } from './viewport';

const said = words.gallery.look;

/** One picture over all others, at full size. The keys of the list go on to move, rate and reject. */
export function QuickLook({
  picture,
  place,
  total,
  onKey,
  onMove,
  onClose,
}: {
  picture: ListedPicture;
  place: number;
  total: number;
  onKey: (event: KeyboardEvent) => void;
  onMove: (place: number) => void;
  onClose: () => void;
}) {
  const [zoom, setZoom] = useState<{ hash: string; view: View } | null>(null);
  const view = zoom?.hash === picture.hash ? zoom.view : null;
  const onView = (next: View | null) => setZoom(next === null ? null : { hash: picture.hash, view: next });
  const own: Record<string, () => void> = {
    ' ': onClose,
    f: () => onView(null),
    z: () => onView({ scale: 1, x: 0, y: 0 }),
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === ' ' && event.target instanceof HTMLButtonElement) return;
    const action = event.ctrlKey || event.metaKey || event.altKey ? undefined : own[event.key.toLowerCase()];
    if (action === undefined) {
      if (event.key !== 'Enter' || !(event.target instanceof HTMLButtonElement)) onKey(event);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    action();
  };
  return (
    <Dialog.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Content
          className="viewer"
          aria-describedby={undefined}
          onKeyDown={press}
          onOpenAutoFocus={focusItself}
        >
          <header className="viewer-head">
            <Dialog.Title className="viewer-title one-line">
              <span className="only-read-aloud">{said.name}: </span>
              {picture.title}
            </Dialog.Title>
            <span className="chip value">
              {said.place((place + 1).toLocaleString(), total.toLocaleString())}
            </span>
            <span className="viewer-space" />
            <span className="value faint viewer-scale">
              {view === null ? '' : `${Math.round(view.scale * 100)} %`}
            </span>
            <button
              type="button"
              className="icon-button"
              aria-label={said.whole}
              title={said.whole}
              aria-pressed={view === null}
              onClick={() => onView(null)}
            >
              <Maximize size={16} />
            </button>
            <button
              type="button"
              className="icon-button"
              aria-label={said.pixels}
              title={said.pixels}
              onClick={() => onView({ scale: 1, x: 0, y: 0 })}
            >
              <ZoomIn size={16} />
            </button>
            <span
              className="icon-button drag-grip"
              title={said.drag}
              draggable
              onDragStart={(event) => beginDragOut(event, picture)}
            >
              <GripVertical size={16} aria-hidden="true" />
            </span>
            <Dialog.Close className="icon-button" aria-label={words.gallery.close}>
              <X size={16} />
            </Dialog.Close>
          </header>
          <div className="viewer-middle">
            {picture.missing ? (
              <p className="viewer-missing">{words.gallery.missing}</p>
            ) : (
              <ViewerStage image={picture} alt={picture.title} view={view} onView={onView} />
            )}
            {place === 0 ? null : (
              <button
                type="button"
                className="viewer-turn"
                data-side="left"
                aria-label={said.before}
                onClick={() => onMove(place - 1)}
              >
                <ChevronLeft size={22} />
              </button>
            )}
            {place >= total - 1 ? null : (
              <button
                type="button"
                className="viewer-turn"
                data-side="right"
                aria-label={said.next}
                onClick={() => onMove(place + 1)}
              >
                <ChevronRight size={22} />
              </button>
            )}
          </div>
          <footer className="viewer-foot quick-look-foot">
            <RatingStars pictures={[picture]} />
            <span className="value soft">{pixels(picture)}</span>
            <span className="value soft">{money(picture.price)}</span>
            <span className="one-line soft quick-look-prompt">{picture.prompt}</span>
          </footer>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
