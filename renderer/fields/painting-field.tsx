import { Brush } from 'lucide-react';
import { paintingSvg } from '#core/painting';
import { openPainting } from '../commands/painting';
import { words } from '../look/words';
import type { ControlOf } from './field-props';

/** The painting in small, and the way to it. */
export function PaintingField({ id, label, value, node, disabled, describedBy }: ControlOf<'painting'>) {
  const painting = Array.isArray(value) ? value.filter((stroke) => typeof stroke === 'string') : [];
  const isEmpty = painting.length === 0;
  return (
    <div className="image-file-field nodrag" data-empty={isEmpty}>
      <button
        type="button"
        id={id}
        className="image-file-field-choose"
        disabled={disabled}
        aria-label={`${label}: ${isEmpty ? words.painting.none : words.painting.strokes(painting.length)}. ${words.painting.open}`}
        aria-describedby={describedBy}
        onClick={() => openPainting(node)}
      >
        {isEmpty ? (
          <>
            <Brush size={16} aria-hidden="true" />
            <span>{words.painting.open}</span>
          </>
        ) : (
          <>
            <span className="image-file-field-thumb">
              <img
                alt=""
                src={`data:image/svg+xml,${encodeURIComponent(paintingSvg(painting, { width: 64, height: 64 }))}`}
              />
            </span>
            <span className="image-file-field-words">
              <span className="one-line">{words.painting.open}</span>
              <span className="caption one-line">{words.painting.strokes(painting.length)}</span>
            </span>
          </>
        )}
      </button>
    </div>
  );
}
