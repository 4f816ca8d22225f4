import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { ReactCompareSlider } from 'react-compare-slider';
import type { NodeDefinition } from '#core/node';
import { isImageRef } from '#core/values';
import { Picture } from '../look/picture';
import { words } from '../look/words';
import { useRun } from '../stores/run-store';
import './card-choice.css';

const text = words.choice;

/** The pictures of a node's first two outputs over each other, pair by pair. */
export function CardCompare({ id, definition }: { id: string; definition: NodeDefinition }) {
  const outputs = useRun((state) => state.outputs.get(id));
  const [at, setAt] = useState(0);
  const [first = [], second = []] = Object.keys(definition.outputs).map((port) =>
    (outputs?.[port] ?? []).filter(isImageRef),
  );
  const pairs = Math.min(first.length, second.length);
  const place = Math.min(at, pairs - 1);
  const [a, b] = [first[place], second[place]];
  if (a === undefined || b === undefined) return <div className="card-well choice-empty" data-empty="true" />;
  const turn = (by: number) => setAt((place + by + pairs) % pairs);
  return (
    <div
      className="card-well compare-pair nodrag nokey"
      style={{ aspectRatio: String(Math.min(2.4, Math.max(0.74, a.width / a.height))) }}
    >
      <ReactCompareSlider
        aria-label={text.compare}
        style={{ width: '100%', height: '100%' }}
        itemOne={<Picture hash={a.hash} width={512} alt="A" />}
        itemTwo={<Picture hash={b.hash} width={512} alt="B" />}
      />
      <span className="compare-letter value" data-side="a" aria-hidden="true">
        A
      </span>
      <span className="compare-letter value" data-side="b" aria-hidden="true">
        B
      </span>
      {pairs < 2 ? null : (
        <div className="card-turn">
          <button type="button" aria-label={text.pairBefore} onClick={() => turn(-1)}>
            <ChevronLeft size={13} />
          </button>
          <span className="value">{text.pair(place + 1, pairs)}</span>
          <button type="button" aria-label={text.pairNext} onClick={() => turn(1)}>
            <ChevronRight size={13} />
          </button>
        </div>
      )}
    </div>
  );
}
