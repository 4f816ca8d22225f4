import {
  closestCenter,
  DndContext,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
  type Announcements,
  type DragEndEvent,
  type UniqueIdentifier,
} from '@dnd-kit/core';
import {
  rectSortingStrategy,
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
} from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { Image, ImagePlus, Layers, TriangleAlert, X } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { portAddressOf } from '#core/document/schema';
import { chooseReferences, dropReferences } from '../commands/references';
import { count } from '../look/format';
import { Picture } from '../look/picture';
import { words } from '../look/words';
import { PictureDrop } from '../panels/picture-drop';
import { moveBefore } from '../panels/shelf-order';
import { documentStore } from '../stores/document-store';
import './reference-shelf.css';
import type { Shelf, ShelfEntry } from './use-shelf';

const said = words.shelf;
const { orderEdges, disconnect } = documentStore.actions;

/**
 * The reference pictures of an input with the numbers the prompt calls them by. Pictures are dropped, pasted or chosen onto
 * it; dragged, or lifted by Space, into another order; taken away by Delete. The same on a card (`compact`) and in the panel.
 */
export function ReferenceShelf({
  shelf: { to, entries, length, limit },
  label,
  compact = false,
}: {
  shelf: Shelf;
  /** Of the input. */
  label: string;
  compact?: boolean;
}) {
  const list = useRef<HTMLDivElement>(null);
  // On the canvas a pixel of the pointer is another one of the card.
  const [zoom, setZoom] = useState(1);
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const sources = useMemo(() => entries.map(({ source }) => source), [entries]);
  const announcements = useMemo(() => announcing(entries), [entries]);
  const drop = ({ active, over }: DragEndEvent) => {
    if (over !== null && over.id !== active.id)
      orderEdges(to, moveBefore(sources, String(active.id), String(over.id)));
  };
  const remove = (place: number) => {
    const entry = entries[place];
    if (entry === undefined) return;
    disconnect([{ from: entry.source, to }]);
    // The next one takes its place, also for the keyboard.
    requestAnimationFrame(() => {
      const thumbs = list.current?.querySelectorAll<HTMLElement>('.shelf-thumb') ?? [];
      (thumbs[place] ?? thumbs[place - 1] ?? list.current?.querySelector<HTMLElement>('.shelf-add'))?.focus();
    });
  };
  const add = () => void chooseReferences(portAddressOf(to));
  return (
    <PictureDrop onDrop={(files) => void dropReferences(files, portAddressOf(to))}>
      <div ref={list} className="shelf-frame nodrag nopan" data-shelf={to} data-compact={compact}>
        {entries.length === 0 ? (
          <button type="button" className="shelf-add shelf-empty" title={said.addTip} onClick={add}>
            <ImagePlus size={16} aria-hidden="true" />
            <span>{compact ? said.emptyShort : said.empty}</span>
          </button>
        ) : (
          <DndContext
            sensors={sensors}
            collisionDetection={closestCenter}
            accessibility={{ announcements, screenReaderInstructions: { draggable: said.instructions } }}
            onDragStart={() => {
              const frame = list.current;
              if (frame !== null && frame.offsetWidth > 0)
                setZoom(frame.getBoundingClientRect().width / frame.offsetWidth);
            }}
            onDragEnd={drop}
          >
            <SortableContext items={sources} strategy={rectSortingStrategy}>
              <ol className="shelf" aria-label={said.label(label)}>
                {entries.map((entry, place) => (
                  <ShelfItem
                    key={entry.source}
                    entry={entry}
                    zoom={zoom}
                    limit={entry.over ? limit : undefined}
                    onRemove={() => remove(place)}
                  />
                ))}
                <li className="shelf-slot">
                  <button
                    type="button"
                    className="shelf-add shelf-more"
                    aria-label={said.add}
                    title={said.addTip}
                    onClick={add}
                  >
                    <ImagePlus size={compact ? 14 : 16} aria-hidden="true" />
                  </button>
                </li>
              </ol>
            </SortableContext>
          </DndContext>
        )}
        {limit === undefined || length <= limit.most ? null : (
          <p className="shelf-over">
            <TriangleAlert size={13} aria-hidden="true" />
            <span>
              {said.tooMany(
                limit.route,
                count(limit.most, 'reference image'),
                length,
                String(length - limit.most),
              )}
            </span>
          </p>
        )}
      </div>
    </PictureDrop>
  );
}

function ShelfItem({
  entry: { source, first, last, title, isFile, picture, over },
  zoom,
  limit,
  onRemove,
}: {
  entry: ShelfEntry;
  zoom: number;
  limit: Shelf['limit'];
  onRemove: () => void;
}) {
  const { attributes, listeners, setNodeRef, transform, transition, isDragging } = useSortable({
    id: source,
    attributes: { roleDescription: said.movable },
  });
  const many = last > first;
  const number = many ? `${first}–${last}` : String(first);
  const origin = isFile ? said.file(title) : said.from(title);
  const past = limit === undefined ? undefined : said.past(limit.route, count(limit.most, 'reference image'));
  const facts = [`${said.image(number)}, ${origin}`, ...(past === undefined ? [] : [past])].join(', ');
  return (
    <li
      ref={setNodeRef}
      className="shelf-item"
      data-over={over}
      data-dragging={isDragging}
      style={{
        transform: CSS.Translate.toString(
          transform === null ? null : { ...transform, x: transform.x / zoom, y: transform.y / zoom },
        ),
        transition,
      }}
    >
      <button
        type="button"
        className="shelf-thumb"
        {...attributes}
        {...listeners}
        aria-label={facts}
        title={`${facts}\n${said.keys}`}
        onKeyDown={(event) => {
          if ((event.key === 'Delete' || event.key === 'Backspace') && !isDragging) {
            event.preventDefault();
            onRemove();
            return;
          }
          listeners?.['onKeyDown']?.(event);
        }}
      >
        {picture === undefined ? (
          many ? (
            <Layers size={18} aria-hidden="true" />
          ) : (
            <Image size={18} aria-hidden="true" />
          )
        ) : (
          <Picture hash={picture} alt="" fit="cover" />
        )}
        <span className="shelf-number value" aria-hidden="true">
          {over ? <TriangleAlert size={11} /> : null}
          {number}
        </span>
      </button>
      <button
        type="button"
        className="shelf-remove"
        tabIndex={-1}
        aria-label={said.takeAway(number)}
        title={said.takeAway(number)}
        onClick={onRemove}
      >
        <X size={11} />
      </button>
      <span className="shelf-title one-line" data-file={isFile} aria-hidden="true">
        {isFile ? title : `← ${title}`}
      </span>
    </li>
  );
}

/** What is read aloud while a picture is moved by the keyboard. */
function announcing(entries: readonly ShelfEntry[]): Announcements {
  const placeOf = (id: UniqueIdentifier) => entries.findIndex(({ source }) => source === id);
  const nameOf = (id: UniqueIdentifier) => {
    const entry = entries[placeOf(id)];
    return entry === undefined ? '' : `${said.image(String(entry.first))}, ${entry.title}`;
  };
  return {
    onDragStart: ({ active }) => said.lifted(nameOf(active.id), placeOf(active.id) + 1, entries.length),
    onDragOver: ({ active, over }) =>
      over === null ? undefined : said.over(nameOf(active.id), placeOf(over.id) + 1, entries.length),
    onDragEnd: ({ active, over }) =>
      over === null || over.id === active.id
        ? said.left(nameOf(active.id))
        : said.placed(nameOf(active.id), placeOf(over.id) + 1, entries.length),
    onDragCancel: ({ active }) => said.left(nameOf(active.id)),
  };
}
