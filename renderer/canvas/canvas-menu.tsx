import { ChevronRight, LayoutGrid, Palette } from 'lucide-react';
import { ContextMenu } from 'radix-ui';
import { useRef, useState, type MouseEvent, type ReactElement } from 'react';
import { groupColors } from '#core/document/edit-groups';
import type { CommandId } from '../commands/command';
import { subgraphAt } from '../commands/subgraphs';
import { words } from '../look/words';
import { documentStore } from '../stores/document-store';
import { sessionStore } from '../stores/session-store';
import { groupOfNode } from './group-nodes';
import { arrangeItems, CommandItems, line } from './menu-items';

type Place = 'canvas' | 'card' | 'subgraph' | 'wire' | 'group';
type Ids = readonly (CommandId | null)[];

const ofCard: Ids = [
  'edit.look',
  'run.selected',
  'run.from',
  'run.newTake',
  line,
  'edit.rename',
  'edit.copy',
  'edit.cut',
  'edit.duplicate',
  'edit.duplicateWired',
  line,
  'edit.mute',
  'edit.bypass',
  'edit.pin',
  'view.benchCard',
  line,
  'group.make',
  'edit.makeSubgraph',
];

const first: Record<Place, Ids> = {
  canvas: [
    'edit.addNode',
    'edit.paste',
    'edit.selectAll',
    line,
    'arrange.layout',
    'view.fit',
    'view.bench',
    'view.clean',
    line,
    'app.commands',
  ],
  wire: ['edit.delete'],
  group: [
    'group.rename',
    'group.collapse',
    'group.select',
    line,
    'run.selected',
    'edit.muteGroup',
    'edit.bypassGroup',
    'edit.makeSubgraph',
    line,
    'edit.copy',
    'edit.duplicate',
    'edit.duplicateWired',
  ],
  card: ofCard,
  subgraph: ['edit.openSubgraph', 'edit.unpackSubgraph', 'edit.saveAsNode', line, ...ofCard],
};
const last: Record<Place, Ids> = {
  canvas: [],
  wire: [],
  group: ['group.remove'],
  card: ['edit.delete'],
  subgraph: ['edit.delete'],
};

/** Selects what the menu is asked for, unless it is selected already, and says what it is. */
function placeAt(target: Element): Place {
  const { selected, selectedGroups, selectedWires } = sessionStore.getState();
  const node = target.closest<HTMLElement>('.react-flow__node')?.dataset['id'];
  const wire = target.closest<SVGElement>('.react-flow__edge')?.dataset['id'];
  if (target.closest('.react-flow__nodesselection') !== null) return 'card';
  if (node !== undefined) {
    const group = groupOfNode(node);
    if (group !== undefined) {
      if (!selectedGroups.has(group)) sessionStore.actions.select([], [], [group]);
      return 'group';
    }
    if (!selected.has(node)) sessionStore.actions.select([node]);
    const isAlone = sessionStore.getState().selected.size === 1;
    const subgraph = subgraphAt(documentStore.getState().document, node);
    return isAlone && subgraph !== undefined ? 'subgraph' : 'card';
  }
  if (wire !== undefined) {
    if (!selectedWires.has(wire)) sessionStore.actions.select([], [wire]);
    return 'wire';
  }
  return 'canvas';
}

/** The menu of whatever lies under the pointer, or of the selection when a key asks for it. All of it are commands. */
export function CanvasMenu({ children }: { children: ReactElement }) {
  const [place, setPlace] = useState<Place>('canvas');
  const before = useRef<Element | null>(null);
  const note = (event: MouseEvent) => {
    const { target } = event;
    if (!(target instanceof Element)) return;
    // A field has the system's own menu, of cut and paste.
    if (target.closest('input, textarea, [contenteditable="true"]') !== null) event.stopPropagation();
    else setPlace(placeAt(target));
    before.current = document.activeElement;
  };
  return (
    <ContextMenu.Root>
      <ContextMenu.Trigger className="canvas-menu-area" onContextMenuCapture={note}>
        {children}
      </ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content
          className="menu canvas-menu"
          collisionPadding={8}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            // A command may have put the focus elsewhere, into a title to be written.
            if (document.activeElement === document.body && before.current instanceof HTMLElement)
              before.current.focus({ preventScroll: true });
          }}
        >
          <CommandItems item={ContextMenu.Item} ids={first[place]} />
          {place === 'wire' || place === 'canvas' ? null : (
            <>
              <Submenu icon={LayoutGrid} title={words.arrange.more} ids={arrangeItems} />
              {place === 'group' ? (
                <Submenu
                  icon={Palette}
                  title={words.arrange.group.color}
                  ids={groupColors.map((color) => `group.color.${color}` as const)}
                />
              ) : null}
            </>
          )}
          {last[place].length === 0 ? null : <div className="menu-line" />}
          <CommandItems item={ContextMenu.Item} ids={last[place]} />
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

function Submenu({ icon: Icon, title, ids }: { icon: typeof Palette; title: string; ids: Ids }) {
  return (
    <ContextMenu.Sub>
      <ContextMenu.SubTrigger className="menu-item">
        <Icon size={14} aria-hidden="true" />
        {title}
        <span className="menu-item-hint">
          <ChevronRight size={13} aria-hidden="true" />
        </span>
      </ContextMenu.SubTrigger>
      <ContextMenu.Portal>
        <ContextMenu.SubContent className="menu" collisionPadding={8}>
          <CommandItems item={ContextMenu.Item} ids={ids} />
        </ContextMenu.SubContent>
      </ContextMenu.Portal>
    </ContextMenu.Sub>
  );
}
