import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useMemo, useState } from 'react';
import type { WorkflowDocument } from '#core/document/schema';
import type { NodeCatalogue } from '#core/node';
import { NodeIcon } from '../look/icons';
import { words } from '../look/words';
import { findInWorkflow, type FoundNode } from './find-in-workflow';
import './palette.css';
import './find-dialog.css';

/** Looks through the workflow; the row that is walked over is shown on the canvas behind. */
export function FindDialog({
  document,
  catalogue,
  onLook,
  onClose,
}: {
  document: WorkflowDocument;
  catalogue: NodeCatalogue;
  /** A row has the focus: the canvas shows it. */
  onLook: (node: string) => void;
  /** `chosen`: the node is what was looked for. */
  onClose: (chosen: boolean) => void;
}) {
  const [typed, setTyped] = useState('');
  const [row, setRow] = useState('');
  const found = useMemo(() => findInWorkflow(document, catalogue, typed), [document, catalogue, typed]);
  const walk = (node: string) => {
    setRow(node);
    if (found.some(({ id }) => id === node)) onLook(node);
  };
  return (
    <Dialog.Root open onOpenChange={(open) => (open ? undefined : onClose(false))}>
      <Dialog.Portal>
        <Dialog.Content className="palette find" aria-describedby={undefined}>
          <Dialog.Title className="only-read-aloud">{words.find.title}</Dialog.Title>
          <Command label={words.find.title} loop shouldFilter={false} value={row} onValueChange={walk}>
            <div className="palette-head">
              <Search size={16} aria-hidden="true" />
              <Command.Input
                className="palette-input"
                value={typed}
                onValueChange={setTyped}
                placeholder={words.find.placeholder}
              />
              <output className={typed.trim() === '' ? undefined : 'chip'}>
                {typed.trim() === '' ? '' : words.find.count(found.length)}
              </output>
            </div>
            <Command.List className="palette-list">
              <Command.Empty className="palette-empty">
                {typed.trim() === '' ? words.find.hint : words.find.nothing}
              </Command.Empty>
              {found.map((one) => (
                <FindRow key={one.id} found={one} onChoose={() => onClose(true)} />
              ))}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function FindRow({ found, onChoose }: { found: FoundNode; onChoose: () => void }) {
  const { id, title, icon, group, where, before, match, after } = found;
  return (
    <Command.Item value={id} className="palette-row" data-group={group} onSelect={onChoose}>
      <span className="palette-icon">{icon === undefined ? null : <NodeIcon name={icon} />}</span>
      <span className="palette-words">
        <span className="palette-title one-line">{title}</span>
        <span className="palette-summary one-line">
          <span className="find-where">{where}</span> {before}
          <mark className="find-match">{match}</mark>
          {after}
        </span>
      </span>
    </Command.Item>
  );
}
