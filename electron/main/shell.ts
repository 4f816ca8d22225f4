import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  app,
  nativeImage,
  nativeTheme,
  protocol,
  shell as desktop,
  type BrowserWindow,
  type NativeImage,
} from 'electron';
import { failureOf, userFailure, type Failure } from '#core/failure';
import type { OpenedWorkflow } from '#core/file-calls';
import type { AppStart, BridgeEvent, BridgeInput } from '#core/ipc';
import { imageHostInfo } from '#core/image-host';
import { describeIssue } from '#core/issue';
import type { PodReport } from '#core/pod';
import { isFreeRoute } from '#core/plan/free-route';
import { providerInfo } from '#core/provider-info';
import { languageOf, wordsOf, type Language } from '#core/words/words';
import { readOwnModels } from '#engine/own-models';
import { nodes } from '#nodes/catalogue';
import { imageHosts, podHosts, providers } from '#providers/catalogue';
import { eventChannel } from '../channels';
import { createBackground } from './background';
import { backgroundSigns } from './background-signs';
import { serveBridge } from './bridge';
import { readClipboardPng, writeClipboardPng } from './clipboard-picture';
import { bridgeHandlers } from './bridge-handlers';
import {
  askAboutCrashes,
  askAboutPods,
  bundleDialogs,
  chooseExportFolder,
  pictureDialogs,
  workflowDialogs,
} from './dialogs';
import { engineForker } from './engine-child';
import { createEngineProcess, type EngineProcess } from './engine-process';
import { createExamples } from './examples';
import { createBundles } from './bundles';
import { createFileKeeping } from './file-keeping';
import { writesEnded } from './json-file';
import { keepBeforeClose, type CloseGuard } from './keep-before-close';
import { showMenu } from './menu';
import { createDragOut } from './drag-out';
import { createDragStarter } from './drag-starter';
import { createPictures } from './pictures';
import { endPods } from './pods-at-quit';
import { createProtocolHandler, scheme } from './protocol';
import { openRecentFiles } from './recent-files';
import { openSavedNodes } from './saved-nodes';
import { openSecrets } from './secrets';
import { openSession } from './session-file';
import { openSettings } from './settings-file';
import { systemEncryption } from './system-encryption';
import { loadPage, openWindow, systemTheme } from './window';
import { createWindowCrashes } from './window-crashes';
import { createTemplates } from './templates';
import { createWorkflowFiles } from './workflow-files';

/** Milliseconds after which the engine is begun even if the window has asked nothing of it. */
const engineBeginCeiling = 2000;
/** Milliseconds the engine has to end before it is killed. */
const engineCloseCeiling = 5000;
/** Milliseconds the window has to keep what is open before it closes. */
const keepCeiling = 4000;
/** Milliseconds the engine has to say which pods cost when the window closes; then what it said last holds. */
const podsKnownCeiling = 3000;
/** Milliseconds a pod's stop may take while the window closes, before the person is asked again. */
const podStopCeiling = 20_000;

export interface Shell {
  /** Opens the window, or brings the one there is to the front. */
  show(): Promise<void>;
  openFile(path: string): Promise<void>;
  /** The last window has closed; whether Seedloom stays, because a run goes on. */
  stays(): boolean;
  close(): Promise<void>;
}

/** Puts the desktop together; call it when Electron is ready. `firstFile` is opened with the first window. */
export async function createShell(dataFolder: string, firstFile: string | undefined): Promise<Shell> {
  const own = readOwnModels(dataFolder, providers);
  const infos = [...own.providers.values()].map((provider) => providerInfo(provider));
  const hostInfos = [...imageHosts.values()].map(imageHostInfo);
  let window: BrowserWindow | undefined;
  let guard: CloseGuard | undefined;
  let isListening = false;
  let isQuitting = false;
  const untold: BridgeEvent[] = [];
  let firstWorkflow: OpenedWorkflow | undefined;
  let pods: PodReport[] = [];
  const currentWindow = () => window;
  const desktopWords = () => wordsOf(language()).desktop;

  function send(event: BridgeEvent): void {
    if (isListening && window !== undefined) window.webContents.send(eventChannel, event);
    // The rest has no meaning for a page that is not there yet: runs are asked for, a menu has nothing to act on.
    else if (event.type === 'trouble' || event.type === 'open') untold.push(event);
  }
  const trouble = (failure: Failure) => {
    console.error(`${failure.message}\n${failure.detail ?? ''}`);
    send({ type: 'trouble', failure });
  };

  const [{ settings, damage: settingsDamage }, { secrets, damage: secretsDamage }, recent, session] =
    await Promise.all([
      openSettings(dataFolder),
      openSecrets({
        dataFolder,
        providers: [...infos, ...hostInfos, ...podHosts.values()],
        encryption: systemEncryption,
        environment: process.env,
      }),
      openRecentFiles(dataFolder, (list) => {
        send({ type: 'recent', recent: list });
        putMenuUp();
      }),
      openSession(dataFolder, trouble),
    ]);
  for (const damage of [settingsDamage, secretsDamage]) if (damage !== undefined) trouble(damage);
  for (const issue of own.issues) trouble(userFailure(issue.code, describeIssue(issue)));

  const background = createBackground({
    signs: backgroundSigns({
      words: () => wordsOf(language()).background,
      open: () => void show(),
      quit: () => app.quit(),
    }),
    words: () => wordsOf(language()).background,
    quit: () => app.quit(),
  });
  const { fork, lastWords } = engineForker();
  const engine: EngineProcess = createEngineProcess({
    dataFolder,
    fork,
    lastWords,
    values: () => ({ settings: settings.current(), secrets: secrets.values() }),
    onRun: (events) => {
      send({ type: 'run', events });
      background.seeRun(events);
    },
    onQueue: (state) => {
      send({ type: 'queue', state });
      background.seeQueue(state);
    },
    onPods: (seen) => {
      pods = seen;
      send({ type: 'pods', pods });
    },
    onTrouble: trouble,
    onStorage: (progress) => send({ type: 'storage', progress }),
    now: Date.now,
    closeCeiling: engineCloseCeiling,
  });

  const examples = createExamples(
    join(app.getAppPath(), 'examples'),
    (file) => engine.call('importFile', { file, folder: null }),
    language,
  );
  const keeping = createFileKeeping(dataFolder, send);
  const bundles = createBundles(engine, bundleDialogs(currentWindow, recent.list, desktopWords));
  const templates = createTemplates({
    dataFolder,
    examplesFolder: join(app.getAppPath(), 'examples'),
    examples,
    nodes,
    isFree: (route) => isFreeRoute(infos, route),
    async preview(hash) {
      const file = await engine.call('previewFile', { hash, width: 512 });
      return file === null ? undefined : readFile(file);
    },
  });
  const workflows = createWorkflowFiles({
    dialogs: workflowDialogs(currentWindow, recent.list, desktopWords),
    recent,
    openExample: examples.open,
    unpackBundle: bundles.unpack,
    openPicture: bundles.fromPicture,
    versions: keeping.versions,
    owner: keeping.locks.owner,
    chosenBefore: session.paths,
  });
  const outFolder = () =>
    settings.current().outFolder === ''
      ? join(app.getPath('pictures'), 'Seedloom')
      : settings.current().outFolder;
  const dragOut = createDragOut({
    engine,
    folder: join(dataFolder, 'dragged'),
    starter: createDragStarter<NativeImage>(nativeImage, () => window?.webContents),
  });
  const pictures = createPictures({
    engine,
    dialogs: pictureDialogs(currentWindow, desktopWords),
    desktop: {
      readPng: readClipboardPng,
      writePng: writeClipboardPng,
      showFolder: (path) => desktop.openPath(path),
    },
    outFolder,
    onTrouble: trouble,
    draggedBefore: (file) => dragOut.draggedBefore(file),
  });

  async function start(): Promise<AppStart> {
    const opened = firstWorkflow;
    firstWorkflow = undefined;
    const [before, example, listed] = await Promise.all([
      session.restore(workflows.readAgain),
      examples.first(),
      examples.list(),
    ]);
    const answer: AppStart = {
      version: app.getVersion(),
      platform: process.platform as AppStart['platform'],
      settings: settings.current(),
      providers: [...own.providers.values()].map((provider) =>
        providerInfo(provider, (id, name) => settings.current().providers[`${id}.${name}`]),
      ),
      imageHosts: hostInfos,
      secrets: secrets.places(),
      canKeepSecrets: systemEncryption.available(),
      examples: listed,
      recent: recent.list(),
      outFolder: outFolder(),
      ...(opened === undefined ? {} : { open: opened }),
      ...(before === undefined ? {} : { session: before }),
      ...(example === undefined ? {} : { example }),
    };
    isListening = true;
    untold.splice(0).forEach(send);
    return answer;
  }

  function describe(description: BridgeInput<'window.describe'>): void {
    const { title, edited, path } = description;
    const isMac = process.platform === 'darwin';
    window?.setTitle(isMac ? title : `${edited ? '• ' : ''}${title} – Seedloom`);
    if (!isMac) return;
    window?.setDocumentEdited(edited);
    window?.setRepresentedFilename(path ?? '');
  }

  function language(): Language {
    const chosen = settings.current().language;
    return languageOf(chosen === 'system' ? app.getLocale() : chosen);
  }

  function applySettings(changed: BridgeInput<'settings.change'>): void {
    nativeTheme.themeSource = systemTheme(settings.current().theme);
    engine.refresh();
    if (changed.keys !== undefined || changed.language !== undefined) putMenuUp();
    if (changed.language !== undefined && window !== undefined) loadPage(window, language());
  }

  function putMenuUp(): void {
    showMenu({ recent: recent.list(), keys: settings.current().keys }, desktopWords(), {
      window: currentWindow,
      send(event) {
        // On macOS the menu outlives the window.
        if (window === undefined) void show();
        else send(event);
      },
      open: (path) => void openFile(path),
      forgetRecent: () => void recent.forget(),
    });
  }

  async function show(): Promise<void> {
    if (window !== undefined) {
      if (window.isMinimized()) window.restore();
      window.focus();
      return;
    }
    const opened = await openWindow(dataFolder);
    window = opened;
    background.windowOpened();
    const closeGuard = keepBeforeClose({
      isListening: () => isListening && !opened.webContents.isCrashed(),
      keep: () => send({ type: 'keep-and-close' }),
      patience: () => new Promise((resolve) => setTimeout(resolve, keepCeiling)),
      close: closeWindow,
    });
    guard = closeGuard;
    opened.on('close', (event) => {
      if (!closeGuard.mayClose()) event.preventDefault();
    });
    opened.on('closed', () => {
      window = undefined;
      isListening = false;
    });
    opened.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) isListening = false;
    });
    const crashes = createWindowCrashes({
      now: () => performance.now(),
      tell: (detail) =>
        trouble({
          code: 'window-stopped',
          act: 'us',
          charge: 'none',
          message: 'The window stopped unexpectedly and was opened again. Runs were not touched.',
          detail,
        }),
      open() {
        // Seedloom may have been quit while it was asked.
        if (!opened.isDestroyed()) loadPage(opened, language());
      },
      ask: () => askAboutCrashes(currentWindow, desktopWords),
      close: closeWindow,
    });
    opened.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
      if (reason === 'clean-exit') return;
      isListening = false;
      void crashes.crashed(`${reason} (${exitCode})`);
    });
    loadPage(opened, language());
  }

  function closeWindow(): void {
    guard?.allow();
    window?.close();
    // On macOS a closed window ends nothing by itself; a quit that waited for the window goes on.
    if (isQuitting) app.quit();
  }

  async function openFile(path: string): Promise<void> {
    try {
      const workflow = await workflows.read(path);
      if (workflow === null) return;
      if (window === undefined) firstWorkflow = workflow;
      else send({ type: 'open', workflow });
    } catch (error) {
      trouble(failureOf(error));
    }
    await show();
  }

  app.on('before-quit', () => {
    isQuitting = true;
  });
  nativeTheme.themeSource = systemTheme(settings.current().theme);
  protocol.handle(
    scheme,
    createProtocolHandler({ rendererFolder: join(app.getAppPath(), 'out', 'renderer'), engine }),
  );
  serveBridge(
    currentWindow,
    bridgeHandlers({
      start,
      describe,
      closeWindow,
      keepWindow() {
        isQuitting = false;
        guard?.stay();
      },
      openPage: (url) => desktop.openExternal(url),
      workflows,
      session,
      savedNodes: openSavedNodes(dataFolder),
      recent,
      ...keeping,
      templates,
      bundles,
      engine,
      pictures,
      dragOut,
      settings,
      secrets,
      outFolder,
      chooseExportFolder: () => chooseExportFolder(currentWindow, desktopWords),
      applySettings,
    }),
  );
  putMenuUp();
  await (firstFile === undefined ? show() : openFile(firstFile));
  // The window's first call begins it, once there is something to see; runs that were cut go on without a window too.
  setTimeout(() => engine.begin(), engineBeginCeiling);

  async function close(): Promise<void> {
    // Asked anew: the window may close before the first look at pods is told.
    const known = engine.call('pods', null).catch(() => pods);
    const late = new Promise<PodReport[]>((resolve) => setTimeout(() => resolve(pods), podsKnownCeiling));
    await endPods(await Promise.race([known, late]), language(), {
      ask: (running) => askAboutPods(currentWindow, running),
      stop: (id) => engine.call('stopPod', { id }),
      patience: () => new Promise((resolve) => setTimeout(resolve, podStopCeiling)),
    });
    await keeping.close();
    await engine.close();
    await writesEnded();
  }

  return { show, openFile, stays: background.stays, close };
}
