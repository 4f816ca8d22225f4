import { ImageOff, Star, ThumbsDown } from 'lucide-react';
import { memo, useState, type DragEvent, type MouseEvent } from 'react';
import type { ListedPicture } from '#core/gallery';
import { dragOut, pictureName } from '../commands/gallery';
import { money } from '../look/format';
import { Picture } from '../look/picture';
import { words } from '../look/words';
import { ratingNow } from '../stores/gallery-state';
import { sessionStore, useSession } from '../stores/session-store';

/** Gives a picture, or all chosen ones when it is one of them, to the system's drag and drop. */
export function beginDragOut(event: DragEvent, picture: ListedPicture): void {
  event.preventDefault();
  const { chosen } = sessionStore.getState().gallery;
  const all = chosen.some(({ hash }) => hash === picture.hash) ? chosen : [picture];
  const there = all.filter(({ missing }) => !missing);
  void dragOut(there.map((one) => ({ hash: one.hash, name: pictureName(one) })));
}

/** One picture of a list; a quiet place while it is on its way. */
export const GalleryTile = memo(function GalleryTile({
  id,
  place,
  total,
  picture,
  edge,
  isChosen,
  isCurrent,
  isPassing = false,
  onClick,
  onLook,
}: {
  id: string;
  place: number;
  total: number;
  picture: ListedPicture | undefined;
  /** CSS pixels. */
  edge: number;
  isChosen: boolean;
  isCurrent: boolean;
  /** The list goes by too fast to see it: what was not asked for yet waits. */
  isPassing?: boolean;
  onClick: (place: number, event: MouseEvent) => void;
  onLook: (place: number) => void;
}) {
  const [isAsked, setAsked] = useState(!isPassing);
  if (!isPassing && !isAsked) setAsked(true);
  const rating = useSession(({ gallery }) =>
    picture === undefined ? 0 : ratingNow(picture, gallery).rating,
  );
  const rejected = useSession(({ gallery }) => picture !== undefined && ratingNow(picture, gallery).rejected);
  const alt = picture === undefined ? '' : words.gallery.tile(picture.title, picture.workflow);
  const facts = [
    alt,
    ...(rating === 0 ? [] : [words.gallery.rating.stars(rating)]),
    ...(rejected ? [words.gallery.rejected] : []),
  ].join(', ');
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the list has the focus and the keys
    <div
      id={id}
      className="gallery-tile"
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an option of a select holds no picture
      role="option"
      tabIndex={-1}
      aria-selected={isChosen}
      aria-setsize={total}
      aria-posinset={place + 1}
      data-current={isCurrent}
      data-rejected={rejected}
      style={{ width: edge, height: edge }}
      draggable={picture !== undefined && !picture.missing}
      onDragStart={(event) => {
        if (picture !== undefined) beginDragOut(event, picture);
      }}
      onClick={(event) => onClick(place, event)}
      onDoubleClick={() => onLook(place)}
    >
      <span className="only-read-aloud">{facts}</span>
      {picture === undefined ? null : picture.missing ? (
        <span className="gallery-missing" title={words.gallery.missing}>
          <ImageOff size={18} aria-hidden="true" />
          {edge < 120 ? null : <span className="caption">{words.gallery.missing}</span>}
        </span>
      ) : !isAsked ? null : (
        <Picture hash={picture.hash} width={edge * window.devicePixelRatio > 300 ? 512 : 256} alt="" />
      )}
      {picture === undefined ? null : (
        <span className="gallery-tile-facts" aria-hidden="true">
          {rejected ? (
            <span className="gallery-tile-sign">
              <ThumbsDown size={11} />
            </span>
          ) : null}
          {rating === 0 ? null : (
            <span className="gallery-tile-sign value">
              <Star size={10} fill="currentColor" /> {rating}
            </span>
          )}
          <span className="gallery-tile-price value">{money(picture.price)}</span>
        </span>
      )}
    </div>
  );
});
