import { app, dialog, type BrowserWindow } from 'electron';
import { imageFormats } from '#core/values';
import type { PictureDialogs } from './pictures';
import type { QuitQuestion } from './pods-at-quit';
import { suggestedTarget, type WorkflowDialogs } from './workflow-files';

const workflowFilter = { name: 'Seedloom workflow', extensions: ['seedloom'] };
const bundleFilter = { name: 'Seedloom bundle', extensions: ['seedloom.zip', 'zip'] };
const openFilter = {
  name: 'Workflows, bundles and saved pictures',
  extensions: ['seedloom', 'zip', 'png', 'jpg', 'jpeg', 'webp'],
};
const pictureFilter = { name: 'Pictures', extensions: [...imageFormats, 'jpg', 'tif'] };
const anything = { name: 'All files', extensions: ['*'] };

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

export function workflowDialogs(window: Window, recent: () => readonly string[]): WorkflowDialogs {
  return {
    async chooseFile() {
      const files = await choose(window, {
        title: 'Open workflow',
        filters: [openFilter, workflowFilter, bundleFilter, pictureFilter, anything],
        properties: ['openFile'],
      });
      return files?.[0];
    },
    chooseTarget: (suggestedName) =>
      chooseTarget(window, {
        title: 'Save workflow',
        defaultPath: suggestedTarget(recent(), app.getPath('documents'), suggestedName),
        filters: [workflowFilter],
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      }),
    async mayReplace(path) {
      const pressed = await ask(window, {
        type: 'question',
        message: `Replace "${path}"?`,
        detail: 'There is a file of this name already.',
        buttons: ['Replace', 'Cancel'],
        defaultId: 1,
        cancelId: 1,
      });
      return pressed === 0;
    },
  };
}

/** Where a bundle is written, and where one is unpacked. */
export function bundleDialogs(window: Window, recent: () => readonly string[]) {
  return {
    chooseTarget: (suggestedName: string) =>
      chooseTarget(window, {
        title: 'Export bundle',
        defaultPath: suggestedTarget(recent(), app.getPath('documents'), suggestedName),
        filters: [bundleFilter],
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      }),
    async chooseFolder(): Promise<string | undefined> {
      const folders = await choose(window, {
        title: 'Unpack bundle',
        buttonLabel: 'Unpack here',
        defaultPath: suggestedTarget(recent(), app.getPath('documents'), ''),
        properties: ['openDirectory', 'createDirectory'],
      });
      return folders?.[0];
    },
  };
}

export function pictureDialogs(window: Window): PictureDialogs {
  return {
    choosePictures: (several) =>
      choose(window, {
        title: several ? 'Choose pictures' : 'Choose a picture',
        filters: [pictureFilter, anything],
        properties: ['openFile', ...(several ? (['multiSelections'] as const) : [])],
      }),
    async chooseFolder() {
      const folders = await choose(window, {
        title: 'Choose a folder',
        properties: ['openDirectory', 'createDirectory'],
      });
      return folders?.[0];
    },
    chooseTarget: (suggestedName) =>
      chooseTarget(window, {
        title: 'Save picture',
        defaultPath: suggestedTarget([], app.getPath('pictures'), suggestedName),
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      }),
  };
}

export async function chooseExportFolder(window: Window): Promise<string | undefined> {
  const folders = await choose(window, {
    title: 'Export run',
    buttonLabel: 'Export here',
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
