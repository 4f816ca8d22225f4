import { Menu, Notification, Tray, nativeImage } from 'electron';
import type { Words } from '#core/words/words';
import trayIcon from '../icons/tray.png?inline';
import type { BackgroundSigns } from './background';

/**
 * The sign in the system's status area and its messages. Where a desktop has neither, the run goes on all the same and a
 * second start shows it.
 */
export function backgroundSigns(options: {
  words(): Words['background'];
  open(): void;
  quit(): void;
}): BackgroundSigns {
  let tray: Tray | undefined;

  function made(): Tray | undefined {
    try {
      const icon = nativeImage.createFromDataURL(trayIcon);
      const sign = new Tray(icon);
      sign.on('click', options.open);
      return sign;
    } catch (error) {
      console.error('there is no sign in the status area:', error);
      return undefined;
    }
  }

  return {
    show(progress) {
      tray ??= made();
      const { open, quit } = options.words();
      tray?.setToolTip(`Seedloom: ${progress}`);
      tray?.setContextMenu(
        Menu.buildFromTemplate([
          { label: progress, enabled: false },
          { type: 'separator' },
          { label: open, click: options.open },
          { label: quit, click: options.quit },
        ]),
      );
    },
    hide() {
      tray?.destroy();
      tray = undefined;
    },
    notify(title, body) {
      if (Notification.isSupported()) new Notification({ title, body }).show();
    },
  };
}
