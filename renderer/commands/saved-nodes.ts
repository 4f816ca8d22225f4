import { folderOf, withPathsBelow, withWholePaths } from '#core/document/file-paths';
import { pasteFragment } from '#core/document/fragment';
import { savedNodeOf, type SavedNode } from '#core/document/saved-node';
import type { Point } from '#core/document/schema';
import { catalogueOf, subgraphType } from '#core/document/subgraph';
import { freeSubgraphId } from '#core/document/subgraph-copies';
import { upgradeNodes } from '#core/document/upgrade';
import type { NodeCatalogue, NodeDefinition } from '#core/node';
import { words } from '../look/words';
import { ask as askPerson } from '../panels/confirm';
import { documentStore } from '../stores/document-store';
import { sessionStore } from '../stores/session-store';
import { ask } from './bridge';
import { canvas } from './canvas-handle';
import { showGood } from './notices';
import { subgraphAt } from './subgraphs';

const prefix = 'saved:';

function keep(savedNodes: SavedNode[] | undefined): void {
  if (savedNodes !== undefined) sessionStore.actions.set({ savedNodes });
}

export async function readSavedNodes(): Promise<void> {
  keep(await ask('nodes.list', {}));
}

/** Keeps the subgraph a node stands for, for other workflows. */
export async function saveAsNode(id: string): Promise<void> {
  const { document } = documentStore.getState();
  const subgraph = subgraphAt(document, id);
  const title = subgraph === undefined ? undefined : document.subgraphs?.[subgraph]?.title;
  if (subgraph === undefined || title === undefined) return;
  const name = freeSubgraphId({}, title);
  const isTaken = sessionStore.getState().savedNodes.some((one) => one.name === name);
  if (isTaken) {
    const { replace, replaceText, replaceAction } = words.subgraphs;
    const answer = await askPerson({ title: replace(title), text: replaceText, action: replaceAction });
    if (answer !== 'yes') return;
  }
  const saved = savedNodeOf(document, subgraph, name);
  const part = { nodes: {}, subgraphs: saved.subgraphs };
  const { subgraphs } = withWholePaths(part, bareKinds(sessionStore.getState().catalogue), folderHere());
  keep(await ask('nodes.save', { ...saved, subgraphs }));
  showGood(words.subgraphs.saved(title));
}

export async function removeSavedNode(name: string, title: string): Promise<void> {
  const { remove, removeText, removeAction } = words.subgraphs;
  const answer = await askPerson({
    title: remove(title),
    text: removeText,
    action: removeAction,
    kind: 'danger',
  });
  if (answer === 'yes') keep(await ask('nodes.remove', { name }));
}

/** Where the workflow's file is. */
function folderHere(): string | null {
  const { path } = documentStore.getState();
  return path === null ? null : folderOf(path);
}

/** Without the subgraphs of the workflow that is open, which may have the ids of those that are saved. */
function bareKinds(catalogue: NodeCatalogue): NodeCatalogue {
  return new Map([...catalogue].filter(([type]) => !type.startsWith(subgraphType(''))));
}

/** The saved nodes as kinds of node, for the palette. */
export function savedKinds(saved: readonly SavedNode[], catalogue: NodeCatalogue): NodeDefinition[] {
  return saved.flatMap(({ name, subgraph, subgraphs }) => {
    const definition = catalogueOf({ subgraphs }, bareKinds(catalogue)).get(subgraphType(subgraph));
    return definition === undefined
      ? []
      : [{ ...definition, type: `${prefix}${name}`, group: 'saved' as const, icon: 'package' }];
  });
}

/** Puts a saved node into what is shown: the workflow carries its definition from then on. Whether it is one. */
export function placeSavedNode(type: string, at?: Point): boolean {
  const { savedNodes, catalogue } = sessionStore.getState();
  const saved = savedNodes.find(({ name }) => type === `${prefix}${name}`);
  if (saved === undefined) return false;
  const place: Point = at ?? canvas()?.centre() ?? [0, 0];
  let ids: string[] = [];
  documentStore.actions.edit((document) => {
    const upgraded = upgradeNodes({ nodes: {}, subgraphs: saved.subgraphs }, catalogue);
    const { subgraphs } = withPathsBelow(upgraded, bareKinds(catalogue), folderHere());
    const node = { type: subgraphType(saved.subgraph), version: 1, params: {} };
    const fragment = {
      nodes: { [saved.name]: node },
      edges: [],
      layout: { [saved.name]: [0, 0] as Point },
      subgraphs,
    };
    const pasted = pasteFragment(document, fragment, [place[0] - 132, place[1] - 48]);
    ({ ids } = pasted);
    return pasted.document;
  });
  sessionStore.actions.select(ids);
  return true;
}
