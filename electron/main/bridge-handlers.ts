import { dirname } from 'node:path';
import { serializeDocument } from '#core/document/serialize';
import { FailureError, userFailure } from '#core/failure';
import type { AppStart, BridgeInput } from '#core/ipc';
import type { PlanRequest, RunRequest } from '#engine/contract';
import type { BridgeHandlers } from './answer-calls';
import type { Autosave } from './autosave';
import type { Bundles } from './bundles';
import type { Rating } from '#core/gallery';
import type { DragOut } from './drag-out';
import type { EngineProcess } from './engine-process';
import type { OpenFiles } from './open-files';
import type { Pictures } from './pictures';
import type { RecentFiles } from './recent-files';
import type { SavedNodes } from './saved-nodes';
import type { Secrets } from './secrets';
import type { SessionFile } from './session-file';
import type { SettingsFile } from './settings-file';
import type { Templates } from './templates';
import type { Versions } from './versions';
import type { WorkflowFiles } from './workflow-files';

interface HandlerParts {
  start(): Promise<AppStart>;
  describe(input: BridgeInput<'window.describe'>): void;
  closeWindow(): void;
  keepWindow(): void;
  openPage(url: string): Promise<void>;
  workflows: WorkflowFiles;
  session: SessionFile;
  savedNodes: SavedNodes;
  recent: RecentFiles;
  autosave: Autosave;
  versions: Versions;
  openFiles: OpenFiles;
  templates: Templates;
  bundles: Bundles;
  engine: EngineProcess;
  pictures: Pictures;
  dragOut: DragOut;
  settings: SettingsFile;
  secrets: Secrets;
  outFolder(): string;
  /** `undefined`: the person closed the dialog. */
  chooseExportFolder(): Promise<string | undefined>;
  /** Puts changed settings in force. */
  applySettings(changed: BridgeInput<'settings.change'>): void;
}

/** Milliseconds. */
const day = 86_400_000;

/** What each call of the window does. */
export function bridgeHandlers(parts: HandlerParts): BridgeHandlers {
  const { workflows, session, recent, engine, pictures, settings, secrets, versions, templates } = parts;
  /** The window may only ask for what belongs to files the person pointed to. */
  const known = (path: string) => {
    if (workflows.isKnown(path)) return path;
    throw new FailureError(userFailure('not-chosen', `"${path}" was not opened here.`));
  };
  const planRequest = ({ document, path, targets }: BridgeInput<'plan.make'>): PlanRequest => ({
    document,
    folder: path === null ? null : dirname(path),
    outFolder: parts.outFolder(),
    ...(targets === undefined ? {} : { targets }),
  });
  const runRequest = ({ budget, without, ...input }: BridgeInput<'run.start'>): RunRequest => ({
    ...planRequest(input),
    ...(without === undefined ? {} : { without }),
    ...(budget === null ? {} : { budget }),
  });
  return {
    'app.start': () => parts.start(),
    'window.describe': (input) => {
      parts.describe(input);
      return null;
    },
    'window.close': () => {
      parts.closeWindow();
      return null;
    },
    'window.stay': () => {
      parts.keepWindow();
      return null;
    },
    'link.open': async ({ url }) => {
      await parts.openPage(url);
      return null;
    },

    'workflow.open': (input) => workflows.open(input),
    'workflow.save': async (input) => {
      const saved = await workflows.save(input);
      if (saved !== null && 'path' in saved) parts.autosave.saved(saved.path);
      return saved;
    },
    'workflow.own': async ({ paths, taken }) => {
      await parts.openFiles.own(
        paths.filter((path) => workflows.isKnown(path)),
        taken,
      );
      return null;
    },
    'workflow.look': (input) => workflows.look(input),
    'workflow.recent': () => recent.look(),
    'workflow.fromPicture': ({ file }) => parts.bundles.fromPicture(file),
    'bundle.export': ({ suggestedName, results, ...placedInput }) =>
      parts.bundles.export(planRequest(placedInput), suggestedName, results),
    'template.list': () => templates.list(),
    'template.open': ({ id }) => templates.open(id),
    'template.save': ({ document, title, picture }) => templates.save(document, title, picture),
    'template.rename': async ({ id, title }) => {
      await templates.rename(id, title);
      return null;
    },
    'template.remove': async ({ id }) => {
      await templates.remove(id);
      return null;
    },
    'version.list': ({ path }) => versions.list(known(path)),
    'version.read': async ({ path, id }) => ({ text: await versions.read(known(path), id) }),
    'version.keep': async ({ document, path }) => {
      await versions.keep(known(path), serializeDocument(document), 'autosaved');
      return null;
    },
    'workflow.keepDraft': async (input) => {
      await session.keepDraft(input);
      const { document, path, edited } = input;
      if (path === null || !workflows.isKnown(path)) return null;
      // Edits that are given up stay to be gone back to.
      if (document === null) await parts.autosave.flush(path);
      else if (edited) parts.autosave.edited(path, serializeDocument(document));
      return null;
    },
    'session.keep': async (input) => {
      await session.keep(input);
      return null;
    },
    'workflow.forgetRecent': async () => {
      await recent.forget();
      return null;
    },

    'nodes.list': () => parts.savedNodes.list(),
    'nodes.save': (input) => parts.savedNodes.save(input),
    'nodes.remove': ({ name }) => parts.savedNodes.remove(name),

    'plan.make': (input) => engine.call('plan', planRequest(input)),
    'routes.compare': ({ asked }) =>
      engine.call('compareRoutes', asked === null ? null : { ...planRequest(asked), node: asked.node }),
    'routes.move': ({ nodes, to, models, ...placed }) =>
      engine.call('moveBranch', { ...planRequest(placed), nodes, to, models }),
    'loras.list': (input) => engine.call('listLoras', input),
    'loras.read': (input) => engine.call('readLoras', input),
    'run.start': (input) => engine.call('start', runRequest(input)),
    'run.cancel': (input) => engine.call('cancel', input),
    'run.list': () => engine.call('runs', null),
    'run.show': (input) => engine.call('show', input),
    'run.receipts': (input) => engine.call('receipts', input),
    'run.compare': (input) => engine.call('compare', input),
    'run.prompts': (input) => engine.call('earlierPrompts', input),
    'run.document': (input) => engine.call('documentOf', input),
    'run.export': async ({ run }) => {
      const folder = await parts.chooseExportFolder();
      return folder === undefined ? null : engine.call('exportRun', { run, folder });
    },
    'run.answer': (input) => engine.call('answer', input),

    'money.state': (input) => engine.call('money', input),
    'queue.add': (input) => engine.call('queueAdd', runRequest(input)),
    'queue.move': (input) => engine.call('queueMove', input),
    'queue.remove': (input) => engine.call('queueRemove', input),
    'queue.pause': () => engine.call('queuePause', { paused: true }),
    'queue.resume': () => engine.call('queuePause', { paused: false }),
    'queue.state': () => engine.call('queueState', null),

    'pods.list': () => engine.call('pods', null),
    'pods.look': () => engine.call('lookAtPods', null),
    'pods.market': (input) => engine.call('podMarket', input),
    'pods.price': (input) => engine.call('podPrice', input),
    'pods.create': (input) => engine.call('createPod', input),
    'pods.start': (input) => engine.call('startPod', input),
    'pods.stop': (input) => engine.call('stopPod', input),
    'pods.terminate': (input) => engine.call('terminatePod', input),
    'pods.rules': (input) => engine.call('setPodRules', input),
    'pods.planInstall': (input) => engine.call('planInstall', input),
    'pods.install': (input) => engine.call('installOnPod', input),

    'picture.choose': (input) => pictures.choose(input),
    'picture.import': (input) => pictures.import(input),
    'picture.paste': () => pictures.paste(),
    'picture.chooseFolder': (input) => pictures.chooseFolder(input),
    'picture.saveAs': (input) => pictures.saveAs(input),
    'picture.copy': (input) => pictures.copy(input),
    'picture.showOutFolder': () => pictures.showOutFolder(),

    'pictures.list': (input) => engine.call('listPictures', input),
    'pictures.facets': () => engine.call('pictureFacets', null),
    'pictures.details': (input) => engine.call('pictureDetails', input),
    'pictures.rate': ({ hashes, change }) =>
      engine.call('ratePictures', { hashes, change: changedOnly(change) }),
    'pictures.takeIn': ({ pictures: wanted }) =>
      Promise.all(wanted.map((picture) => engine.call('takeInPicture', picture))),
    'pictures.dragOut': (input) => parts.dragOut.begin(input),

    'storage.report': () => engine.call('storageReport', null),
    'storage.verify': () => engine.call('verifyStorage', null),
    'storage.stopVerify': () => engine.call('stopVerify', null),
    'storage.cleanUp': ({ olderThanDays, keepBytes, dryRun, open }) =>
      engine.call('cleanUp', {
        dryRun,
        open: open.map(planRequest),
        ...(olderThanDays === null ? {} : { olderThan: new Date(Date.now() - olderThanDays * day) }),
        ...(keepBytes === null ? {} : { keepBytes }),
      }),

    'settings.change': async (input) => {
      const changed = await settings.change(input);
      parts.applySettings(input);
      return changed;
    },
    'secret.check': (input) => engine.call('checkKey', input),
    'secret.set': async ({ provider, name, value }) => {
      await secrets.set(provider, name, value);
      engine.refresh();
      return secrets.places();
    },
  };
}

/** Without members that are there and say nothing. */
function changedOnly({ rating, rejected }: BridgeInput<'pictures.rate'>['change']): Partial<Rating> {
  return { ...(rating === undefined ? {} : { rating }), ...(rejected === undefined ? {} : { rejected }) };
}
