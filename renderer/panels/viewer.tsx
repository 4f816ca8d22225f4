import {
  Check,
  ChevronLeft,
  ChevronRight,
  Columns2,
  Copy,
  Download,
  Maximize,
  X,
  ZoomIn,
} from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useState, type KeyboardEvent, type ReactNode } from 'react';
import type { ImageRef } from '#core/values';
import { focusItself } from '../look/focus-itself';
import { fileSize, percent, pixels } from '../look/format';
import { Picture } from '../look/picture';
import { words } from '../look/words';
import { DragGrip } from './drag-grip';
import './viewer.css';
import { ViewerStage } from './viewer-stage';
import type { View } from './viewport';

const texts = words.viewer;

export interface ViewedPicture {
  image: ImageRef;
  /** What is known of how it was made: price, vendor, time, step. */
  facts: readonly { label: string; value: string }[];
}

/** A node's pictures at full size, with what is known about them. */
export function Viewer({
  title,
  pictures,
  at,
  onMove,
  onClose,
  onSaveAs,
  onCopy,
  onCompare,
  picks,
}: {
  title: string;
  pictures: readonly ViewedPicture[];
  at: number;
  onMove: (at: number) => void;
  onClose: () => void;
  onSaveAs: (image: ImageRef) => void;
  onCopy: (image: ImageRef) => void;
  /** Lays pictures beside each other; no button for it when left out. */
  onCompare?: (pictures: { image: ImageRef; title: string }[]) => void;
  /** Where a person picks of these: which are picked, by place. */
  picks?: { picked: ReadonlySet<number>; onPick: (at: number) => void } | undefined;
}) {
  const [zoom, setZoom] = useState<{ hash: string; view: View } | null>(null);
  const place = Math.min(Math.max(0, at), pictures.length - 1);
  const current = pictures[place];
  if (current === undefined) return null;
  const { image, facts } = current;
  const view = zoom?.hash === image.hash ? zoom.view : null;
  const onView = (next: View | null) => setZoom(next === null ? null : { hash: image.hash, view: next });
  const move = (by: number) => onMove((place + by + pictures.length) % pictures.length);
  const actions: Record<string, () => void> = {
    ArrowLeft: () => move(-1),
    ArrowRight: () => move(1),
    '0': () => onView(null),
    '1': () => onView({ scale: 1, x: 0, y: 0 }),
    ' ': onClose,
    ...(picks === undefined ? {} : { x: () => picks.onPick(place), Enter: () => picks.onPick(place) }),
  };
  const press = (event: KeyboardEvent) => {
    const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (action === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    if ((event.key === ' ' || event.key === 'Enter') && event.target instanceof HTMLButtonElement) return;
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
            <Dialog.Title className="viewer-title one-line">{title}</Dialog.Title>
            {pictures.length < 2 ? null : (
              <span className="chip value">{texts.place(place + 1, pictures.length)}</span>
            )}
            <span className="viewer-space" />
            <span className="value faint viewer-scale">
              {view === null ? texts.fit : percent(view.scale)}
            </span>
            <ViewerButton label={texts.whole} onClick={() => onView(null)} pressed={view === null}>
              <Maximize size={16} />
            </ViewerButton>
            <ViewerButton label={texts.oneToOne} onClick={() => onView({ scale: 1, x: 0, y: 0 })}>
              <ZoomIn size={16} />
            </ViewerButton>
            {onCompare === undefined || pictures.length < 2 ? null : (
              <button
                type="button"
                className="button"
                onClick={() =>
                  // The one shown and the one after it.
                  onCompare(
                    [place, (place + 1) % pictures.length].map((one) => ({
                      image: pictures[one]!.image,
                      title: `${title} ${one + 1}`,
                    })),
                  )
                }
              >
                <Columns2 size={14} /> {words.gallery.compare.action}
              </button>
            )}
            <DragGrip hash={image.hash} name={title} />
            {picks === undefined ? null : (
              <button
                type="button"
                className="button viewer-pick"
                aria-pressed={picks.picked.has(place)}
                onClick={() => picks.onPick(place)}
              >
                <Check size={14} strokeWidth={3} />
                {picks.picked.has(place) ? words.choice.unpick : words.choice.pick}
              </button>
            )}
            <button type="button" className="button" onClick={() => onCopy(image)}>
              <Copy size={14} /> {texts.copy}
            </button>
            <button type="button" className="button" onClick={() => onSaveAs(image)}>
              <Download size={14} /> {texts.saveAs}
            </button>
            <Dialog.Close className="icon-button" aria-label={texts.close}>
              <X size={16} />
            </Dialog.Close>
          </header>
          <div className="viewer-middle">
            <ViewerStage image={image} alt={title} view={view} onView={onView} />
            {pictures.length < 2 ? null : (
              <>
                <button
                  type="button"
                  className="viewer-turn"
                  data-side="left"
                  aria-label={texts.before}
                  onClick={() => move(-1)}
                >
                  <ChevronLeft size={22} />
                </button>
                <button
                  type="button"
                  className="viewer-turn"
                  data-side="right"
                  aria-label={texts.next}
                  onClick={() => move(1)}
                >
                  <ChevronRight size={22} />
                </button>
              </>
            )}
          </div>
          <footer className="viewer-foot">
            {pictures.length < 2 ? null : (
              <div className="viewer-strip">
                {pictures.map((picture, index) => (
                  <button
                    // The same picture may come twice in a list.
                    key={`${index}-${picture.image.hash}`}
                    type="button"
                    className="viewer-strip-one checkerboard"
                    aria-label={
                      picks === undefined
                        ? texts.picture(index + 1)
                        : words.choice.picture(index + 1, picks.picked.has(index))
                    }
                    aria-current={index === place}
                    data-picked={picks?.picked.has(index)}
                    onClick={() => onMove(index)}
                  >
                    <Picture hash={picture.image.hash} alt="" fit="cover" />
                    {picks?.picked.has(index) === true ? <Check className="viewer-picked" size={12} /> : null}
                  </button>
                ))}
              </div>
            )}
            <dl className="viewer-facts">
              <Fact label={texts.facts.size} value={pixels(image)} />
              <Fact
                label={texts.facts.file}
                value={`${image.format.toUpperCase()}, ${fileSize(image.bytes)}`}
              />
              {facts.map((fact) => (
                <Fact key={fact.label} label={fact.label} value={fact.value} />
              ))}
              <Fact label="sha256" value={`${image.hash.slice(0, 12)}…`} title={image.hash} />
            </dl>
          </footer>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function ViewerButton({
  label,
  onClick,
  pressed,
  children,
}: {
  label: string;
  onClick: () => void;
  pressed?: boolean;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      onClick={onClick}
    >
      {children}
    </button>
  );
}

function Fact({ label, value, title }: { label: string; value: string; title?: string }) {
  return (
    <div className="viewer-fact" title={title}>
      <dt className="caption">{label}</dt>
      <dd className="value can-select">{value}</dd>
    </div>
  );
}
