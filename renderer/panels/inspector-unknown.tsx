import { CircleHelp } from 'lucide-react';
import { words } from '../look/words';

const said = words.inspector.unknown;

/** A node of a kind this Seedloom does not have. */
export function InspectorUnknown({ type }: { type: string }) {
  return (
    <div className="empty">
      <CircleHelp size={24} />
      <p className="empty-title">{said.title(type)}</p>
      <p>{said.text}</p>
    </div>
  );
}
