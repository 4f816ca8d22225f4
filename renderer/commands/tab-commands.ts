import { ArrowLeftToLine, ArrowRightToLine, PanelTop, PencilLine, RotateCcwSquare, X } from 'lucide-react';
import { words } from '../look/words';
import { documentStore } from '../stores/document-store';
import { sessionStore } from '../stores/session-store';
import { closeTab } from './closing';
import { always, type Command, type EditorState } from './command';
import { moveTabBy, reopenTab, showNextTab, showTabNumber } from './tabs';

const hasSeveral = ({ document }: EditorState) => document.tabs.length > 1;
/** A dialog may be about the tab that is shown. */
const isFree = ({ session }: EditorState) => session.overlay === null;
const texts = words.tabs;

/** The ninth is the last one, however many there are. */
const numbered = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((number): Command => ({
  id: `tab.show${number}`,
  title: texts.show(number),
  heading: words.commands.headings.file,
  icon: PanelTop,
  keys: [`Mod+${number}`],
  inFields: true,
  isUnlisted: number > 1 && number < 9,
  enabled: ({ document }) => (number === 9 ? document.tabs.length > 1 : document.tabs.length >= number),
  run: () => showTabNumber(number),
}));

export const tabCommands: readonly Command[] = [
  {
    id: 'tab.close',
    title: texts.close,
    heading: words.commands.headings.file,
    icon: X,
    keys: ['Mod+W', 'Mod+F4'],
    inFields: true,
    enabled: isFree,
    run: () => closeTab(documentStore.getState().tab),
  },
  {
    id: 'tab.reopen',
    title: texts.reopen,
    heading: words.commands.headings.file,
    icon: RotateCcwSquare,
    keys: ['Mod+Shift+T'],
    inFields: true,
    enabled: ({ document }) => document.closed > 0,
    run: reopenTab,
  },
  {
    id: 'tab.next',
    title: texts.next,
    heading: words.commands.headings.file,
    icon: ArrowRightToLine,
    keys: ['Mod+Tab', 'Other+Tab', 'Mod+PageDown'],
    inFields: true,
    enabled: hasSeveral,
    run: () => showNextTab(1),
  },
  {
    id: 'tab.previous',
    title: texts.previous,
    heading: words.commands.headings.file,
    icon: ArrowLeftToLine,
    keys: ['Mod+Shift+Tab', 'Other+Shift+Tab', 'Mod+PageUp'],
    inFields: true,
    enabled: hasSeveral,
    run: () => showNextTab(-1),
  },
  {
    id: 'tab.moveLeft',
    title: texts.moveLeft,
    heading: words.commands.headings.file,
    icon: ArrowLeftToLine,
    keys: ['Mod+Shift+PageUp'],
    inFields: true,
    enabled: hasSeveral,
    run: () => moveTabBy(-1),
  },
  {
    id: 'tab.moveRight',
    title: texts.moveRight,
    heading: words.commands.headings.file,
    icon: ArrowRightToLine,
    keys: ['Mod+Shift+PageDown'],
    inFields: true,
    enabled: hasSeveral,
    run: () => moveTabBy(1),
  },
  {
    id: 'tab.rename',
    title: texts.rename,
    heading: words.commands.headings.file,
    icon: PencilLine,
    enabled: always,
    run: () => sessionStore.actions.set({ namingTab: true }),
  },
  ...numbered,
];
