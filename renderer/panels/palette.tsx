import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useState } from 'react';
import type { NodeCatalogue, NodeDefinition } from '#core/node';
import type { PortType } from '#core/values';
import { NodeIcon } from '../look/icons';
import { PortSign } from '../look/port-sign';
import { translated, words } from '../look/words';
import { fittingNodes, portTypes, searchWords, type LooseEnd } from './fitting-nodes';
import { commandScore, paletteScore } from './palette-score';
import './palette.css';

export interface PaletteCommand {
  id: string;
  title: string;
  /** Rows with the same heading stand together. */
  heading: string;
  /** "Ctrl S". */
  keys?: string | undefined;
  /** Why it cannot be done now; `undefined` when it can. */
  whyNot: string | undefined;
}

type Mode = 'nodes' | 'commands';

/** The box in the middle of the window: adds a node, or runs a command. */
export function Palette({
  mode,
  catalogue,
  commands,
  looseEnd,
  inWire,
  onAdd,
  onCommand,
  onClose,
}: {
  mode: Mode;
  catalogue: NodeCatalogue;
  commands: readonly PaletteCommand[];
  /** The wire the new node is to be joined to. */
  looseEnd?: LooseEnd | undefined;
  /** What the wire carries that the new node is put into. */
  inWire?: PortType | undefined;
  onAdd: (type: string) => void;
  onCommand: (id: string) => void;
  onClose: () => void;
}) {
  const said = words.palette[mode];
  const [typed, setTyped] = useState('');
  return (
    <Dialog.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Overlay className="veil palette-veil" />
        <Dialog.Content className="palette" aria-describedby={undefined}>
          <Dialog.Title className="only-read-aloud">{said.title}</Dialog.Title>
          {/* cmdk does not bring the group of the best match to the top: what is typed is looked up here. */}
          <Command label={said.title} loop shouldFilter={false}>
            <div className="palette-head">
              <Search size={16} aria-hidden="true" />
              <Command.Input
                className="palette-input"
                value={typed}
                onValueChange={setTyped}
                placeholder={said.find}
              />
              {inWire === undefined || looseEnd !== undefined || mode === 'commands' ? null : (
                <span className="chip">
                  <PortSign type={inWire} />
                  {words.wires.intoWire}
                </span>
              )}
              {looseEnd === undefined || mode === 'commands' ? null : (
                <span className="chip">
                  <PortSign type={looseEnd.type} />
                  {looseEnd.side === 'output'
                    ? words.palette.takes(looseEnd.type)
                    : words.palette.gives(looseEnd.type)}
                </span>
              )}
            </div>
            <Command.List className="palette-list">
              <Command.Empty className="palette-empty">{said.nothing}</Command.Empty>
              {mode === 'nodes' ? (
                <NodeRows catalogue={catalogue} looseEnd={looseEnd} typed={typed} onAdd={onAdd} />
              ) : (
                <CommandRows commands={commands} typed={typed} onCommand={onCommand} />
              )}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function NodeRows({
  catalogue,
  looseEnd,
  typed,
  onAdd,
}: {
  catalogue: NodeCatalogue;
  looseEnd: LooseEnd | undefined;
  typed: string;
  onAdd: (type: string) => void;
}) {
  const fitting = fittingNodes(catalogue, looseEnd);
  const row = (definition: NodeDefinition) => (
    <Command.Item
      key={definition.type}
      value={definition.type}
      className="palette-row"
      data-group={definition.group}
      onSelect={() => onAdd(definition.type)}
    >
      <span className="palette-icon">
        <NodeIcon name={definition.icon} />
      </span>
      <span className="palette-words">
        <span className="palette-title">{definition.title}</span>
        <span className="palette-summary one-line">{translated(definition.summary)}</span>
      </span>
      <PortRow definition={definition} />
    </Command.Item>
  );
  if (typed.trim() !== '') {
    const all = fitting.flatMap(({ definitions }) => definitions);
    return ranked(all, (definition) => paletteScore(definition.title, searchWords(definition), typed)).map(
      row,
    );
  }
  return fitting.map(({ group, label, definitions }) => (
    <Command.Group key={group} heading={label} className="palette-group">
      {definitions.map(row)}
    </Command.Group>
  ));
}

function PortRow({ definition }: { definition: NodeDefinition }) {
  const { inputs, outputs } = portTypes(definition);
  return (
    <span className="palette-ports" aria-hidden="true">
      {inputs.map(({ type, many }) => (
        <PortSign key={type} type={type} many={many} />
      ))}
      <span className="faint">→</span>
      {outputs.length === 0 ? (
        <span className="faint">{words.palette.file}</span>
      ) : (
        outputs.map(({ type }) => <PortSign key={type} type={type} />)
      )}
    </span>
  );
}

function CommandRows({
  commands,
  typed,
  onCommand,
}: {
  commands: readonly PaletteCommand[];
  typed: string;
  onCommand: (id: string) => void;
}) {
  const row = (command: PaletteCommand) => (
    <Command.Item
      key={command.id}
      value={command.id}
      className="palette-row"
      data-simple="true"
      // Not disabled: it can be walked to, and says why it cannot be done.
      data-off={command.whyNot !== undefined}
      onSelect={() => onCommand(command.id)}
    >
      <span className="palette-words">
        <span className="palette-title">{command.title}</span>
        {command.whyNot === undefined ? null : (
          <span className="palette-summary one-line" title={command.whyNot}>
            {command.whyNot}
          </span>
        )}
      </span>
      {command.keys === undefined ? null : <Keys keys={command.keys} />}
    </Command.Item>
  );
  if (typed.trim() !== '') return ranked(commands, (command) => commandScore(command, typed)).map(row);
  const headings = [...new Set(commands.map((command) => command.heading))];
  return headings.map((heading) => (
    <Command.Group key={heading} heading={heading} className="palette-group">
      {commands.filter((command) => command.heading === heading).map(row)}
    </Command.Group>
  ));
}

/** Those that answer at all, the best first. */
function ranked<T>(all: readonly T[], score: (one: T) => number): T[] {
  return all
    .map((one) => ({ one, points: score(one) }))
    .filter(({ points }) => points > 0)
    .sort((left, right) => right.points - left.points)
    .map(({ one }) => one);
}

/** "Ctrl Shift S" as three keys. */
export function Keys({ keys }: { keys: string }) {
  return (
    <span className="keys">
      {keys.split(' ').map((key) => (
        <kbd key={key} className="key">
          {key}
        </kbd>
      ))}
    </span>
  );
}
