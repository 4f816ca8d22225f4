import { app, dialog, type BrowserWindow } from 'electron';
import { imageFormats } from '#core/values';
import type { Words } from '#core/words/words';
import type { PictureDialogs } from './pictures';
import type { QuitQuestion } from './pods-at-quit';
import { suggestedTarget, type WorkflowDialogs } from './workflow-files';

/** What dialogs say, in the language of now. */
type Said = () => Words['desktop'];

const filtersOf = ({ files }: Words['desktop']) => ({
  workflow: { name: files.workflow, extensions: ['seedloom'] },
  bundle: { name: files.bundle, extensions: ['seedloom.zip', 'zip'] },
  openable: { name: files.openable, extensions: ['seedloom', 'zip', 'png', 'jpg', 'jpeg', 'webp'] },
  picture: { name: files.pictures, extensions: [...imageFormats, 'jpg', 'tif'] },
  anything: { name: files.all, extensions: ['*'] },
});

type Window = () => BrowserWindow | undefined;

async function choose(window: Window, options: Electron.OpenDialogOptions): Promise<string[] | undefined> {
  const parent = window();
  const { canceled, filePaths } = await (parent === undefined
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(parent, options));
  return canceled || filePaths.length === 0 ? undefined : filePaths;
}

async function chooseTarget(
  window: Window,
  options: Electron.SaveDialogOptions,
): Promise<string | undefined> {
  const parent = window();
  const { canceled, filePath } = await (parent === undefined
    ? dialog.showSaveDialog(options)
    : dialog.showSaveDialog(parent, options));
  return canceled || filePath === undefined || filePath === '' ? undefined : filePath;
}

/** The number of the button that was pressed. */
async function ask(window: Window, options: Electron.MessageBoxOptions): Promise<number> {
  const parent = window();
  const { response } = await (parent === undefined
    ? dialog.showMessageBox(options)
    : dialog.showMessageBox(parent, options));
  return response;
}

export function workflowDialogs(
  window: Window,
  recent: () => readonly string[],
  said: Said,
): WorkflowDialogs {
  return {
    async chooseFile() {
      const filters = filtersOf(said());
      const files = await choose(window, {
        title: said().openWorkflow,
        filters: [filters.openable, filters.workflow, filters.bundle, filters.picture, filters.anything],
        properties: ['openFile'],
      });
      return files?.[0];
    },
    chooseTarget: (suggestedName) =>
      chooseTarget(window, {
        title: said().saveWorkflow,
        defaultPath: suggestedTarget(recent(), app.getPath('documents'), suggestedName),
        filters: [filtersOf(said()).workflow],
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      }),
    async mayReplace(path) {
      const pressed = await ask(window, {
        type: 'question',
        message: said().replace(path),
        detail: said().replaceText,
        buttons: [said().replaceButton, said().cancel],
        defaultId: 1,
        cancelId: 1,
      });
      return pressed === 0;
    },
  };
}

/** Where a bundle is written, and where one is unpacked. */
export function bundleDialogs(window: Window, recent: () => readonly string[], said: Said) {
  return {
    chooseTarget: (suggestedName: string) =>
      chooseTarget(window, {
        title: said().exportBundle,
        defaultPath: suggestedTarget(recent(), app.getPath('documents'), suggestedName),
        filters: [filtersOf(said()).bundle],
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      }),
    async chooseFolder(): Promise<string | undefined> {
      const folders = await choose(window, {
        title: said().unpackBundle,
        buttonLabel: said().unpackHere,
        defaultPath: suggestedTarget(recent(), app.getPath('documents'), ''),
        properties: ['openDirectory', 'createDirectory'],
      });
      return folders?.[0];
    },
  };
}

export function pictureDialogs(window: Window, said: Said): PictureDialogs {
  return {
    choosePictures(several) {
      const filters = filtersOf(said());
      return choose(window, {
        title: several ? said().choosePictures : said().choosePicture,
        filters: [filters.picture, filters.anything],
        properties: ['openFile', ...(several ? (['multiSelections'] as const) : [])],
      });
    },
    async chooseFolder() {
      const folders = await choose(window, {
        title: said().chooseFolder,
        properties: ['openDirectory', 'createDirectory'],
      });
      return folders?.[0];
    },
    chooseTarget: (suggestedName) =>
      chooseTarget(window, {
        title: said().savePicture,
        defaultPath: suggestedTarget([], app.getPath('pictures'), suggestedName),
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      }),
  };
}

export async function chooseExportFolder(window: Window, said: Said): Promise<string | undefined> {
  const folders = await choose(window, {
    title: said().exportRun,
    buttonLabel: said().exportHere,
    defaultPath: app.getPath('documents'),
    properties: ['openDirectory', 'createDirectory'],
  });
  return folders?.[0];
}

/** What becomes of pods that cost when Seedloom closes. */
export async function askAboutPods(
  window: Window,
  { message, detail, stop, leave, usual }: QuitQuestion,
): Promise<'stop' | 'leave'> {
  const pressed = await ask(window, {
    type: 'warning',
    message,
    detail,
    buttons: [stop, leave],
    defaultId: usual === 'stop' ? 0 : 1,
    cancelId: 1,
    noLink: true,
  });
  return pressed === 0 ? 'stop' : 'leave';
}

/** What becomes of a window that keeps crashing. */
export async function askAboutCrashes(window: Window, said: Said): Promise<'open' | 'close'> {
  const { ask: message, text: detail, again, close } = said().crashes;
  const pressed = await ask(window, {
    type: 'error',
    message,
    detail,
    buttons: [again, close],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  });
  return pressed === 0 ? 'open' : 'close';
}
