import { GripVertical } from 'lucide-react';
import { dragOut } from '../commands/gallery';
import { words } from '../look/words';

/** A handle to drag a picture by, out of the window or to another place in it, where the picture itself moves otherwise. */
export function DragGrip({
  hash,
  name,
  node,
  className = 'icon-button',
}: {
  hash: string;
  name: string;
  /** The node it is the picture of. */
  node?: string;
  className?: string;
}) {
  return (
    <span
      className={`${className} drag-grip nodrag`}
      title={words.gallery.look.drag}
      draggable
      onDragStart={(event) => {
        event.preventDefault();
        event.stopPropagation();
        void dragOut([{ hash, name: `${name} ${hash.slice(0, 6)}` }], node);
      }}
    >
      <GripVertical size={14} aria-hidden="true" />
    </span>
  );
}
