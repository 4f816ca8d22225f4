import {
  AlignCenterHorizontal,
  AlignCenterVertical,
  AlignEndHorizontal,
  AlignEndVertical,
  AlignHorizontalSpaceBetween,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalSpaceBetween,
  ArrowDown,
  ArrowLeft,
  ArrowRight,
  ArrowUp,
  BoxSelect,
  ChevronsDownUp,
  CopyPlus,
  Expand,
  Group,
  Menu,
  Network,
  Palette,
  PenLine,
  SlidersHorizontal,
  Ungroup,
  type LucideIcon,
} from 'lucide-react';
import type { Direction, Side } from '#core/document/arrange';
import { groupColors } from '#core/document/edit-groups';
import { words } from '../look/words';
import { sessionStore } from '../stores/session-store';
import { alignSelected, distributeSelected, layOut, nudge } from './arrange';
import type { Way } from './arrange-ids';
import { canvas } from './canvas-handle';
import { chosenNodes } from './chosen';
import { duplicateNodes } from './clipboard';
import { always, hasNodes, hasSelection, type Command, type EditorState } from './command';
import { colorGroups, groupSelected, selectNodesOfGroups, toggleCollapsed, ungroup } from './groups';

const text = words.arrange;
const { heading } = text;
const session = () => sessionStore.getState();
const things = ({ session: { selected, selectedGroups } }: EditorState) =>
  selected.size + selectedGroups.size;
const isGrouped = ({ document, session: { selected, selectedGroups } }: EditorState) =>
  selectedGroups.size > 0 ||
  Object.values(document.document.groups ?? {}).some(({ nodes }) => nodes.some((id) => selected.has(id)));

const alignments: readonly [Side, LucideIcon, string][] = [
  ['left', AlignStartVertical, 'Alt+A'],
  ['center', AlignCenterVertical, 'Alt+H'],
  ['right', AlignEndVertical, 'Alt+D'],
  ['top', AlignStartHorizontal, 'Alt+W'],
  ['middle', AlignCenterHorizontal, 'Alt+V'],
  ['bottom', AlignEndHorizontal, 'Alt+S'],
];
const distributions: readonly [Direction, LucideIcon, string][] = [
  ['across', AlignHorizontalSpaceBetween, 'Alt+Shift+H'],
  ['down', AlignVerticalSpaceBetween, 'Alt+Shift+V'],
];
const nudges: readonly [Way, LucideIcon, key: string, far: keyof typeof text.nudge][] = [
  ['left', ArrowLeft, 'ArrowLeft', 'farLeft'],
  ['right', ArrowRight, 'ArrowRight', 'farRight'],
  ['up', ArrowUp, 'ArrowUp', 'farUp'],
  ['down', ArrowDown, 'ArrowDown', 'farDown'],
];

/** All cards as they are, or all but these the other way. */
function toggleCards(): void {
  const { otherDensity } = session();
  const chosen = [...chosenNodes()];
  const isOn = chosen.every((id) => otherDensity.has(id));
  const next = new Set(otherDensity);
  for (const id of chosen)
    if (isOn) next.delete(id);
    else next.add(id);
  sessionStore.actions.set({ otherDensity: next });
}

export const arrangeCommands: readonly Command[] = [
  {
    id: 'group.make',
    title: text.group.make,
    heading,
    icon: Group,
    keys: ['Mod+G'],
    enabled: hasSelection,
    run: groupSelected,
  },
  {
    id: 'group.remove',
    title: text.group.remove,
    heading,
    icon: Ungroup,
    keys: ['Mod+Shift+G'],
    enabled: isGrouped,
    run: ungroup,
  },
  {
    id: 'group.rename',
    title: text.group.rename,
    heading,
    icon: PenLine,
    enabled: ({ session: { selectedGroups } }) => selectedGroups.size === 1,
    run: () => sessionStore.actions.set({ renamingGroup: [...session().selectedGroups][0] ?? null }),
  },
  {
    id: 'group.collapse',
    title: text.group.collapse,
    heading,
    icon: ChevronsDownUp,
    keys: ['Shift+G'],
    enabled: isGrouped,
    run: () => toggleCollapsed(),
  },
  {
    id: 'group.select',
    title: text.group.select,
    heading,
    icon: BoxSelect,
    enabled: isGrouped,
    run: selectNodesOfGroups,
  },
  ...groupColors.map((color): Command => ({
    id: `group.color.${color}`,
    title: text.group.colorOf(text.colors[color]),
    heading,
    icon: Palette,
    enabled: isGrouped,
    run: () => colorGroups(color),
  })),
  ...alignments.map(([side, icon, key]): Command => ({
    id: `arrange.align.${side}`,
    title: text.align[side],
    heading,
    icon,
    keys: [key],
    enabled: (state) => things(state) > 1,
    run: () => alignSelected(side),
  })),
  ...distributions.map(([direction, icon, key]): Command => ({
    id: `arrange.distribute.${direction}`,
    title: text.distribute[direction],
    heading,
    icon,
    keys: [key],
    enabled: (state) => things(state) > 2,
    run: () => distributeSelected(direction),
  })),
  {
    id: 'arrange.layout',
    title: text.layout,
    heading,
    icon: Network,
    keys: ['Shift+L'],
    enabled: hasNodes,
    run: layOut,
  },
  ...nudges.flatMap(([way, icon, key, far]): Command[] => [
    {
      id: `arrange.nudge.${way}`,
      title: text.nudge[way],
      heading,
      icon,
      keys: [key],
      enabled: hasSelection,
      run: () => nudge(way),
    },
    {
      id: `arrange.nudgeFar.${way}`,
      title: text.nudge[far],
      heading,
      icon,
      keys: [`Shift+${key}`],
      enabled: hasSelection,
      run: () => nudge(way, true),
    },
  ]),
  {
    id: 'edit.duplicateWired',
    title: text.duplicateWired,
    heading,
    icon: CopyPlus,
    keys: ['Mod+Shift+D'],
    enabled: hasSelection,
    run: () => duplicateNodes(chosenNodes(), true),
  },
  {
    id: 'view.bench',
    title: text.bench,
    heading,
    icon: SlidersHorizontal,
    keys: ['D'],
    enabled: always,
    run: () =>
      sessionStore.actions.set({
        density: session().density === 'bench' ? 'card' : 'bench',
        otherDensity: new Set(),
      }),
  },
  {
    id: 'view.benchCard',
    title: text.benchCard,
    heading,
    icon: SlidersHorizontal,
    keys: ['Shift+D'],
    enabled: hasSelection,
    run: toggleCards,
  },
  {
    id: 'view.clean',
    title: text.clean,
    heading,
    icon: Expand,
    keys: ['Mod+\\', 'H'],
    enabled: always,
    run: () => sessionStore.actions.set({ clean: !session().clean }),
  },
  {
    id: 'view.menu',
    title: text.menu,
    heading,
    icon: Menu,
    keys: ['ContextMenu', 'Shift+F10'],
    enabled: always,
    run: () => canvas()?.openMenu(),
  },
];
