import type { NodeDefinition } from '#core/node';
import { ReferenceShelf } from '../fields/reference-shelf';
import { useShelf } from '../fields/use-shelf';
import { words } from '../look/words';
import { shelfPorts } from '../panels/shelf-order';
import { NearOnly } from './near-only';

/** The reference shelves of a model's card, as in the panel. */
export function CardShelves({ id, definition }: { id: string; definition: NodeDefinition }) {
  // A sheet or a training takes pictures as they come; nobody calls them by number.
  if (definition.work.on !== 'provider' || definition.work.kind !== 'edit') return null;
  return shelfPorts(definition).map((port) => (
    <CardShelf key={port} id={id} port={port} label={definition.inputs[port]?.label ?? port} />
  ));
}

function CardShelf({ id, port, label }: { id: string; port: string; label: string }) {
  const shelf = useShelf(id, port);
  const { entries, length, limit } = shelf;
  const isOver = limit !== undefined && length > limit.most;
  return (
    <div className="card-shelf">
      <NearOnly about={`shelf ${entries.length} ${isOver ? `${limit.route} ${limit.most} ${length}` : ''}`}>
        <p className="card-shelf-head">
          <span className="one-line">{label}</span>
          <span className="value" data-over={isOver}>
            {limit === undefined ? length : words.shelf.length(length, limit.most)}
          </span>
        </p>
        <ReferenceShelf shelf={shelf} label={label} compact />
      </NearOnly>
    </div>
  );
}
