import { flatten } from '#core/document/flatten';
import type { OpenGraph } from '#core/document/open-graph';
import { packNodes } from '#core/document/pack';
import { addressText, type PortAddress } from '#core/document/schema';
import {
  catalogueOf,
  inputsId,
  isBoundary,
  outputsId,
  subgraphOf,
  subgraphsAround,
} from '#core/document/subgraph';
import { addPort, type Side } from '#core/document/subgraph-ports';
import { unpackNode } from '#core/document/unpack';
import type { NodeCatalogue } from '#core/node';
import { words } from '../look/words';
import { nodeTitle } from '../panels/issue-place';
import { documentStore, type DocumentState } from '../stores/document-store';
import { runStore } from '../stores/run-store';
import { sessionStore, type LooseWire } from '../stores/session-store';
import { canvas } from './canvas-handle';
import { showNote } from './notices';

/** The kinds of node there are in every workflow. */
let kinds: NodeCatalogue = new Map();

export function useKinds(catalogue: NodeCatalogue): void {
  kinds = catalogue;
  sessionStore.actions.set({ catalogue });
}

/** The kinds of node, and what is shown as one, follow the workflow. */
export function followSubgraphs({ whole, tab }: Pick<DocumentState, 'whole' | 'tab'>): void {
  const { catalogue } = sessionStore.getState();
  const next = catalogueOf(whole, kinds, catalogue, words.subgraphs);
  if (next !== catalogue) sessionStore.actions.set({ catalogue: next });
  const parts = whole.subgraphs === undefined ? none : flatten(whole, kinds).instances;
  const shown = runStore.getState();
  if (parts !== shown.parts || tab !== shown.tab) runStore.actions.setParts(parts, tab);
}

const none: ReadonlyMap<string, never> = new Map<string, never>();

/** Puts nodes into a subgraph, or says why that cannot be. */
export function makeSubgraph(ids: Iterable<string>): void {
  const { document } = documentStore.getState();
  const { catalogue } = sessionStore.getState();
  const made = packNodes(document, ids, catalogue, words.subgraphs.untitled);
  if ('refused' in made) {
    const names = made.nodes.map((id) => nodeTitle(document, catalogue, id)).join(', ');
    showNote(words.subgraphs.refused, words.subgraphs.whyRefused[made.refused](names));
    return;
  }
  documentStore.actions.edit(() => made.document);
  sessionStore.actions.select([made.id]);
}

/** The subgraph a node of what is shown stands for. */
export function subgraphAt(document: OpenGraph, id: string | undefined): string | undefined {
  if (id === undefined || isBoundary(id)) return undefined;
  const subgraph = subgraphOf(document.nodes[id]?.type ?? '');
  return subgraph !== undefined && Object.hasOwn(document.subgraphs ?? {}, subgraph) ? subgraph : undefined;
}

/** Shows the inside of a node that stands for a subgraph. */
export function openSubgraph(id: string): void {
  const { document, inside } = documentStore.getState();
  if (subgraphAt(document, id) === undefined) return;
  goInto([...inside, id.slice(document.prefix?.length ?? 0)]);
}

/** Shows what is at the end of a path; the node that was left is selected. */
export function goInto(path: readonly string[]): void {
  const { inside } = documentStore.getState();
  sessionStore.actions.set({ renaming: null });
  documentStore.actions.goInto(path);
  const left = inside.length > path.length ? inside.slice(0, path.length + 1).join('/') : undefined;
  sessionStore.actions.select(left === undefined ? [] : [left]);
}

/** Back to what is around. */
export function leaveSubgraph(): void {
  goInto(documentStore.getState().inside.slice(0, -1));
}

/** Puts the nodes of subgraphs in the place of these nodes. One undo step. */
export function unpackSubgraphs(ids: Iterable<string>): void {
  const fresh: string[] = [];
  documentStore.actions.edit((before) =>
    [...ids].reduce((document: OpenGraph, id) => {
      const made = unpackNode(document, id, catalogueOf(document, kinds));
      if (made === undefined) return document;
      fresh.push(...made.ids);
      return made.document;
    }, before),
  );
  sessionStore.actions.select(fresh);
}

/** A wire let go over the card of a side becomes a port of the subgraph. Whether it did. */
export function portFromWire(wire: LooseWire, card: string): boolean {
  const side: Side = wire.side === 'input' ? 'inputs' : 'outputs';
  if (!card.endsWith(side === 'inputs' ? inputsId : outputsId) || isBoundary(wire.node)) return false;
  makePort(side, wire);
  return true;
}

/** A new port of the open subgraph for a port of a node inside. */
export function makePort(side: Side, { node, port }: PortAddress): void {
  const { catalogue } = sessionStore.getState();
  documentStore.actions.edit((document) => {
    const definition = catalogue.get(document.nodes[node]?.type ?? '');
    const input = definition?.inputs[port];
    const type = side === 'inputs' ? input?.type : definition?.outputs[port]?.type;
    return type === undefined
      ? document
      : addPort(document, side, addressText({ node, port }), type, input?.takes === 'one');
  });
}

/** Whether a kind of node may be put where one is now: a subgraph cannot go into itself. */
export function mayPlace(type: string): boolean {
  const { document, whole } = documentStore.getState();
  if (document.inside === undefined) return true;
  const around = subgraphsAround(whole.subgraphs ?? {}, document.inside);
  const id = subgraphOf(type);
  return id === undefined || !around.has(id);
}

/** Selects a node wherever it is, and brings it into view: what is around it is opened first. `then`: when it is drawn. */
export function goToNode(id: string, then: () => void = () => {}): void {
  const path = id.split('/').slice(0, -1);
  const isHere = path.join('/') === documentStore.getState().inside.join('/');
  if (!isHere) goInto(path);
  sessionStore.actions.select([id]);
  const show = () => {
    canvas()?.show([id]);
    then();
  };
  if (isHere) show();
  // The canvas of what is opened is drawn with the next frame.
  else requestAnimationFrame(() => requestAnimationFrame(show));
}
