import { ViewportPortal, type Node as FlowNode } from '@xyflow/react';
import { portAddressOf } from '#core/document/schema';
import { canvas } from '../commands/canvas-handle';
import { holdOverWire } from '../commands/wire-drop';
import { useSession } from '../stores/session-store';
import { WireKeeper } from './wire-keeper';
import { pathText, wireCurves } from './wire-path';
import { wireUnder } from './wire-under';
import { wireWays } from './wire-ways';

/** A card is dragged: over a wire it could be put into, the wire makes room. Several cards are never put into one. */
export function holdCard(card: FlowNode, all: readonly FlowNode[]): void {
  const { width, height } = card.measured ?? {};
  if (all.length !== 1 || width === undefined || height === undefined)
    return holdOverWire(card.id, undefined);
  const others = [...wireWays.drawn].filter(
    ([, { source, target }]) => source !== card.id && target !== card.id,
  );
  holdOverWire(card.id, wireUnder({ ...card.position, width, height }, others));
}

/** What belongs to all wires: their ways, the wire drawn by keyboard, and what is said of it. */
export function Wiring() {
  return (
    <>
      <WireKeeper />
      <AimedWire />
      <Said />
    </>
  );
}

/** What was said last, for those who listen. */
function Said() {
  const said = useSession((state) => state.said);
  return (
    <output className="only-read-aloud" aria-live="polite">
      {said}
    </output>
  );
}

/** The wire as it would be if it were put down at the port the keyboard has walked to. */
function AimedWire() {
  const drawing = useSession((state) => state.drawing);
  if (drawing?.aim === undefined) return null;
  const { wire, aim } = drawing;
  const own = canvas()?.portPlace(wire, wire.side);
  const other = canvas()?.portPlace(portAddressOf(aim), wire.side === 'output' ? 'input' : 'output');
  if (own === undefined || other === undefined) return null;
  const path = pathText(wire.side === 'output' ? wireCurves(own, other) : wireCurves(other, own));
  return (
    <ViewportPortal>
      <svg className="aimed-wire" aria-hidden="true">
        <g className="wire" data-type={wire.type} data-state="aimed">
          <path className="wire-casing" d={path} />
          <path className="wire-core" d={path} />
        </g>
      </svg>
    </ViewportPortal>
  );
}
