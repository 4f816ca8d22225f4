import { Handle, Position } from '@xyflow/react';
import { memo, type KeyboardEvent } from 'react';
import { addressText } from '#core/document/schema';
import type { PortType } from '#core/values';
import { letGo, pressPort, replugAt, unplug, walk } from '../commands/keyboard-wiring';
import { words } from '../look/words';
import { PortSign } from '../look/port-sign';
import { useDocument } from '../stores/document-store';
import { useSession } from '../stores/session-store';
import { wireCounts } from './incoming';
import { WhenNear } from './near-only';

/** Where the arrow keys lead: over the ports of the card, or, with a wire in hand, over those it may go to. */
const steps: Readonly<Record<string, 1 | -1>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

function focusPortBeside(port: Element, step: 1 | -1): void {
  const all = [...(port.closest('.react-flow__node')?.querySelectorAll<HTMLElement>('.port') ?? [])];
  all[(all.findIndex((one) => one === port) + step + all.length) % all.length]?.focus();
}

/** The end of wires on a card: a sign by type, with room for the pointer around it. */
export const Port = memo(function Port({
  node,
  nodeTitle,
  port,
  side,
  type,
  label,
  many = false,
  missing = false,
}: {
  node: string;
  nodeTitle: string;
  port: string;
  side: 'input' | 'output';
  type: PortType;
  label: string;
  /** It takes a whole list. */
  many?: boolean;
  /** It needs a wire and has none. */
  missing?: boolean;
}) {
  const fit = useSession(({ drawing }) => {
    if (drawing === null) return undefined;
    const { wire, fits } = drawing;
    if (wire.node === node && wire.port === port && wire.side === side) return 'origin';
    return wire.side !== side && fits.has(addressText({ node, port })) ? 'yes' : 'no';
  });
  const press = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const here = { node, port };
    const step = steps[event.key];
    const isDrawing = fit !== undefined;
    if (event.key === 'Enter' || event.key === ' ') pressPort(here, side);
    else if (event.key === 'Escape' && isDrawing) letGo();
    else if (step !== undefined && isDrawing) walk(here, side, step);
    else if (step !== undefined) focusPortBeside(event.currentTarget, step);
    else if (event.key === 'Delete' || event.key === 'Backspace') unplug(here, side);
    else if (event.key === 'r') replugAt(here, side);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const isInput = side === 'input';
  const wires = useDocument(
    ({ document }) => wireCounts(document.edges, side).get(addressText({ node, port })) ?? 0,
  );
  return (
    <Handle
      id={port}
      type={isInput ? 'target' : 'source'}
      position={isInput ? Position.Left : Position.Right}
      className="port"
      data-type={type}
      data-side={side}
      data-fit={fit}
      data-missing={missing}
      data-wired={wires > 0}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- React Flow's Handle is a div; it cannot be another tag
      role="button"
      tabIndex={0}
      aria-label={words.wires.port.name(side, label, nodeTitle, missing, wires)}
      title={words.cards.portTip(label, type, many, missing)}
      onKeyDown={press}
    >
      <WhenNear>
        <PortSign type={type} many={many} />
      </WhenNear>
    </Handle>
  );
});
