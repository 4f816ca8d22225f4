import { Crop } from 'lucide-react';
import type { NodeDefinition } from '#core/node';
import { openCropping } from '../commands/cropping';
import { words } from '../look/words';

/** Where a node cuts a part out of a picture: the way to choosing it on the picture. */
export function FramingButton({ id, definition }: { id: string; definition: NodeDefinition }) {
  if (definition.framing === undefined) return null;
  return (
    <button type="button" className="button framing-button nodrag" onClick={() => openCropping(id)}>
      <Crop size={13} aria-hidden="true" /> {words.cropping.open}
    </button>
  );
}
