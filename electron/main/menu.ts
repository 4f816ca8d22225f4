import { Menu, dialog, type BrowserWindow, app } from 'electron';
import type { BridgeEvent } from '#core/ipc';
import type { Words } from '#core/words/words';
import { menuTemplate, type MenuState, type TextVerb } from './menu-template';

/** A world of its own in the page: the page cannot see or change what is asked there. */
const isolatedWorld = 999;
const isTextFocused = `(() => {
  const focused = document.activeElement;
  if (focused === null) return false;
  if (focused.isContentEditable || focused.tagName === 'TEXTAREA') return true;
  const buttons = ['button', 'checkbox', 'color', 'file', 'image', 'radio', 'range', 'reset', 'submit'];
  return focused.tagName === 'INPUT' && !buttons.includes(focused.type);
})()`;

interface MenuOptions {
  window(): BrowserWindow | undefined;
  send(event: BridgeEvent): void;
  open(path: string): void;
  forgetRecent(): void;
}

/** Puts the menu up again whenever the recent files, the person's keys or the language change. */
export function showMenu(
  { recent, keys }: Pick<MenuState, 'recent' | 'keys'>,
  words: Words['desktop'],
  options: MenuOptions,
): void {
  async function textOr(verb: TextVerb, command: Extract<BridgeEvent, { type: 'command' }>['command']) {
    const contents = options.window()?.webContents;
    if (contents === undefined) return;
    // Developer tools have text fields of their own.
    if (contents.isDevToolsFocused()) {
      contents.devToolsWebContents?.[verb]();
      return;
    }
    const inText: unknown = await contents.executeJavaScriptInIsolatedWorld(isolatedWorld, [
      { code: isTextFocused },
    ]);
    if (inText === true) contents[verb]();
    else options.send({ type: 'command', command });
  }

  const template = menuTemplate(
    { platform: process.platform, words: words.menu, recent, keys, isPackaged: app.isPackaged },
    {
      command: (command) => options.send({ type: 'command', command }),
      textOr: (verb, command) => {
        textOr(verb, command).catch((error: unknown) => console.error(`${command} failed:`, error));
      },
      open: options.open,
      forgetRecent: options.forgetRecent,
      showAbout: () => {
        const message = { type: 'info', message: 'Seedloom', detail: aboutText(words) } as const;
        const window = options.window();
        void (window === undefined ? dialog.showMessageBox(message) : dialog.showMessageBox(window, message));
      },
    },
  );
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

function aboutText(words: Words['desktop']): string {
  const { electron, chrome, node } = process.versions;
  return `${words.version(app.getVersion())}\nElectron ${electron}, Chromium ${chrome}, Node ${node}`;
}
