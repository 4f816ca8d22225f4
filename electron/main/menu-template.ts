import type { MenuItemConstructorOptions } from 'electron';
import { nameOf } from './workflow-files';
import type { Settings } from '#core/settings';
import type { MenuCommand } from '#core/menu-command';
import type { Words } from '#core/words/words';

type Item = MenuItemConstructorOptions;

/** What a text field does by itself; the editor does it otherwise. */
export type TextVerb = 'undo' | 'redo' | 'cut' | 'copy' | 'paste' | 'delete' | 'selectAll';

interface MenuActions {
  command(command: MenuCommand): void;
  /** The focused text field does `verb`, and with none focused the editor gets the command. */
  textOr(verb: TextVerb, command: MenuCommand): void;
  open(path: string): void;
  forgetRecent(): void;
  showAbout(): void;
}

export interface MenuState {
  platform: NodeJS.Platform;
  words: Words['desktop']['menu'];
  recent: readonly string[];
  /** The person's own keys of commands, by their ids. */
  keys: Settings['keys'];
  /** Developer tools are for a checkout, not for a package. */
  isPackaged: boolean;
}

const acceleratorNames: Record<string, string> = {
  Mod: 'CmdOrCtrl',
  Enter: 'Return',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
};

/** Keys as the command list writes them, for the menu; `undefined` when none of them is one a menu can have. */
function acceleratorOf(keys: readonly string[]): string | undefined {
  const first = keys.find((one) => one.startsWith('Mod+'));
  if (first === undefined) return undefined;
  if (first.endsWith('++')) return `${acceleratorOf([first.slice(0, -1)]) ?? ''}Plus`;
  return first
    .split('+')
    .map((key) => acceleratorNames[key] ?? key)
    .join('+');
}

/** The whole menu, by the conventions of the platform. Keys without Ctrl or Cmd belong to the editor, not to the menu. */
export function menuTemplate(state: MenuState, actions: MenuActions): Item[] {
  const { platform, words } = state;
  const isMac = platform === 'darwin';
  const separator: Item = { type: 'separator' };
  const item = (label: string, command: MenuCommand, first?: string): Item => {
    const own = state.keys[command];
    const accelerator = own === undefined ? first : acceleratorOf(own);
    return {
      id: command,
      label,
      click: () => actions.command(command),
      ...(accelerator === undefined ? {} : { accelerator }),
    };
  };
  const textItem = (label: string, verb: TextVerb, command: MenuCommand, accelerator?: string): Item => ({
    ...item(label, command, accelerator),
    click: () => actions.textOr(verb, command),
  });
  const settings = [item(words.settings, 'app.settings', 'CmdOrCtrl+,')];

  const recent: Item = {
    id: 'recent',
    label: words.openRecent,
    submenu: [
      ...state.recent.map((path): Item => ({
        // A single & would underline the next letter.
        label: nameOf(path).replaceAll('&', '&&'),
        sublabel: path,
        click: () => actions.open(path),
      })),
      ...(state.recent.length === 0 ? [] : [separator]),
      {
        label: words.clear,
        enabled: state.recent.length > 0,
        click: () => actions.forgetRecent(),
      },
    ],
  };

  const quit: Item = {
    role: 'quit',
    label: words.quit[platform === 'darwin' || platform === 'win32' ? platform : 'other'],
  };

  const appMenu: Item = {
    role: 'appMenu',
    submenu: [
      { label: words.about, click: () => actions.showAbout() },
      separator,
      ...settings,
      separator,
      { role: 'services', label: words.services },
      separator,
      { role: 'hide', label: words.hide },
      { role: 'hideOthers', label: words.hideOthers },
      { role: 'unhide', label: words.showAll },
      separator,
      quit,
    ],
  };

  const fileMenu: Item = {
    label: words.file,
    submenu: [
      item(words.new, 'file.new', 'CmdOrCtrl+N'),
      item(words.newFromTemplate, 'file.template', 'CmdOrCtrl+Alt+N'),
      item(words.open, 'file.open', 'CmdOrCtrl+O'),
      recent,
      separator,
      item(words.save, 'file.save', 'CmdOrCtrl+S'),
      item(words.saveAs, 'file.saveAs', 'CmdOrCtrl+Shift+S'),
      item(words.saveTemplate, 'file.saveTemplate'),
      item(words.exportBundle, 'file.bundle'),
      separator,
      item(words.versions, 'file.versions', 'CmdOrCtrl+Alt+S'),
      separator,
      item(words.closeTab, 'tab.close', 'CmdOrCtrl+W'),
      item(words.reopenTab, 'tab.reopen', 'CmdOrCtrl+Shift+T'),
      separator,
      ...(isMac ? [] : [...settings, separator]),
      isMac ? { role: 'close', label: words.closeWindow, accelerator: 'Cmd+Shift+W' } : quit,
    ],
  };

  const editMenu: Item = {
    label: words.edit,
    submenu: [
      textItem(words.undo, 'undo', 'edit.undo', 'CmdOrCtrl+Z'),
      textItem(words.redo, 'redo', 'edit.redo', isMac ? 'Cmd+Shift+Z' : 'Ctrl+Y'),
      separator,
      textItem(words.cut, 'cut', 'edit.cut', 'CmdOrCtrl+X'),
      textItem(words.copy, 'copy', 'edit.copy', 'CmdOrCtrl+C'),
      textItem(words.paste, 'paste', 'edit.paste', 'CmdOrCtrl+V'),
      item(words.duplicate, 'edit.duplicate', 'CmdOrCtrl+D'),
      textItem(words.delete, 'delete', 'edit.delete'),
      textItem(words.selectAll, 'selectAll', 'edit.selectAll', 'CmdOrCtrl+A'),
      separator,
      item(words.find, 'edit.find', 'CmdOrCtrl+F'),
      item(words.addNode, 'edit.addNode', 'CmdOrCtrl+Shift+A'),
      separator,
      // On a Mac this key is the system's own, to minimise the window.
      item(words.mute, 'edit.mute', isMac ? undefined : 'Ctrl+M'),
      item(words.bypass, 'edit.bypass', 'CmdOrCtrl+B'),
      item(words.pin, 'edit.pin'),
    ],
  };

  const viewMenu: Item = {
    label: words.view,
    submenu: [
      item(words.zoomIn, 'view.zoomIn', 'CmdOrCtrl+Plus'),
      item(words.zoomOut, 'view.zoomOut', 'CmdOrCtrl+-'),
      item(words.fit, 'view.fit', 'CmdOrCtrl+0'),
      separator,
      item(words.nextTab, 'tab.next', 'Ctrl+Tab'),
      item(words.previousTab, 'tab.previous', 'Ctrl+Shift+Tab'),
      separator,
      item(words.minimap, 'view.minimap', 'CmdOrCtrl+Shift+M'),
      item(words.inspector, 'view.inspector', 'CmdOrCtrl+I'),
      separator,
      item(words.theme, 'view.theme', 'CmdOrCtrl+Shift+L'),
      { role: 'togglefullscreen', label: words.fullScreen },
      ...(state.isPackaged
        ? []
        : ([separator, { role: 'reload' }, { role: 'toggleDevTools' }] satisfies Item[])),
    ],
  };

  const runMenu: Item = {
    label: words.run,
    submenu: [
      item(words.runWorkflow, 'run.start', 'CmdOrCtrl+Return'),
      item(words.runSelected, 'run.selected', 'CmdOrCtrl+Shift+Return'),
      item(words.runFrom, 'run.from', 'CmdOrCtrl+Alt+Return'),
      item(words.runAgain, 'run.again', 'CmdOrCtrl+Shift+R'),
      item(words.runFailed, 'run.failed'),
      separator,
      item(words.cancelRun, 'run.cancel', 'CmdOrCtrl+.'),
    ],
  };

  const helpMenu: Item = {
    role: 'help',
    label: words.help,
    submenu: [
      item(words.keys, 'app.keys', 'CmdOrCtrl+/'),
      ...(isMac ? [] : ([separator, { label: words.about, click: () => actions.showAbout() }] as Item[])),
    ],
  };

  return [
    ...(isMac ? [appMenu] : []),
    fileMenu,
    editMenu,
    viewMenu,
    runMenu,
    ...(isMac ? [{ role: 'windowMenu', label: words.window } satisfies Item] : []),
    helpMenu,
  ];
}
