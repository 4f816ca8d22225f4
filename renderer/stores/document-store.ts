import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { createDocument } from '#core/document/create';
import * as edits from '#core/document/edit';
import {
  openGraph,
  pathThere,
  withOpenGraph,
  type OpenGraph,
  type OpenPath,
} from '#core/document/open-graph';
import type { DocumentNode, Edge, Point, WorkflowDocument } from '#core/document/schema';
import type { JsonValue } from '#core/json';
import type { TaskKind } from '#core/task';
import { workflowName } from '#core/workflow-name';
import { redone, settled, undone, withEdit, type History } from './history';
import {
  isEdited,
  mostClosed,
  nameless,
  openDocument,
  sameFile,
  summariesOf,
  withoutFile,
  type DocumentToOpen,
  type FilePlace,
  type OpenDocument,
  type TabSummary,
} from './open-documents';
import { endsStep } from './typing';

export { nameless, type FilePlace };

/** The document that is shown, and which others are open. */
export interface DocumentState extends FilePlace {
  /** The graph that is shown: the workflow, or the inside of a subgraph as if it were one. */
  document: OpenGraph;
  /** What the workflow is called, and its file where that is called otherwise. */
  called: { name: string; file?: string };
  /** The workflow itself: what is saved, planned and run. */
  whole: WorkflowDocument;
  /** The nodes gone into to what is shown. */
  inside: OpenPath;
  canUndo: boolean;
  canRedo: boolean;
  /** There are edits the file does not have. */
  edited: boolean;
  /** The tab that is shown. A document never takes the place of another in a tab. */
  tab: string;
  /** In the order of the strip. */
  tabs: readonly TabSummary[];
  /** How many closed tabs can be brought back. */
  closed: number;
}

/**
 * Every change of the workflow. Each is one undo step; typing in one field is one step until a pause or `settle`.
 */
export interface DocumentActions {
  /**
   * Opens a document in a tab of its own and shows it; there is nothing to undo. `edited`: it is not what the file holds.
   * `instead`: the tab whose place it takes.
   */
  open(document: WorkflowDocument, place: FilePlace, edited: boolean, instead?: string): void;
  /** Opens these and nothing else, at least one; shows `shown`, or the first. */
  openAll(documents: readonly DocumentToOpen[], shown: string | null): void;
  showTab(tab: string): void;
  /** Closes a tab that is not the only one; its neighbour is shown. Gives the tab that cannot be brought back any more. */
  closeTab(tab: string): string | undefined;
  /** Brings the tab closed last back, with its history, and shows it. */
  reopenTab(): void;
  /** Moves a tab to a place of the strip, from 0. */
  moveTab(tab: string, to: number): void;
  /** All documents that are open, in the order of the strip. */
  all(): readonly OpenDocument[];
  inTab(tab: string): OpenDocument | undefined;
  /** It is open, or can be opened again. */
  knows(tab: string): boolean;
  /** `document`, a whole one, of a tab, that shown when none is named, is now in the file. */
  saved(document: WorkflowDocument, place: FilePlace, tab?: string): void;
  /** The file of the document shown has this content by now; what is shown is kept nonetheless. */
  sawOnDisk(seen: string): void;
  undo(): void;
  redo(): void;
  /** The field was left, the gesture is over: the next edit is an undo step of its own. */
  settle(): void;
  /** Any pure edit; those with the same `about` join into one undo step until a pause or `settle`. */
  edit(change: (document: OpenGraph) => WorkflowDocument, about?: string): void;
  /** An edit of the workflow, whatever of it is shown. */
  editWhole(change: (whole: WorkflowDocument) => WorkflowDocument): void;
  /** Shows the inside of a subgraph: the nodes to go into, from the outermost; none for the workflow. */
  goInto(path: OpenPath): void;

  setParam(node: string, param: string, value: JsonValue): void;
  setNodeTitle(node: string, title: string): void;
  setWorkflowTitle(title: string): void;
  setRoute(nodes: readonly string[], route: string | undefined): void;
  setDefaultRoute(kind: TaskKind, route: string): void;
  takeNext(nodes: readonly string[]): void;
  /** Back to the take before, where there is one. */
  takeBefore(nodes: readonly string[]): void;
  addNode(id: string, node: DocumentNode, at: Point): void;
  moveNodes(places: Readonly<Record<string, Point>>): void;
  /** Nodes with their wires, and wires by themselves. */
  remove(nodes: ReadonlySet<string>, edges: readonly Edge[]): void;
  connect(edge: Edge, options: { replace: boolean }): void;
  disconnect(wires: readonly Edge[]): void;
  orderEdges(to: string, sources: readonly string[]): void;
}

export type DocumentStore = StoreApi<DocumentState> & { readonly actions: DocumentActions };

const atTop: OpenPath = [];

/** The workflows being edited: saved, undoable. `now` is in milliseconds. */
export function createDocumentStore(now: () => number = Date.now): DocumentStore {
  let shown = openDocument({ document: createDocument('new'), place: nameless, edited: false });
  let documents: readonly OpenDocument[] = [shown];
  let closed: readonly { open: OpenDocument; at: number }[] = [];

  const insideOf = ({ history: { present }, inside = atTop }: OpenDocument) => pathThere(present, inside);
  let graph: { of: WorkflowDocument; inside: OpenPath; document: OpenGraph } | undefined;
  const shownGraph = () => {
    const { present: of } = shown.history;
    const inside = insideOf(shown);
    if (graph?.of !== of || graph.inside !== inside) graph = { of, inside, document: openGraph(of, inside) };
    return graph.document;
  };
  let called: DocumentState['called'] = { name: '' };
  const shownName = () => {
    const { history, place } = shown;
    const now = workflowName(history.present.title, place.path === null ? null : place.name);
    if (now.name !== called.name || now.file !== called.file) called = now;
    return called;
  };
  const derived = (before: readonly TabSummary[]): DocumentState => ({
    ...shown.place,
    document: shownGraph(),
    called: shownName(),
    whole: shown.history.present,
    inside: insideOf(shown),
    canUndo: shown.history.past.length > 0,
    canRedo: shown.history.future.length > 0,
    edited: isEdited(shown),
    tab: shown.id,
    tabs: summariesOf(documents, before),
    closed: closed.length,
  });
  const store = createStore<DocumentState>(() => derived([]));
  const tell = () => store.setState((before) => derived(before.tabs));
  const replace = (old: OpenDocument, next: OpenDocument) => {
    documents = documents.map((open) => (open === old ? next : open));
    if (shown === old) shown = next;
    tell();
  };
  const become = (history: History<WorkflowDocument>) => {
    if (history === shown.history) return;
    // What is shown may be gone with an undo.
    const inside = insideOf({ ...shown, history });
    replace(shown, { ...shown, history, inside });
  };
  const edit: DocumentActions['edit'] = (change, about) => {
    const before = shownGraph();
    const after = change(before);
    if (after === before) return;
    const changed = withOpenGraph(shown.history.present, insideOf(shown), after);
    become(withEdit(shown.history, changed, now(), about));
  };
  const forAll =
    (nodes: readonly string[], change: (document: WorkflowDocument, node: string) => WorkflowDocument) =>
    (document: WorkflowDocument) =>
      nodes.reduce(change, document);

  const actions: DocumentActions = {
    open: (document, place, edited, instead) => {
      const opened = openDocument({ document, place, edited });
      const old = documents.findIndex(({ id }) => id === instead);
      const after = documents.indexOf(shown) + 1;
      documents = old < 0 ? documents.toSpliced(after, 0, opened) : documents.with(old, opened);
      shown = opened;
      tell();
    },
    openAll: (list, shownTab) => {
      documents = list.map(openDocument);
      shown = documents.find(({ id }) => id === shownTab) ?? documents[0] ?? shown;
      closed = [];
      tell();
    },
    showTab: (tab) => {
      shown = documents.find(({ id }) => id === tab) ?? shown;
      tell();
    },
    closeTab: (tab) => {
      const at = documents.findIndex(({ id }) => id === tab);
      const open = documents[at];
      if (open === undefined || documents.length === 1) return undefined;
      documents = documents.toSpliced(at, 1);
      // Of those that were closed one after the other, the last neighbour is the one on the right.
      if (open === shown) shown = documents[at] ?? documents[at - 1] ?? shown;
      const lost = closed.length < mostClosed ? undefined : closed[0]?.open.id;
      closed = [...closed, { open, at }].slice(-mostClosed);
      tell();
      return lost;
    },
    reopenTab: () => {
      const last = closed.at(-1);
      if (last === undefined) return;
      closed = closed.slice(0, -1);
      const { open } = last;
      const same = sameFile(documents, open.place.path);
      // Its file was opened again meanwhile: what was not saved comes back beside it, in no file.
      shown = same === undefined ? open : isEdited(open) ? withoutFile(open) : same;
      if (shown !== same) documents = documents.toSpliced(last.at, 0, shown);
      tell();
    },
    moveTab: (tab, to) => {
      const open = documents.find(({ id }) => id === tab);
      if (open === undefined) return;
      documents = documents.filter((other) => other !== open).toSpliced(to, 0, open);
      tell();
    },
    all: () => documents,
    inTab: (tab) => documents.find(({ id }) => id === tab),
    knows: (tab) => [...documents, ...closed.map(({ open }) => open)].some(({ id }) => id === tab),
    saved: (document, place, tab) => {
      const { path, name, seen } = place;
      const old = tab === undefined ? shown : documents.find(({ id }) => id === tab);
      if (old === undefined) return;
      // A file belongs to one tab: another one of it keeps only what it alone has.
      const other = sameFile(documents, path);
      if (other !== undefined && other !== old)
        documents = documents.flatMap((open) =>
          open !== other ? [open] : isEdited(open) ? [withoutFile(open)] : [],
        );
      replace(old, { ...old, inFile: document, place: { path, name, seen } });
    },
    sawOnDisk: (seen) => replace(shown, { ...shown, place: { ...shown.place, seen } }),
    undo: () => become(undone(shown.history)),
    redo: () => become(redone(shown.history)),
    settle: () => become(settled(shown.history)),
    edit,
    editWhole: (change) => become(withEdit(shown.history, change(shown.history.present), now())),
    goInto: (path) => {
      const history = settled(shown.history);
      replace(shown, { ...shown, history, inside: pathThere(history.present, path) });
    },
    setParam: (node, param, value) => {
      const before = store.getState().document.nodes[node]?.params[param];
      edit((document) => edits.setParam(document, node, param, value), `${node}.${param}`);
      if (endsStep(before, value, shown.history.open?.joined ?? 0)) become(settled(shown.history));
    },
    setNodeTitle: (node, title) => edit((document) => edits.setTitle(document, node, title)),
    setWorkflowTitle: (title) => edit((document) => ({ ...document, title })),
    setRoute: (nodes, route) =>
      edit(forAll(nodes, (document, node) => edits.setRoute(document, node, route))),
    setDefaultRoute: (kind, route) => edit((document) => edits.setDefaultRoute(document, kind, route)),
    takeNext: (nodes) => edit(forAll(nodes, edits.takeNext)),
    takeBefore: (nodes) => edit(forAll(nodes, edits.takeBefore)),
    addNode: (id, node, at) => edit((document) => edits.addNode(document, id, node, at)),
    moveNodes: (places) => edit((document) => edits.moveNodes(document, places)),
    remove: (nodes, wires) =>
      edit((document) => {
        const cut = wires.length === 0 ? document : edits.disconnect(document, wires);
        return nodes.size === 0 ? cut : edits.removeNodes(cut, nodes);
      }),
    connect: (edge, options) => edit((document) => edits.connect(document, edge, options)),
    disconnect: (wires) => edit((document) => edits.disconnect(document, wires)),
    orderEdges: (to, sources) => edit((document) => edits.orderEdges(document, to, sources)),
  };
  return Object.assign(store, { actions });
}

export const documentStore = createDocumentStore();

export function useDocument<T>(select: (state: DocumentState) => T): T {
  return useStore(documentStore, select);
}
