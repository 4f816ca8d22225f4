import { Handle, Position } from '@xyflow/react';
import { memo, type KeyboardEvent } from 'react';
import { addressText } from '#core/document/schema';
import type { PortType } from '#core/values';
import { showNote } from '../commands/notices';
import { endWire, wireByKey } from '../commands/wiring';
import { PortSign } from '../look/port-sign';
import { useSession } from '../stores/session-store';

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
    if (event.key === 'Escape') endWire();
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    event.stopPropagation();
    const reason = wireByKey({ node, port }, side);
    if (reason !== null) showNote(reason);
  };
  const isInput = side === 'input';
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
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- React Flow's Handle is a div; it cannot be another tag
      role="button"
      tabIndex={0}
      aria-label={`${isInput ? 'Input' : 'Output'} ${label} of ${nodeTitle}`}
      title={`${label}: ${many ? `${type}s, in order` : type}${missing ? ', needed' : ''}`}
      onKeyDown={press}
    >
      <PortSign type={type} many={many} />
    </Handle>
  );
});
