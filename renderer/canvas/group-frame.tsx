import { Handle, Position, type NodeProps } from '@xyflow/react';
import { Check, ChevronsDownUp, ChevronsUpDown, Palette, RedoDot, VolumeX } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { memo, useEffect, useRef, useState } from 'react';
import { groupColor, groupColors, setGroupColor } from '#core/document/edit-groups';
import type { DocumentGroup } from '#core/document/schema';
import { renameGroup, toggleCollapsed } from '../commands/groups';
import { toggleGroupMode } from '../commands/modes';
import { moneyRange } from '../look/format';
import { words } from '../look/words';
import { documentStore, useDocument } from '../stores/document-store';
import { useRun } from '../stores/run-store';
import { sessionStore, useSession } from '../stores/session-store';
import './group-frame.css';
import type { GroupNode } from './group-nodes';
import { groupState, groupStateWords, type GroupState } from './group-state';

const text = words.arrange.group;
const startRenaming = (id: string) => sessionStore.actions.set({ renamingGroup: id });

/** A frame behind the cards of a group. Its header moves them all. */
export const Frame = memo(function Frame({ data: { group: id }, selected }: NodeProps<GroupNode>) {
  const group = useDocument(({ document }) => document.groups?.[id]);
  if (group === undefined) return null;
  return (
    <section
      className="group-frame"
      data-color={groupColor(group.color)}
      data-mode={group.mode}
      data-selected={selected}
    >
      <GroupHead id={id} group={group} isFolded={false} />
    </section>
  );
}, sameGroup);

/** A group that is moved or grows is no other group. */
function sameGroup(before: NodeProps<GroupNode>, now: NodeProps<GroupNode>): boolean {
  return before.data === now.data && before.selected === now.selected;
}

/** A whole group as one small card: what is in it, how it stands, what it would cost. */
export const Folded = memo(function Folded({ data: { group: id }, selected }: NodeProps<GroupNode>) {
  const group = useDocument(({ document }) => document.groups?.[id]);
  const document = documentStore.getState().document;
  const nodes = group?.nodes ?? none;
  const state = useDocumentAndRun(id);
  if (group === undefined) return null;
  const there = nodes.filter((node) => Object.hasOwn(document.nodes, node)).length;
  return (
    <article
      className="card group-folded"
      data-color={groupColor(group.color)}
      data-group="other"
      data-off={group.mode}
      data-selected={selected}
    >
      <Handle
        id="in"
        type="target"
        position={Position.Left}
        className="port group-port"
        isConnectable={false}
      />
      <GroupHead id={id} group={group} isFolded />
      <p className="group-sum">
        <span className="group-count">{text.nodes(there)}</span>
        <span className="group-words one-line" data-failed={state.failed > 0}>
          {groupStateWords(state)}
        </span>
        {state.high > 0 ? (
          <span className="card-price value" data-kind="forecast" data-free="false">
            {moneyRange(state)}
          </span>
        ) : null}
      </p>
      <Handle
        id="out"
        type="source"
        position={Position.Right}
        className="port group-port"
        isConnectable={false}
      />
    </article>
  );
}, sameGroup);
const none: readonly string[] = [];

function useDocumentAndRun(id: string): GroupState {
  // As text, so that the card is drawn anew only when a number of it changed.
  const summed = useRun((run) => {
    const { document } = documentStore.getState();
    return JSON.stringify(groupState(run, document, document.groups?.[id]?.nodes ?? []));
  });
  return JSON.parse(summed) as GroupState;
}

function GroupHead({ id, group, isFolded }: { id: string; group: DocumentGroup; isFolded: boolean }) {
  const renaming = useSession((state) => state.renamingGroup === id);
  const color = groupColor(group.color);
  const Fold = isFolded ? ChevronsUpDown : ChevronsDownUp;
  return (
    <header className="group-head" onDoubleClick={() => startRenaming(id)}>
      <button
        type="button"
        className="icon-button group-button nodrag"
        aria-label={isFolded ? text.open : text.close}
        title={isFolded ? text.open : text.close}
        aria-expanded={!isFolded}
        onClick={() => toggleCollapsed([id])}
      >
        <Fold size={14} aria-hidden="true" />
      </button>
      {renaming ? (
        <GroupTitleField id={id} title={group.title} />
      ) : (
        <h3 className="group-title one-line" title={`${group.title} (${words.arrange.colors[color]})`}>
          {group.title}
        </h3>
      )}
      {group.mode === undefined ? null : (
        <span className="chip group-mode">{group.mode === 'mute' ? text.muted : text.bypassed}</span>
      )}
      <span className="group-buttons">
        <ModeButton id={id} mode="mute" isOn={group.mode === 'mute'} />
        <ModeButton id={id} mode="bypass" isOn={group.mode === 'bypass'} />
        {isFolded ? null : <ColorMenu id={id} color={color} />}
      </span>
    </header>
  );
}

function ModeButton({ id, mode, isOn }: { id: string; mode: 'mute' | 'bypass'; isOn: boolean }) {
  const Sign = mode === 'mute' ? VolumeX : RedoDot;
  return (
    <button
      type="button"
      className="icon-button group-button nodrag"
      aria-label={text[mode]}
      title={text[mode]}
      aria-pressed={isOn}
      onClick={() => toggleGroupMode([id], mode)}
    >
      <Sign size={14} aria-hidden="true" />
    </button>
  );
}

function ColorMenu({ id, color }: { id: string; color: string }) {
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <button
          type="button"
          className="icon-button group-button nodrag"
          aria-label={text.color}
          title={text.color}
        >
          <Palette size={14} aria-hidden="true" />
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4} collisionPadding={8}>
          {groupColors.map((one) => (
            <DropdownMenu.Item
              key={one}
              className="menu-item"
              onSelect={() => documentStore.actions.edit((document) => setGroupColor(document, id, one))}
            >
              <span className="group-swatch" data-color={one} aria-hidden="true" />
              {words.arrange.colors[one]}
              <span className="menu-item-hint">{one === color ? <Check size={13} /> : null}</span>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** The title while it is written. Escape leaves it as it was. */
function GroupTitleField({ id, title }: { id: string; title: string }) {
  const [draft, setDraft] = useState(title);
  const field = useRef<HTMLInputElement>(null);
  const kept = useRef(true);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const finish = () => {
    const next = draft.trim();
    if (kept.current && next !== title) renameGroup(id, next);
    sessionStore.actions.set({ renamingGroup: null });
  };
  return (
    <input
      ref={field}
      className="card-title-field group-title-field nodrag"
      aria-label={text.name}
      value={draft}
      maxLength={200}
      spellCheck={false}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={finish}
      onDoubleClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') kept.current = false;
        if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
      }}
    />
  );
}
