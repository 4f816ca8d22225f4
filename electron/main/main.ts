import { join } from 'node:path';
import { app, protocol } from 'electron';
import { dataFolder } from '#engine/data-folder';
import { fileArgument } from './file-arguments';
import { scheme } from './protocol';
import { createShell, type Shell } from './shell';
import { restrictContents, restrictPermissions } from './window';

/** The desktop's main process: lifecycle only. */
const home = dataFolder(process.env);
// Before anything else: the lock of a single instance lies there too.
app.setPath('userData', join(home, 'electron'));
protocol.registerSchemesAsPrivileged([
  {
    scheme,
    privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true, stream: true },
  },
]);

if (app.requestSingleInstanceLock()) run();
else app.exit(0);

function run(): void {
  let firstFile = fileArgument(process.argv, process.cwd());
  let shell: Shell | undefined;
  let isClosed = false;

  app.on('second-instance', (_event, argv, folder) => {
    const file = fileArgument(argv, folder);
    void (file === undefined ? shell?.show() : shell?.openFile(file));
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    if (shell === undefined) firstFile = path;
    else void shell.openFile(path);
  });
  app.on('activate', () => void shell?.show());
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin' && shell?.stays() !== true) app.quit();
  });
  app.on('will-quit', (event) => {
    if (isClosed || shell === undefined) return;
    event.preventDefault();
    void shell.close().finally(() => {
      isClosed = true;
      app.quit();
    });
  });
  restrictContents();

  start().catch((error: unknown) => {
    console.error('Seedloom could not start:', error);
    app.exit(1);
  });

  async function start(): Promise<void> {
    await app.whenReady();
    restrictPermissions();
    shell = await createShell(home, firstFile);
  }
}
