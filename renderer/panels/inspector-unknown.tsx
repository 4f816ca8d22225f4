import { CircleHelp } from 'lucide-react';

/** A node of a kind this Seedloom does not have. */
export function InspectorUnknown({ type }: { type: string }) {
  return (
    <div className="empty">
      <CircleHelp size={24} />
      <p className="empty-title">Seedloom does not know “{type}”</p>
      <p>The workflow may come from a newer version. The node is kept as it is; delete it to run the rest.</p>
    </div>
  );
}
