import type { DocumentNode } from '#core/document/schema';
import type { NodeCatalogue } from '#core/node';
import type { PlannedChoice } from '#core/plan/planned';
import { pick, pickedPlaces, sheetOf } from '../commands/choosing';
import type { ComponentType } from 'react';
import type { CommandId } from '../commands/command';
import { commands, editorState, firstCommands } from '../commands/command-list';
import { keyWords } from '../commands/keyboard';
import { closeFind, lookAtFound } from '../commands/find';
import { chooseLora } from '../commands/loras';
import { addNodeOfType, chosenWireType } from '../commands/nodes';
import { chooseOutFolder } from '../commands/out-folder';
import { comparePictures } from '../commands/gallery';
import { copyPicture, savePictureAs, showOutFolder } from '../commands/pictures';
import { storageActions } from '../commands/storage';
import { runOrSayWhy } from '../commands/run-or-say-why';
import { whyNot } from '../commands/why-not';
import { changeSettings, checkKey, openLink, openSettings, setSecret } from '../commands/settings';
import { taskKindOf } from '#core/plan/route';
import { useDocument } from '../stores/document-store';
import { useRun } from '../stores/run-store';
import { placeSavedNode, savedKinds } from '../commands/saved-nodes';
import { mayPlace } from '../commands/subgraphs';
import { sessionStore, useSession, type Overlay, type SessionState } from '../stores/session-store';
import { ChangedDialog } from './changed-dialog';
import { ConfirmHost } from './confirm';
import { CropDialog } from './crop-dialog';
import { FindDialog } from './find-dialog';
import { CompareHost } from './compare-view';
import { Gallery } from './gallery';
import { Help } from './help';
import { InstallDialog } from './install-dialog';
import { nodeTitle } from './issue-place';
import { LoraChooser } from './lora-chooser';
import { loraPlaces } from './lora-places';
import { MoveDialog } from './move-dialog';
import { PaintDialog } from './paint-dialog';
import { Palette, type PaletteCommand } from './palette';
import { PodsDialog } from './pods-dialog';
import { PromptsDialog } from './prompts-dialog';
import { RehearsalDialog } from './rehearsal-dialog';
import { RoutesDialog } from './routes-dialog';
import { stepsOfNode } from './run-words';
import { SettingsDialog } from './settings';
import { TemplatesDialog } from './templates-dialog';
import { useNow } from './use-now';
import { VersionsDialog } from './versions-dialog';
import { Viewer } from './viewer';
import { viewedPictures } from './viewer-facts';

type OverlayOf<K extends Overlay['kind']> = Extract<Overlay, { kind: K }>;

const overlays: { [K in Overlay['kind']]: ComponentType<{ overlay: OverlayOf<K> }> } = {
  palette: PaletteOverlay,
  settings: SettingsOverlay,
  keys: KeysOverlay,
  find: FindOverlay,
  prompts: ({ overlay }) => <PromptsDialog overlay={overlay} onClose={close} />,
  routes: RoutesOverlay,
  move: MoveOverlay,
  pods: PodsOverlay,
  install: InstallOverlay,
  loras: LorasOverlay,
  versions: () => <VersionsDialog onClose={close} />,
  templates: () => <TemplatesDialog onClose={close} />,
  changed: ({ overlay }) => <ChangedDialog workflow={overlay.workflow} onClose={close} />,
  rehearsal: RehearsalOverlay,
  paint: PaintDialog,
  crop: CropDialog,
  viewer: ViewerOverlay,
  gallery: GalleryOverlay,
};

function close(): void {
  sessionStore.actions.set({ overlay: null });
}

/** What lies over the window, and the questions; the window has one of it. */
export function Overlays() {
  const overlay = useSession((state) => state.overlay);
  // The record pairs each kind with its component; the compiler cannot follow the pairing through an index.
  const Shown = overlay === null ? null : (overlays[overlay.kind] as ComponentType<{ overlay: Overlay }>);
  return (
    <>
      {Shown === null || overlay === null ? null : <Shown overlay={overlay} />}
      <CompareHost />
      <ConfirmHost />
    </>
  );
}

function listedCommands(session: Pick<SessionState, 'examples' | 'platform' | 'settings'>): PaletteCommand[] {
  const { platform } = session;
  // As it will be when the list is closed.
  const open = editorState();
  const state = { ...open, session: { ...open.session, overlay: null } };
  const listed = commands(session).filter(({ isUnlisted }) => isUnlisted !== true);
  return listed.map((command) => {
    const { id, title, heading, keys } = command;
    return {
      id,
      title,
      heading,
      keys: keys?.[0] === undefined ? undefined : keyWords(keys[0], platform),
      whyNot: whyNot(command, state),
    };
  });
}

function PaletteOverlay({ overlay }: { overlay: OverlayOf<'palette'> }) {
  const catalogue = useSession((state) => state.catalogue);
  const examples = useSession((state) => state.examples);
  const platform = useSession((state) => state.platform);
  const settings = useSession((state) => state.settings);
  const { mode, wire, at } = overlay;
  const saved = useSession((state) => state.savedNodes);
  const own = savedKinds(saved, catalogue).map((kind) => [kind.type, kind] as const);
  const placeable = new Map([...[...catalogue].filter(([type]) => mayPlace(type)), ...own]);
  return (
    <Palette
      key={mode}
      mode={mode}
      catalogue={placeable}
      commands={mode === 'commands' ? listedCommands({ examples, platform, settings }) : []}
      looseEnd={wire}
      inWire={at === undefined ? chosenWireType() : undefined}
      onAdd={(type) => {
        close();
        if (placeSavedNode(type, at)) return;
        addNodeOfType(type, {
          ...(at === undefined ? {} : { at }),
          ...(wire === undefined ? {} : { wire }),
        });
      }}
      onCommand={(id) => {
        close();
        runOrSayWhy(id as CommandId);
      }}
      onClose={close}
    />
  );
}

function KeysOverlay() {
  const examples = useSession((state) => state.examples);
  const platform = useSession((state) => state.platform);
  const settings = useSession((state) => state.settings);
  return (
    <Help
      commands={listedCommands({ examples, platform, settings })}
      onChangeKeys={() => openSettings('shortcuts')}
      onClose={close}
    />
  );
}

function FindOverlay() {
  const document = useDocument((state) => state.whole);
  const catalogue = useSession((state) => state.catalogue);
  return <FindDialog document={document} catalogue={catalogue} onLook={lookAtFound} onClose={closeFind} />;
}

function RoutesOverlay({ overlay }: { overlay: OverlayOf<'routes'> }) {
  return <RoutesDialog node={overlay.node} onClose={close} />;
}

function MoveOverlay({ overlay }: { overlay: OverlayOf<'move'> }) {
  return <MoveDialog selected={overlay.nodes} onClose={close} />;
}

function InstallOverlay({ overlay }: { overlay: OverlayOf<'install'> }) {
  return <InstallDialog pod={overlay.pod} parts={overlay.parts} onClose={close} />;
}

function RehearsalOverlay() {
  return <RehearsalDialog onClose={close} />;
}

function PodsOverlay() {
  return <PodsDialog onClose={close} />;
}

function LorasOverlay({ overlay }: { overlay: OverlayOf<'loras'> }) {
  const { node, param } = overlay;
  const document = useDocument((state) => state.document);
  const catalogue = useSession((state) => state.catalogue);
  const providers = useSession((state) => state.providers);
  const value = document.nodes[node]?.params[param];
  return (
    <LoraChooser
      places={loraPlaces(document, catalogue, providers, node)}
      value={typeof value === 'string' ? value : ''}
      onChoose={(name) => {
        chooseLora(node, param, name);
        close();
      }}
      onSettings={() => openSettings('addresses')}
      onClose={close}
    />
  );
}

function SettingsOverlay({ overlay }: { overlay: OverlayOf<'settings'> }) {
  const settings = useSession((state) => state.settings);
  const providers = useSession((state) => state.providers);
  const imageHosts = useSession((state) => state.imageHosts);
  const secrets = useSession((state) => state.secrets);
  const canKeepSecrets = useSession((state) => state.canKeepSecrets);
  const storageProgress = useSession((state) => state.storageProgress);
  const examples = useSession((state) => state.examples);
  const platform = useSession((state) => state.platform);
  const shortcuts = { platform, first: firstCommands(examples) };
  return (
    <SettingsDialog
      tab={overlay.tab}
      filter={overlay.filter}
      onTab={(tab) => sessionStore.actions.set({ overlay: { kind: 'settings', tab } })}
      onClose={close}
      settings={settings}
      providers={providers}
      imageHosts={imageHosts}
      secrets={secrets}
      canKeepSecrets={canKeepSecrets}
      onChange={(change) => void changeSettings(change)}
      onSecret={setSecret}
      onCheckKey={checkKey}
      onLink={(url) => void openLink(url)}
      onChooseFolder={() => void chooseOutFolder()}
      onShowFolder={() => void showOutFolder()}
      storage={storageActions}
      storageProgress={storageProgress}
      shortcuts={shortcuts}
    />
  );
}

function GalleryOverlay() {
  return <Gallery onClose={close} />;
}

const none: readonly never[] = [];

/** Where a person picks, the viewer shows all there is to pick from: those that are made, with their places in the list. */
function pickingOf(
  id: string,
  node: DocumentNode | undefined,
  catalogue: NodeCatalogue,
  choice: PlannedChoice | undefined,
) {
  const definition = catalogue.get(node?.type ?? '');
  if (node === undefined || definition === undefined || choice === undefined) return undefined;
  const sheet = sheetOf(node, definition, choice);
  if (sheet === undefined) return undefined;
  const places = choice.pictures.flatMap((picture, place) => (picture === null ? [] : [place]));
  const picked = pickedPlaces(sheet);
  return {
    pictures: choice.pictures.filter((picture) => picture !== null),
    picked: new Set(places.flatMap((place, at) => (picked.has(place) ? [at] : []))),
    onPick: (at: number) => pick(id, places[at] ?? at),
  };
}

function ViewerOverlay({ overlay }: { overlay: OverlayOf<'viewer'> }) {
  const { node, place } = overlay;
  const document = useDocument((state) => state.document);
  const catalogue = useSession((state) => state.catalogue);
  const providers = useSession((state) => state.providers);
  const made = useRun((state) => state.pictures.get(node)) ?? none;
  const choice = useRun((state) => state.planned.get(node)?.choice);
  const picking = pickingOf(node, document.nodes[node], catalogue, choice);
  const pictures = picking?.pictures ?? made;
  const run = useRun((state) => state.run);
  const now = useNow();
  const definition = catalogue.get(document.nodes[node]?.type ?? '');
  const kind = definition === undefined ? undefined : taskKindOf(definition);
  const route = kind === undefined ? undefined : (document.nodes[node]?.route ?? document.routes[kind]);
  const title = nodeTitle(document, catalogue, node);
  const steps = run === null ? none : stepsOfNode(run.steps.values(), node);
  return (
    <Viewer
      title={title}
      pictures={viewedPictures(pictures, steps, route, providers, now)}
      at={place}
      onMove={(next) => {
        sessionStore.actions.showPicture(node, next);
        sessionStore.actions.set({ overlay: { kind: 'viewer', node, place: next } });
      }}
      onClose={close}
      onSaveAs={(image) => void savePictureAs(image, title)}
      onCopy={(image) => void copyPicture(image)}
      onCompare={comparePictures}
      picks={picking}
    />
  );
}
