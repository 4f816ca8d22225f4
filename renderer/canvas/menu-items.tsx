import type { ComponentType, ReactNode } from 'react';
import type { CommandId } from '../commands/command';
import { editorState, findCommand, runCommand } from '../commands/command-list';
import { keyWords } from '../commands/keyboard';
import { whyNot } from '../commands/why-not';
import { useSession } from '../stores/session-store';

/** A line between two commands of a menu. */
export const line = null;

export const arrangeItems: readonly (CommandId | null)[] = [
  'arrange.align.left',
  'arrange.align.center',
  'arrange.align.right',
  'arrange.align.top',
  'arrange.align.middle',
  'arrange.align.bottom',
  line,
  'arrange.distribute.across',
  'arrange.distribute.down',
  line,
  'arrange.layout',
];

/** Rows of a menu, each a command; what cannot be done now is grey. `item` is the row of the kind of menu it is in. */
export function CommandItems({
  item: Item,
  ids,
}: {
  item: ComponentType<{
    className?: string;
    disabled?: boolean;
    title?: string | undefined;
    onSelect?: (event: Event) => void;
    children?: ReactNode;
  }>;
  ids: readonly (CommandId | null)[];
}) {
  const platform = useSession((state) => state.platform);
  const state = editorState();
  return ids.map((id, at) => {
    // oxlint-disable-next-line react/no-array-index-key -- a line has nothing else to be told by
    if (id === null) return <div key={`line ${at}`} className="menu-line" />;
    const command = findCommand(id);
    if (command === undefined) return null;
    const { icon: Icon, title, keys } = command;
    return (
      <Item
        key={id}
        className="menu-item"
        disabled={!command.enabled(state)}
        title={whyNot(command, state)}
        onSelect={() => runCommand(id)}
      >
        <Icon size={14} aria-hidden="true" />
        {title}
        {keys?.[0] === undefined ? null : (
          <span className="menu-item-hint">{keyWords(keys[0], platform)}</span>
        )}
      </Item>
    );
  });
}
