import type { AppStart } from '#core/ipc';
import { sessionStore } from '../stores/session-store';
import { pasteText } from './clipboard';
import type { Command } from './command';
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
  const words: Record<string, string> = isMac
    ? { Mod: '⌘', Shift: '⇧', Alt: '⌥', Enter: '↩', Delete: '⌦', Backspace: '⌫' }
    : { Mod: 'Ctrl', Enter: 'Enter', '=': '+' };
  return keys
    .split('+')
    .map((key) => words[key] ?? key)
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
const plainKeys = new Set(['Tab', 'Space', 'Enter', 'Escape']);

/** A letter chooses a row of the list that has the focus. */
function isChoosing(keys: string, target: EventTarget | null): boolean {
  if (!/^(Shift\+)?[A-Z]$/.test(keys) || !(target instanceof Element)) return false;
  return target.closest('[role="listbox"], [role="combobox"], [role="menu"]') !== null;
}

function isOnCanvas(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return target === document.body || target.matches('.react-flow, .react-flow__pane, .react-flow__node');
}

function isUnderDialog(): boolean {
  return document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;
}

function press(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || isUnderDialog()) return;
  const session = sessionStore.getState();
  const { platform } = session;
  const keys = pressedKeys(event, platform);
  if (plainKeys.has(keys) && !isOnCanvas(event.target)) return;
  if (isChoosing(keys, event.target)) return;
  // The system's own key, to minimise the window.
  if (keys === 'Mod+M' && platform === 'darwin') return;
  // A card with the focus is left by Tab like anything else.
  if (keys === 'Tab' && event.target instanceof Element && event.target.matches('.react-flow__node')) return;
  // The browser's own paste carries the clipboard, which a key press does not.
  if (keys === 'Mod+V') return;
  let command = commandFor(commands(session), keys, isTextField(event.target));
  if (keys === 'Space' && command?.enabled(editorState()) !== true) command = findCommand('edit.addNode');
  if (command === undefined) return;
  event.preventDefault();
  if (command.enabled(editorState())) void command.run();
}

function paste(event: ClipboardEvent): void {
  if (isTextField(event.target) || isUnderDialog()) return;
  event.preventDefault();
  notePaste(event.timeStamp);
  void pasteText(event.clipboardData?.getData('text/plain') ?? '');
}

/** Listens to the keyboard; gives a function that stops. */
export function listenToKeys(): () => void {
  const stop = new AbortController();
  window.addEventListener('keydown', press, { signal: stop.signal });
  document.addEventListener('paste', paste, { signal: stop.signal });
  return () => stop.abort();
}
