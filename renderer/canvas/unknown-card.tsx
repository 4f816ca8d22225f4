import { Handle, Position } from '@xyflow/react';
import { CircleHelp } from 'lucide-react';
import { portAddressOf, type DocumentNode } from '#core/document/schema';
import { words } from '../look/words';
import { useDocument } from '../stores/document-store';

/** A node of a kind this version does not know: kept as it is, with its wires. */
export function UnknownCard({ id, node, selected }: { id: string; node: DocumentNode; selected: boolean }) {
  const ports = useDocument(({ document }) =>
    document.edges
      .flatMap(({ from, to }) => {
        const [source, target] = [portAddressOf(from), portAddressOf(to)];
        return [
          ...(source.node === id ? [`output ${source.port}`] : []),
          ...(target.node === id ? [`input ${target.port}`] : []),
        ];
      })
      .join('\n'),
  );
  const rows = [...new Set(ports.split('\n'))].filter(Boolean).map((text) => text.split(' '));
  return (
    <article className="card" data-group="other" data-sign="blocked" data-selected={selected}>
      <header className="card-head">
        <span className="card-icon">
          <CircleHelp size={16} aria-hidden="true" />
        </span>
        <h3 className="card-title one-line">{node.title ?? node.type}</h3>
      </header>
      {rows.map(([side, port = '']) => (
        <div key={`${side} ${port}`} className="card-ports">
          <span className="card-port" data-side={side}>
            <Handle
              id={port}
              type={side === 'input' ? 'target' : 'source'}
              position={side === 'input' ? Position.Left : Position.Right}
              className="port"
              isConnectable={false}
            />
            {port}
          </span>
        </div>
      ))}
      <p className="card-unknown">{words.cards.unknown(node.type)}</p>
    </article>
  );
}
