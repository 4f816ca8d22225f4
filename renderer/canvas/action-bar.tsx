import { useStore } from '@xyflow/react';
import { ChevronDown, LayoutGrid } from 'lucide-react';
import { DropdownMenu, Toolbar } from 'radix-ui';
import { useMemo } from 'react';
import { around, type Box } from '#core/document/arrange';
import type { CommandId } from '../commands/command';
import { editorState, findCommand, runCommand } from '../commands/command-list';
import { keyWords } from '../commands/keyboard';
import { Tip } from '../look/tip';
import { words } from '../look/words';
import { useRun } from '../stores/run-store';
import { useSession } from '../stores/session-store';
import './action-bar.css';
import { boxOfCard, groupOfNode, type CanvasNode } from './group-nodes';
import { arrangeItems, CommandItems } from './menu-items';

const height = 36;
const distance = 14;

const ofCards: readonly CommandId[] = ['run.selected', 'edit.duplicate', 'edit.mute', 'edit.bypass'];
const ofGroups: readonly CommandId[] = [
  'run.selected',
  'edit.duplicate',
  'edit.muteGroup',
  'edit.bypassGroup',
];

/** What can be done with the selection, floating above it. It follows the canvas without drawing anything anew. */
export function ActionBar({ nodes }: { nodes: readonly CanvasNode[] }) {
  const selected = useMemo(() => nodes.filter((node) => node.selected === true), [nodes]);
  const box = useMemo(() => around(selected.map(boxOfCard)), [selected]);
  if (box === undefined || selected.length === 0) return null;
  return (
    <Bar
      box={box}
      count={selected.length}
      onlyGroups={selected.every(({ id }) => groupOfNode(id) !== undefined)}
    />
  );
}

function Bar({ box, count, onlyGroups }: { box: Box; count: number; onlyGroups: boolean }) {
  const place = useStore(({ transform: [x, y, zoom], width, height: paneHeight }) => {
    const above = box.y * zoom + y - height - distance;
    const below = (box.y + box.height) * zoom + y + distance;
    const middle = (box.x + box.width / 2) * zoom + x;
    // Nothing of the selection is seen: the bar would point nowhere.
    const isSeen =
      below > distance &&
      above < paneHeight &&
      (box.x + box.width) * zoom + x > 0 &&
      box.x * zoom + x < width;
    if (!isSeen) return '';
    const top = above >= 8 ? above : below + height <= paneHeight - 8 ? below : 8;
    return `translate(${Math.round(Math.min(Math.max(middle, 130), width - 130))}px, ${Math.round(top)}px)`;
  });
  const overlay = useSession((state) => state.overlay);
  // What can be run and done follows the run.
  useRun((state) => state.starting);
  if (place === '' || overlay !== null) return null;
  const state = editorState();
  const button = (id: CommandId) => (
    <BarButton key={id} id={id} isOn={findCommand(id)?.enabled(state) === true} />
  );
  return (
    <div className="action-bar-place" style={{ transform: place }}>
      <Toolbar.Root className="action-bar" aria-label={words.arrange.bar}>
        {count < 2 ? null : <span className="action-bar-count value">{words.arrange.selected(count)}</span>}
        {(onlyGroups ? ofGroups : ofCards).map(button)}
        <Toolbar.Separator className="action-bar-line" />
        {onlyGroups ? [button('group.collapse'), button('group.remove')] : button('group.make')}
        <DropdownMenu.Root>
          <Toolbar.Button asChild>
            <DropdownMenu.Trigger
              className="icon-button action-bar-menu"
              aria-label={words.arrange.more}
              title={words.arrange.more}
            >
              <LayoutGrid size={15} aria-hidden="true" />
              <ChevronDown size={11} aria-hidden="true" />
            </DropdownMenu.Trigger>
          </Toolbar.Button>
          <DropdownMenu.Portal>
            <DropdownMenu.Content className="menu" align="start" sideOffset={6} collisionPadding={8}>
              <CommandItems item={DropdownMenu.Item} ids={arrangeItems} />
            </DropdownMenu.Content>
          </DropdownMenu.Portal>
        </DropdownMenu.Root>
        {onlyGroups ? null : (
          <>
            <Toolbar.Separator className="action-bar-line" />
            {button('edit.delete')}
          </>
        )}
      </Toolbar.Root>
    </div>
  );
}

function BarButton({ id, isOn }: { id: CommandId; isOn: boolean }) {
  const platform = useSession((state) => state.platform);
  const command = findCommand(id);
  if (command === undefined) return null;
  const { icon: Icon, title, keys } = command;
  return (
    <Tip text={title} side="top" {...(keys?.[0] === undefined ? {} : { keys: keyWords(keys[0], platform) })}>
      <Toolbar.Button
        className="icon-button"
        aria-label={title}
        disabled={!isOn}
        onClick={() => runCommand(id)}
      >
        <Icon size={15} aria-hidden="true" />
      </Toolbar.Button>
    </Tip>
  );
}
