import { join } from 'node:path';
import { BrowserWindow, app, nativeImage, nativeTheme, screen, session } from 'electron';
import type { Settings } from '#core/settings';
import type { Language } from '#core/words/words';
import windowIcon from '../icons/window.png?inline';
import { pageAddress } from './protocol';
import { leastSize, placeWindow, readBounds, writeBounds } from './window-bounds';

/** The canvas of each theme, so that a window never flashes in another colour before its page is drawn. */
const backgrounds = { dark: '#101011', light: '#f4f4f2' };

/** The network's code for a page that another one took the place of, as at a reload. */
const replaced = -3;

/** What the system's own parts, its dialogs and menus, are drawn in: they know no grey room. */
export function systemTheme(theme: Settings['theme']): 'system' | 'dark' | 'light' {
  return theme === 'grey' ? 'dark' : theme;
}

function background(): string {
  return nativeTheme.shouldUseDarkColors ? backgrounds.dark : backgrounds.light;
}

/** Opens the window and loads the editor; it is shown when there is something to see. */
export async function openWindow(dataFolder: string): Promise<BrowserWindow> {
  const remembered = await readBounds(dataFolder);
  const screens = screen.getAllDisplays().map((display) => display.workArea);
  const window = new BrowserWindow({
    ...placeWindow(remembered, screens),
    minWidth: leastSize.width,
    minHeight: leastSize.height,
    title: 'Seedloom',
    show: false,
    backgroundColor: background(),
    // Windows and macOS take it from the program itself.
    ...(process.platform === 'linux' ? { icon: nativeImage.createFromDataURL(windowIcon) } : {}),
    webPreferences: {
      preload: join(app.getAppPath(), 'out', 'preload', 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      // On Linux it would fetch dictionaries from a server.
      spellcheck: false,
    },
  });
  if (remembered?.maximized === true) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.webContents.on('did-fail-load', (_event, code, words, address, isMainFrame) => {
    if (isMainFrame && code !== replaced)
      console.error(`the page was not loaded: ${words} (${code}), ${address}`);
  });
  // The page's own title would undo ours.
  window.on('page-title-updated', (event) => event.preventDefault());
  window.on('close', () => {
    const bounds = { ...window.getNormalBounds(), maximized: window.isMaximized() };
    writeBounds(dataFolder, bounds).catch((error: unknown) =>
      console.error('the place of the window was not kept:', error),
    );
  });
  const repaint = () => window.setBackgroundColor(background());
  nativeTheme.on('updated', repaint);
  window.once('closed', () => nativeTheme.off('updated', repaint));
  return window;
}

export function loadPage(window: BrowserWindow, language: Language): void {
  // Its promise is also broken where loading stopped before it was told to be finished, of a page that is there; whether
  // one fails is told by the contents.
  window.loadURL(`${pageAddress}?language=${language}`).catch(() => undefined);
}

/** Nothing but our own page is ever shown: no other window, no navigation, no permission but writing to the clipboard. */
export function restrictContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
}

export function restrictPermissions(): void {
  const isAllowed = (permission: string) => permission === 'clipboard-sanitized-write';
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, permission, decide) =>
    decide(isAllowed(permission)),
  );
  defaultSession.setPermissionCheckHandler((_contents, permission) => isAllowed(permission));
}
