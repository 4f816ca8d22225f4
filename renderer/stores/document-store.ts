import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { createDocument } from '#core/document/create';
import * as edits from '#core/document/edit';
import type { DocumentNode, Edge, Point, WorkflowDocument } from '#core/document/schema';
import type { JsonValue } from '#core/json';
import type { TaskKind } from '#core/task';
import { newHistory, redone, settled, undone, withEdit, type History } from './history';

/** Where the document came from and goes to. */
export interface FilePlace {
  /** `null`: never saved under a name. */
  path: string | null;
  /** As it is shown, without folder and ending. */
  name: string;
  /** Hash of the file when it was last read or written here. */
  seen: string | null;
}

export interface DocumentState extends FilePlace {
  document: WorkflowDocument;
  canUndo: boolean;
  canRedo: boolean;
  /** There are edits the file does not have. */
  edited: boolean;
  /** Goes up whenever another document takes the place of this one. */
  opened: number;
}

/**
 * Every change of the workflow. Each is one undo step; typing in one field is one step until a pause or `settle`.
 */
export interface DocumentActions {
  /** Shows another document; there is nothing to undo. `edited`: it is not what the file holds. */
  open(document: WorkflowDocument, place: FilePlace, edited: boolean): void;
  /** `document` is now in the file. */
  saved(document: WorkflowDocument, place: FilePlace): void;
  undo(): void;
  redo(): void;
  /** The field was left, the gesture is over: the next edit is an undo step of its own. */
  settle(): void;
  /** Any pure edit; those with the same `about` join into one undo step until a pause or `settle`. */
  edit(change: (document: WorkflowDocument) => WorkflowDocument, about?: string): void;

  setParam(node: string, param: string, value: JsonValue): void;
  setNodeTitle(node: string, title: string): void;
  setWorkflowTitle(title: string): void;
  setRoute(nodes: readonly string[], route: string | undefined): void;
  setDefaultRoute(kind: TaskKind, route: string): void;
  takeNext(nodes: readonly string[]): void;
  addNode(id: string, node: DocumentNode, at: Point): void;
  moveNodes(places: Readonly<Record<string, Point>>): void;
  /** Nodes with their wires, and wires by themselves. */
  remove(nodes: ReadonlySet<string>, edges: readonly Edge[]): void;
  connect(edge: Edge, options: { replace: boolean }): void;
  disconnect(wires: readonly Edge[]): void;
  orderEdges(to: string, sources: readonly string[]): void;
}

export type DocumentStore = StoreApi<DocumentState> & { readonly actions: DocumentActions };

export const nameless: FilePlace = { path: null, name: 'Untitled', seen: null };

/** The workflow being edited: saved, undoable. `now` is in milliseconds. */
export function createDocumentStore(now: () => number = Date.now): DocumentStore {
  let history: History<WorkflowDocument> = newHistory(createDocument('new'));
  let inFile: WorkflowDocument | null = history.present;

  const shown = () => ({
    document: history.present,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    edited: history.present !== inFile,
  });
  const store = createStore<DocumentState>(() => ({ ...nameless, ...shown(), opened: 0 }));
  const become = (next: History<WorkflowDocument>) => {
    if (next === history) return;
    history = next;
    store.setState(shown());
  };
  const edit: DocumentActions['edit'] = (change, about) =>
    become(withEdit(history, change(history.present), now(), about));
  const forAll =
    (nodes: readonly string[], change: (document: WorkflowDocument, node: string) => WorkflowDocument) =>
    (document: WorkflowDocument) =>
      nodes.reduce(change, document);

  const actions: DocumentActions = {
    open: (document, place, edited) => {
      history = newHistory(document);
      inFile = edited ? null : document;
      store.setState({ ...shown(), ...place, opened: store.getState().opened + 1 });
    },
    saved: (document, place) => {
      inFile = document;
      store.setState({ ...shown(), ...place });
    },
    undo: () => become(undone(history)),
    redo: () => become(redone(history)),
    settle: () => become(settled(history)),
    edit,
    setParam: (node, param, value) =>
      edit((document) => edits.setParam(document, node, param, value), `${node}.${param}`),
    setNodeTitle: (node, title) => edit((document) => edits.setTitle(document, node, title)),
    setWorkflowTitle: (title) => edit((document) => ({ ...document, title })),
    setRoute: (nodes, route) =>
      edit(forAll(nodes, (document, node) => edits.setRoute(document, node, route))),
    setDefaultRoute: (kind, route) => edit((document) => edits.setDefaultRoute(document, kind, route)),
    takeNext: (nodes) => edit(forAll(nodes, edits.takeNext)),
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
