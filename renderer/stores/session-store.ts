import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SavedNode } from '#core/document/saved-node';
import type { Edge, Point, PortAddress } from '#core/document/schema';
import type { OpenedWorkflow } from '#core/file-calls';
import type { MissingPart } from '#core/failure';
import type { ImageHostInfo } from '#core/image-host';
import { initialGallery, type GalleryState } from './gallery-state';
import type { AppStart, SecretPlace } from '#core/ipc';
import { initialSettings, type Settings } from '#core/settings';
import type { ListedLora } from '#core/lora/lora';
import type { NodeCatalogue } from '#core/node';
import type { ProviderInfo } from '#core/provider';
import type { View, Viewport } from '#core/session';
import type { StorageProgress } from '#core/storage';
import type { PortType } from '#core/values';
import { inspectorAtStart } from './inspector-at-start';

/** A wire that hangs in the air: the node added next is joined to it. */
export interface LooseWire extends PortAddress {
  type: PortType;
  side: 'output' | 'input';
}

const drawers = ['files', 'runs', 'issues', 'plan'] as const;
export type Drawer = (typeof drawers)[number];
export interface Drawing {
  wire: LooseWire;
  fits: ReadonlySet<string>;
  /** The wire whose end is taken to another port. */
  replaces?: Edge | undefined;
  /** The port (`node.port`) the keyboard has walked to. */
  aim?: string;
}

export type SettingsTab = 'general' | 'shortcuts' | 'keys' | 'imageHost' | 'addresses' | 'prices' | 'storage';

/** The first steps of a new user, in their order. */
export const guideSteps = ['run', 'change', 'route', 'key'] as const;
export type GuideStep = (typeof guideSteps)[number];

/** What lies over the window; one at a time. */
export type Overlay =
  | { kind: 'palette'; mode: 'nodes' | 'commands'; wire?: LooseWire; at?: Point }
  | { kind: 'settings'; tab: SettingsTab; filter?: string }
  | { kind: 'keys' }
  | { kind: 'find' }
  /** Earlier prompts, for a param of a node. */
  | { kind: 'prompts'; node: string; param: string }
  | { kind: 'gallery' }
  /** `node: null`: all routes, for no node. */
  | { kind: 'routes'; node: string | null }
  /** Nodes to move to another provider; none: all of the workflow. */
  | { kind: 'move'; nodes: readonly string[] }
  | { kind: 'pods' }
  /** What is put on a pod's volume, of what it lacks. */
  | { kind: 'install'; pod: string; parts: readonly MissingPart[] }
  /** The LoRAs to choose one from, for a param of a node. */
  | { kind: 'loras'; node: string; param: string }
  | { kind: 'versions' }
  | { kind: 'templates' }
  /** The file was changed elsewhere while it was edited here. */
  | { kind: 'changed'; workflow: OpenedWorkflow }
  /** A rehearsal to be chosen, going on, or over. */
  | { kind: 'rehearsal' }
  /** A mask being painted: the node, and its param that holds the strokes. */
  | { kind: 'paint'; node: string; param: string }
  /** A part of a picture being chosen on it. */
  | { kind: 'crop'; node: string }
  | { kind: 'viewer'; node: string; place: number };

/** What belongs to this window and this machine, never to the workflow. */
export interface SessionState {
  /** Set once the main process has answered for the first time. */
  ready: boolean;
  /** The kinds of node there are. */
  catalogue: NodeCatalogue;
  platform: AppStart['platform'];
  version: string;
  settings: Settings;
  providers: readonly ProviderInfo[];
  imageHosts: readonly ImageHostInfo[];
  secrets: Readonly<Record<string, SecretPlace>>;
  canKeepSecrets: boolean;
  /** Subgraphs the person keeps for other workflows. */
  savedNodes: readonly SavedNode[];
  examples: AppStart['examples'];
  recent: readonly string[];
  outFolder: string;

  /** The tab what follows belongs to. */
  tab: string;
  /** Where the person looks in each tab that was looked at; kept by the canvas whenever a movement ends. */
  viewports: Readonly<Record<string, Viewport>>;
  /** What is shown of each tab that was shown: its graph, or its form. */
  views: Readonly<Record<string, View>>;
  /** The form is being arranged. */
  arranging: boolean;
  /** Ids of nodes. */
  selected: ReadonlySet<string>;
  /** Ids of wires, as `edgeId` gives them. */
  selectedWires: ReadonlySet<string>;
  /** Ids of groups. */
  selectedGroups: ReadonlySet<string>;
  /** A wire being drawn, and the ports (`node.port`, on its other side) it may go to. */
  drawing: Drawing | null;
  /** A card held over a wire (`edgeId`) it can be put into, and the ports it would take part with. */
  dropping: { edge: string; node: string; input: string; output: string } | null;
  /** What was just said to those who listen to the window. */
  said: string;
  /** The node whose title is being written. */
  renaming: string | null;
  /** The name of the workflow is being written, in its tab. */
  namingTab: boolean;
  /** The group whose title is being written. */
  renamingGroup: string | null;
  /** Whether cards show their main settings or all of them, and the cards that do otherwise. */
  density: 'card' | 'bench';
  otherDensity: ReadonlySet<string>;
  /** Nothing but the canvas is shown. */
  clean: boolean;
  /** Which picture of its stack each card shows, from 0; the first when a node is missing. */
  shownPictures: Readonly<Record<string, number>>;
  overlay: Overlay | null;
  drawer: Drawer | null;
  inspector: boolean;
  /** The person opened or closed it. */
  inspectorChosen: boolean;
  minimap: boolean;
  gallery: GalleryState;
  /** A run the runs panel looks into. */
  lookedAtRun: string | null;
  /** The routes from which nodes were moved here, for the way back. */
  movedFrom: Readonly<Record<string, string>>;
  /** The first steps that were taken in this window. */
  guideDone: ReadonlySet<GuideStep>;
  /** The LoRAs of each provider, as they were last told. */
  loras: Readonly<Record<string, readonly ListedLora[]>>;
  /** How far a look at every stored picture has come. */
  storageProgress: StorageProgress | null;
}

export interface SessionActions {
  /** `width`: of the window, CSS pixels. */
  start(start: AppStart, width: number): void;
  set(change: Partial<SessionState>): void;
  setGallery(change: Partial<GalleryState>): void;
  select(nodes: Iterable<string>, wires?: Iterable<string>, groups?: Iterable<string>): void;
  showPicture(node: string, place: number): void;
  /** Opens one, or closes it when it is open already. */
  toggleDrawer(drawer: Drawer): void;
  lookAt(tab: string, viewport: Viewport): void;
  showView(tab: string, view: View): void;
  /** What belongs to a tab is put aside with it and is there again when it is shown again. */
  enterTab(tab: string): void;
  /** A tab is gone for good. */
  forgetTab(tab: string): void;
}

export type SessionStore = StoreApi<SessionState> & { readonly actions: SessionActions };

const nothing: ReadonlySet<string> = new Set();

/** What belongs to one tab, as a new one has it: each tab has its own. */
const newTab = {
  arranging: false,
  selected: nothing,
  selectedWires: nothing,
  selectedGroups: nothing,
  drawing: null,
  dropping: null,
  renaming: null,
  renamingGroup: null,
  namingTab: false,
  otherDensity: nothing,
  shownPictures: {},
} satisfies Partial<SessionState>;
type TabSession = Pick<SessionState, keyof typeof newTab>;

/** How the window was arranged when it was closed. */
function arrangementOf(session: AppStart['session']): Partial<SessionState> {
  if (session === undefined) return {};
  const drawer = drawers.find((known) => known === session.drawer) ?? null;
  return { drawer, minimap: session.minimap };
}

function tabSessionOf(state: SessionState): TabSession {
  const names = Object.keys(newTab) as (keyof typeof newTab)[];
  return Object.fromEntries(names.map((name) => [name, state[name]])) as unknown as TabSession;
}

function sameSet(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  return left.size === right.size && [...left].every((member) => right.has(member));
}

export function createSessionStore(): SessionStore {
  const store = createStore<SessionState>(() => ({
    ready: false,
    catalogue: new Map(),
    platform: 'linux',
    version: '',
    settings: initialSettings,
    providers: [],
    imageHosts: [],
    secrets: {},
    canKeepSecrets: false,
    savedNodes: [],
    examples: [],
    recent: [],
    outFolder: '',
    ...newTab,
    tab: '',
    viewports: {},
    views: {},
    said: '',
    density: 'card',
    clean: false,
    overlay: null,
    drawer: null,
    inspector: true,
    inspectorChosen: false,
    minimap: false,
    gallery: initialGallery,
    movedFrom: {},
    guideDone: new Set(),
    loras: {},
    storageProgress: null,
    lookedAtRun: null,
  }));
  /** Of the tabs that are not shown. */
  const aside = new Map<string, TabSession>();
  const actions: SessionActions = {
    start: ({ open: _open, session, example: _example, ...start }, width) =>
      store.setState({
        ...start,
        ...arrangementOf(session),
        ...inspectorAtStart(session, width),
        ready: true,
      }),
    set: (change) => store.setState(change),
    setGallery: (change) => store.setState(({ gallery }) => ({ gallery: { ...gallery, ...change } })),
    select: (nodes, wires = [], groups = []) => {
      const next = {
        selected: new Set(nodes),
        selectedWires: new Set(wires),
        selectedGroups: new Set(groups),
      };
      const old = store.getState();
      if (!sameSet(old.selected, next.selected)) store.setState({ selected: next.selected });
      if (!sameSet(old.selectedWires, next.selectedWires))
        store.setState({ selectedWires: next.selectedWires });
      if (!sameSet(old.selectedGroups, next.selectedGroups))
        store.setState({ selectedGroups: next.selectedGroups });
    },
    showPicture: (node, place) =>
      store.setState(({ shownPictures }) => ({ shownPictures: { ...shownPictures, [node]: place } })),
    toggleDrawer: (drawer) =>
      store.setState((state) => ({ drawer: state.drawer === drawer ? null : drawer, lookedAtRun: null })),
    lookAt: (tab, viewport) =>
      store.setState(({ viewports }) => ({ viewports: { ...viewports, [tab]: viewport } })),
    showView: (tab, view) => store.setState(({ views }) => ({ views: { ...views, [tab]: view } })),
    enterTab: (tab) => {
      const state = store.getState();
      if (state.tab === tab) return;
      if (state.tab !== '') aside.set(state.tab, tabSessionOf(state));
      store.setState({ ...newTab, ...aside.get(tab), tab });
      aside.delete(tab);
    },
    forgetTab: (tab) => {
      aside.delete(tab);
      store.setState(
        ({ viewports: { [tab]: _viewport, ...viewports }, views: { [tab]: _view, ...views } }) => ({
          viewports,
          views,
        }),
      );
    },
  };
  return Object.assign(store, { actions });
}

export const sessionStore = createSessionStore();

/** What is shown of the tab shown. */
export function viewOf({ tab, views }: SessionState): View {
  return views[tab] ?? 'graph';
}

export function useSession<T>(select: (state: SessionState) => T): T {
  return useStore(sessionStore, select);
}
