import type { AppStart } from '#core/ipc';
import { words } from '../look/words';
import { sessionStore, viewOf } from '../stores/session-store';
import { pasteText } from './clipboard';
import { focusedShelf, pasteReferences } from './references';
import type { Command } from './command';
import { pasteOnForm } from './form';
import { commands, editorState, findCommand, notePaste } from './command-list';

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** A key press as the command list writes it: "Mod+Shift+S", "Delete". */
export function pressedKeys(event: Pressed, platform: AppStart['platform']): string {
  const isMac = platform === 'darwin';
  const modified = isMac ? event.metaKey : event.ctrlKey;
  const foreign = isMac ? event.ctrlKey : event.metaKey;
  const key = event.key === ' ' ? 'Space' : event.key.length === 1 ? event.key.toUpperCase() : event.key;
  // What a shifted sign key gives differs by layout, and the sign itself says it all.
  const isSign = event.key.length === 1 && event.key.toLowerCase() === event.key.toUpperCase();
  return [
    ...(modified ? ['Mod'] : []),
    ...(foreign ? ['Other'] : []),
    ...(event.altKey ? ['Alt'] : []),
    ...(event.shiftKey && !(isSign && event.key !== ' ') ? ['Shift'] : []),
    key,
  ].join('+');
}

/** "Mod+Shift+S" as the person's keyboard names it: "Ctrl Shift S", on a Mac "⌘ ⇧ S". */
export function keyWords(keys: string, platform: AppStart['platform']): string {
  const isMac = platform === 'darwin';
  // On a Mac Cmd Tab is the system's own; Ctrl is what tabs are turned with everywhere.
  if (isMac && keys.startsWith('Mod+') && keys.endsWith('Tab'))
    return keyWords(keys.replace('Mod', '⌃'), platform);
  const { keyNames } = words.commands;
  const named: Readonly<Record<string, string>> = isMac
    ? { ...keyNames, Mod: '⌘', Shift: '⇧', Alt: '⌥', Other: '⌃', Enter: '↩', Delete: '⌦', Backspace: '⌫' }
    : { ...keyNames, '=': '+' };
  const arrows: Record<string, string> = { ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓' };
  return keys
    .split('+')
    .map((key) => named[key] ?? arrows[key] ?? key)
    .join(' ');
}

/** The command a key press means here. */
export function commandFor(list: readonly Command[], keys: string, isInField: boolean): Command | undefined {
  return list.find(
    (command) => command.keys?.includes(keys) === true && (!isInField || command.inFields === true),
  );
}

function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  const plain = ['button', 'checkbox', 'radio', 'range', 'color'];
  return target instanceof HTMLInputElement && !plain.includes(target.type);
}

/** Keys that move the focus or press what has it: they are the canvas's only where nothing of the kind is meant. */
const plainKeys = new Set(['Tab', 'Shift+Tab', 'Space', 'Enter', 'Escape']);
const isArrow = (keys: string) => /^(Shift\+)?Arrow(Left|Right|Up|Down)$/.test(keys);

/** A letter chooses a row of the list that has the focus. */
function isChoosing(keys: string, target: EventTarget | null): boolean {
  if (!/^(Shift\+)?[A-Z]$/.test(keys) || !(target instanceof Element)) return false;
  return target.closest('[role="listbox"], [role="combobox"], [role="menu"]') !== null;
}

const canvasPlaces =
  '.react-flow, .react-flow__pane, .react-flow__node, .react-flow__edge, .react-flow__nodesselection-rect';

function isOnCanvas(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return target === document.body || target.matches(canvasPlaces);
}

function isUnderDialog(): boolean {
  return document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;
}

function press(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || isUnderDialog()) return;
  const session = sessionStore.getState();
  const { platform } = session;
  const keys = pressedKeys(event, platform);
  if ((plainKeys.has(keys) || isArrow(keys)) && !isOnCanvas(event.target)) {
    if (keys === 'Escape') leaveToCard(event.target);
    return;
  }
  if (isChoosing(keys, event.target)) return;
  // The system's own key, to minimise the window.
  if (keys === 'Mod+M' && platform === 'darwin') return;
  // A card with the focus is left by Tab like anything else.
  if (keys.endsWith('Tab') && event.target instanceof Element && event.target.matches('.react-flow__node'))
    return;
  // The browser's own paste carries the clipboard, which a key press does not.
  if (keys === 'Mod+V') return;
  let command = commandFor(commands(session), keys, isTextField(event.target));
  if (keys === 'Space' && command?.enabled(editorState()) !== true) command = findCommand('edit.addNode');
  if (command === undefined) return;
  event.preventDefault();
  if (command.enabled(editorState())) void command.run();
}

/** Escape in a field or a port of a card: back to the card, from where the arrow keys lead on. */
function leaveToCard(target: EventTarget | null): void {
  const card = target instanceof Element ? target.closest<HTMLElement>('.react-flow__node') : null;
  if (card !== null && card !== target) card.focus();
}

/**
 * An arrow or Enter with a modifier is a command's before it is the canvas's, which would move the selected cards by the
 * one and add to the selection by the other.
 */
function pressFirst(event: KeyboardEvent): void {
  const isModified = event.altKey || event.ctrlKey || event.metaKey;
  const isCanvasKey = event.key.startsWith('Arrow') || event.key === 'Enter';
  if (!isModified || !isCanvasKey || !(event.target instanceof Element)) return;
  if (event.target.closest('.react-flow') === null) return;
  press(event);
  if (event.defaultPrevented) event.stopPropagation();
}

function paste(event: ClipboardEvent): void {
  if (isTextField(event.target) || isUnderDialog()) return;
  event.preventDefault();
  notePaste(event.timeStamp);
  if (viewOf(sessionStore.getState()) === 'form') {
    const field = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-param]') : null;
    void pasteOnForm(field?.dataset['param']);
    return;
  }
  const shelf = focusedShelf();
  if (shelf !== undefined) {
    void pasteReferences([...(event.clipboardData?.files ?? [])], shelf);
    return;
  }
  void pasteText(event.clipboardData?.getData('text/plain') ?? '');
}

/** Listens to the keyboard; gives a function that stops. */
export function listenToKeys(): () => void {
  const stop = new AbortController();
  window.addEventListener('keydown', pressFirst, { signal: stop.signal, capture: true });
  window.addEventListener('keydown', press, { signal: stop.signal });
  // React Flow moves cards by arrow keys too, each press an undo step of its own; here they are a command.
  window.addEventListener(
    'keydown',
    (event) => {
      const { selected, selectedGroups, platform } = sessionStore.getState();
      if (!isArrow(pressedKeys(event, platform)) || !isOnCanvas(event.target)) return;
      if (selected.size + selectedGroups.size === 0) return;
      press(event);
      event.stopPropagation();
    },
    { signal: stop.signal, capture: true },
  );
  document.addEventListener('paste', paste, { signal: stop.signal });
  return () => stop.abort();
}
