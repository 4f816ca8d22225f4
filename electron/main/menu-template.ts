import type { MenuItemConstructorOptions } from 'electron';
import { nameOf } from './workflow-files';
import type { Settings } from '#core/ipc';
import type { MenuCommand } from '#core/menu-command';

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
  const isMac = state.platform === 'darwin';
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
  const settings = [item('Settings…', 'app.settings', 'CmdOrCtrl+,')];

  const recent: Item = {
    id: 'recent',
    label: 'Open Recent',
    submenu: [
      ...state.recent.map((path): Item => ({
        // A single & would underline the next letter.
        label: nameOf(path).replaceAll('&', '&&'),
        sublabel: path,
        click: () => actions.open(path),
      })),
      ...(state.recent.length === 0 ? [] : [separator]),
      {
        label: 'Clear Menu',
        enabled: state.recent.length > 0,
        click: () => actions.forgetRecent(),
      },
    ],
  };

  const appMenu: Item = {
    role: 'appMenu',
    submenu: [
      { label: 'About Seedloom', click: () => actions.showAbout() },
      separator,
      ...settings,
      separator,
      { role: 'services' },
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      { role: 'quit' },
    ],
  };

  const fileMenu: Item = {
    label: '&File',
    submenu: [
      item('New', 'file.new', 'CmdOrCtrl+N'),
      item('New from Template…', 'file.template', 'CmdOrCtrl+Alt+N'),
      item('Open…', 'file.open', 'CmdOrCtrl+O'),
      recent,
      separator,
      item('Save', 'file.save', 'CmdOrCtrl+S'),
      item('Save As…', 'file.saveAs', 'CmdOrCtrl+Shift+S'),
      item('Save as Template…', 'file.saveTemplate'),
      item('Export Bundle…', 'file.bundle'),
      separator,
      item('Versions…', 'file.versions', 'CmdOrCtrl+Alt+S'),
      separator,
      item('Close Tab', 'tab.close', 'CmdOrCtrl+W'),
      item('Reopen Closed Tab', 'tab.reopen', 'CmdOrCtrl+Shift+T'),
      separator,
      ...(isMac ? [] : [...settings, separator]),
      isMac ? { role: 'close', accelerator: 'Cmd+Shift+W' } : { role: 'quit' },
    ],
  };

  const editMenu: Item = {
    label: '&Edit',
    submenu: [
      textItem('Undo', 'undo', 'edit.undo', 'CmdOrCtrl+Z'),
      textItem('Redo', 'redo', 'edit.redo', isMac ? 'Cmd+Shift+Z' : 'Ctrl+Y'),
      separator,
      textItem('Cut', 'cut', 'edit.cut', 'CmdOrCtrl+X'),
      textItem('Copy', 'copy', 'edit.copy', 'CmdOrCtrl+C'),
      textItem('Paste', 'paste', 'edit.paste', 'CmdOrCtrl+V'),
      item('Duplicate', 'edit.duplicate', 'CmdOrCtrl+D'),
      textItem('Delete', 'delete', 'edit.delete'),
      textItem('Select All', 'selectAll', 'edit.selectAll', 'CmdOrCtrl+A'),
      separator,
      item('Find…', 'edit.find', 'CmdOrCtrl+F'),
      item('Add Node…', 'edit.addNode', 'CmdOrCtrl+Shift+A'),
      separator,
      // On a Mac this key is the system's own, to minimise the window.
      item('Mute', 'edit.mute', isMac ? undefined : 'Ctrl+M'),
      item('Bypass', 'edit.bypass', 'CmdOrCtrl+B'),
      item('Pin the Picture', 'edit.pin'),
    ],
  };

  const viewMenu: Item = {
    label: '&View',
    submenu: [
      item('Zoom In', 'view.zoomIn', 'CmdOrCtrl+Plus'),
      item('Zoom Out', 'view.zoomOut', 'CmdOrCtrl+-'),
      item('Fit Workflow', 'view.fit', 'CmdOrCtrl+0'),
      separator,
      item('Next Tab', 'tab.next', 'Ctrl+Tab'),
      item('Previous Tab', 'tab.previous', 'Ctrl+Shift+Tab'),
      separator,
      item('Minimap', 'view.minimap', 'CmdOrCtrl+Shift+M'),
      item('Inspector', 'view.inspector', 'CmdOrCtrl+I'),
      separator,
      item('Next Theme', 'view.theme', 'CmdOrCtrl+Shift+L'),
      { role: 'togglefullscreen' },
      ...(state.isPackaged
        ? []
        : ([separator, { role: 'reload' }, { role: 'toggleDevTools' }] satisfies Item[])),
    ],
  };

  const runMenu: Item = {
    label: '&Run',
    submenu: [
      item('Run Workflow', 'run.start', 'CmdOrCtrl+Return'),
      item('Run Selected Nodes', 'run.selected', 'CmdOrCtrl+Shift+Return'),
      item('Run from Here', 'run.from', 'CmdOrCtrl+Alt+Return'),
      item('Run Again with a New Take', 'run.again', 'CmdOrCtrl+Shift+R'),
      item('Run Only What Failed', 'run.failed'),
      separator,
      item('Cancel Run', 'run.cancel', 'CmdOrCtrl+.'),
    ],
  };

  const helpMenu: Item = {
    role: 'help',
    submenu: [
      item('Keyboard Shortcuts', 'app.keys', 'CmdOrCtrl+/'),
      ...(isMac
        ? []
        : ([separator, { label: 'About Seedloom', click: () => actions.showAbout() }] as Item[])),
    ],
  };

  return [
    ...(isMac ? [appMenu] : []),
    fileMenu,
    editMenu,
    viewMenu,
    runMenu,
    ...(isMac ? [{ role: 'windowMenu' } satisfies Item] : []),
    helpMenu,
  ];
}
