import {
  closestCenter,
  DndContext,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
  type DragEndEvent,
} from '@dnd-kit/core';
import {
  rectSortingStrategy,
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
} from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { Image, Layers, TriangleAlert, X } from 'lucide-react';
import { addressText, portAddressOf } from '#core/document/schema';
import { taskKindOf } from '#core/plan/route';
import { isImageRef, type ImageRef } from '#core/values';
import { dropReferences } from '../commands/gallery';
import { count } from '../look/format';
import { Picture } from '../look/picture';
import { PortSign } from '../look/port-sign';
import { words } from '../look/words';
import type { InspectedNode } from './inspector-props';
import { Section } from './inspector-section';
import { nodeTitle } from './issue-place';
import { PictureDrop } from './picture-drop';
import { findRoute, routeChoices } from './route-choices';
import { moveBefore, numberPlaces, shelfLength, sourcesOf, type ShelfPlace } from './shelf-order';

const said = words.inspector.shelf;

/** The pictures wired to one input in their order; drag, or Space and the arrow keys, to change it. */
export function InspectorShelf({ port, ...props }: InspectedNode & { port: string }) {
  const { id, node, definition, document, catalogue, providers, settings, planned, outputsOf, actions } =
    props;
  const input = definition.inputs[port];
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  if (input === undefined) return null;
  const to = addressText({ node: id, port });
  const sources = sourcesOf(document, to);
  const picturesOf = (source: string): ImageRef[] => {
    const address = portAddressOf(source);
    return (outputsOf(address.node)?.[address.port] ?? []).filter(isImageRef);
  };
  const itemsOf = (source: string) => {
    const address = portAddressOf(source);
    return planned(address.node)?.items[address.port] ?? picturesOf(source).length;
  };
  const places = numberPlaces(sources, itemsOf);
  const kind = taskKindOf(definition);
  const chosen =
    kind === undefined
      ? undefined
      : findRoute(routeChoices(kind, providers, settings.prices), node.route ?? document.routes[kind]);
  const limit = chosen?.model.maxReferences;
  const length = shelfLength(places);
  const drop = ({ active, over }: DragEndEvent) => {
    if (over !== null && over.id !== active.id)
      actions.orderShelf(to, moveBefore(sources, String(active.id), String(over.id)));
  };
  return (
    <PictureDrop onDrop={(files) => void dropReferences(files, { node: id, port })}>
      <Section
        title={input.label}
        aside={
          <span className="value faint" data-over={limit !== undefined && length > limit}>
            {limit === undefined ? length : said.length(length, limit)}
          </span>
        }
      >
        {sources.length === 0 ? (
          <p className="inspector-shelf-none">
            <PortSign type={input.type} many />
            {input.required ? said.none : said.nothingWired}
          </p>
        ) : (
          <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={drop}>
            <SortableContext items={sources} strategy={rectSortingStrategy}>
              <ol className="shelf">
                {places.map((place) => (
                  <ShelfItem
                    key={place.source}
                    place={place}
                    title={nodeTitle(document, catalogue, portAddressOf(place.source).node)}
                    picture={picturesOf(place.source)[0]}
                    over={limit !== undefined && place.last > limit}
                    onRemove={() => actions.disconnect(place.source, to)}
                  />
                ))}
              </ol>
            </SortableContext>
          </DndContext>
        )}
        {limit === undefined || length <= limit || chosen === undefined ? null : (
          <p className="remark" data-tone="spend">
            <TriangleAlert size={15} aria-label={words.inspector.warning} />
            <span>
              {said.tooMany(chosen.model.label, count(limit, 'reference image'), length, length - limit)}
            </span>
          </p>
        )}
      </Section>
    </PictureDrop>
  );
}

function ShelfItem({
  place,
  title,
  picture,
  over,
  onRemove,
}: {
  place: ShelfPlace;
  title: string;
  picture: ImageRef | undefined;
  over: boolean;
  onRemove: () => void;
}) {
  const { attributes, listeners, setNodeRef, transform, transition, isDragging } = useSortable({
    id: place.source,
  });
  const many = place.last > place.first;
  const number = many ? `${place.first}–${place.last}` : String(place.first);
  return (
    <li
      ref={setNodeRef}
      className="shelf-item"
      data-over={over}
      data-dragging={isDragging}
      style={{ transform: CSS.Transform.toString(transform), transition }}
    >
      <button
        type="button"
        className="shelf-thumb"
        {...attributes}
        {...listeners}
        aria-label={said.lift(number, title)}
        title={said.image(number, title)}
      >
        {picture === undefined ? (
          many ? (
            <Layers size={18} aria-hidden="true" />
          ) : (
            <Image size={18} aria-hidden="true" />
          )
        ) : (
          <Picture hash={picture.hash} alt="" fit="cover" />
        )}
      </button>
      <span className="shelf-number value" aria-hidden="true">
        {number}
      </span>
      <button
        type="button"
        className="shelf-remove"
        aria-label={said.takeAway(number)}
        title={words.inspector.cutWire}
        onClick={onRemove}
      >
        <X size={11} />
      </button>
      <span className="shelf-title one-line">{title}</span>
    </li>
  );
}
