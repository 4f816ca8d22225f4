import { Images } from 'lucide-react';
import * as edits from '#core/document/edit';
import {
  addressText,
  portAddressOf,
  type Point,
  type PortAddress,
  type WorkflowDocument,
} from '#core/document/schema';
import type { ChosenPicture } from '#core/ipc';
import { canConnect } from '#core/plan/can-connect';
import { isImageRef } from '#core/values';
import { words } from '../look/words';
import { documentStore } from '../stores/document-store';
import { runStore } from '../stores/run-store';
import { sessionStore, type SessionState } from '../stores/session-store';
import { onlySelected, type Command } from './command';
import { showNote } from './notices';
import { choosePictures, pasteWithoutPlace, pictureNode, takeInFiles } from './pictures';

/** The card whose picture was dragged last, and the picture: dropped on a shelf the card itself is wired. */
let dragged: { node: string; hash: string } | undefined;

export function noteDragged(from: { node: string; hash: string } | undefined): void {
  dragged = from;
}

/** The input that would take references: of the one chosen node, a list of pictures before a single one. */
export function referencePort(session: SessionState): PortAddress | undefined {
  const node = onlySelected(session);
  if (node === undefined) return undefined;
  const inputs =
    session.catalogue.get(documentStore.getState().document.nodes[node]?.type ?? '')?.inputs ?? {};
  const images = Object.entries(inputs).filter(([, { type }]) => type === 'image');
  const [port] = images.find(([, { takes }]) => takes === 'all') ?? images[0] ?? [];
  return port === undefined ? undefined : { node, port };
}

/** Picture files dropped on a shelf: each becomes a node that is wired to it; a card's own picture wires the card. */
export async function dropReferences(files: readonly File[], to: PortAddress): Promise<void> {
  const chosen = await takeInFiles(files);
  const from = dragged;
  dragged = undefined;
  const [only, ...others] = chosen;
  if (from !== undefined && only !== undefined && others.length === 0 && only.image.hash === from.hash) {
    const source = givenBy(from);
    if (source !== undefined && wireReference(source, to)) return;
  }
  addReferences(chosen, to);
}

/** The output a card's picture is all of: of several pictures one is meant, which no wire can say. */
function givenBy({ node, hash }: { node: string; hash: string }): PortAddress | undefined {
  const port = Object.entries(runStore.getState().outputs.get(node) ?? {}).find(([, items]) => {
    const [only, ...others] = items;
    return others.length === 0 && isImageRef(only) && only.hash === hash;
  })?.[0];
  return port === undefined ? undefined : { node, port };
}

/** False where no such wire may be. */
function wireReference(from: PortAddress, to: PortAddress): boolean {
  const { document } = documentStore.getState();
  const { catalogue } = sessionStore.getState();
  const edge = { from: addressText(from), to: addressText(to) };
  if (document.edges.some((one) => one.from === edge.from && one.to === edge.to)) {
    showNote(words.shelf.isThere);
    return true;
  }
  if (canConnect(document, catalogue, from, to) !== null) return false;
  documentStore.actions.connect(edge, { replace: takesOne(document, to) });
  return true;
}

/** What was pasted while a shelf had the focus: files, or the picture on the clipboard. */
export async function pasteReferences(files: readonly File[], to: PortAddress): Promise<void> {
  const chosen = await takeInFiles(files);
  if (chosen.length > 0) return addReferences(chosen, to);
  const picture = await pasteWithoutPlace();
  if (picture === null) showNote(words.shelf.nothingToPaste, words.shelf.nothingToPasteText);
  else if (picture !== undefined) addReferences([picture], to);
}

export async function chooseReferences(to: PortAddress): Promise<void> {
  addReferences(await choosePictures(), to);
}

/** The shelf that has the focus, for what is pasted: its node and input. */
export function focusedShelf(): PortAddress | undefined {
  const shelf = document.activeElement?.closest<HTMLElement>('[data-shelf]')?.dataset['shelf'];
  return shelf === undefined ? undefined : portAddressOf(shelf);
}

function takesOne(document: WorkflowDocument, to: PortAddress): boolean {
  const definition = sessionStore.getState().catalogue.get(document.nodes[to.node]?.type ?? '');
  return definition?.inputs[to.port]?.takes === 'one';
}

/** About how large cards are: a picture's, and the highest of others. Pixels of the canvas. */
const card = { width: 290, height: 440, highest: 620 };

/** The first place from there downwards where a picture's card lies on no other. */
export function freePlace({ layout }: Pick<WorkflowDocument, 'layout'>, [x, from]: Point): Point {
  const beside = Object.values(layout).filter(([left]) => Math.abs(left - x) < card.width);
  const isFree = (y: number) => beside.every(([, top]) => top >= y + card.height || top + card.highest <= y);
  // Below a card is the first place that can be free.
  const places = [from, ...beside.map(([, top]) => top + card.highest).filter((y) => y > from)];
  return [x, Math.min(...places.filter(isFree))];
}

/** Adds pictures as nodes to the left of another, wired to its input in their order. One undo step. */
export function addReferences(chosen: readonly Pick<ChosenPicture, 'file'>[], to: PortAddress): void {
  const kind = pictureNode();
  const [output] = Object.keys(kind?.definition.outputs ?? {});
  if (kind === undefined || output === undefined || chosen.length === 0) return;
  documentStore.actions.edit((before) => {
    if (before.nodes[to.node] === undefined) return before;
    const isOne = takesOne(before, to);
    const [x, y] = before.layout[to.node] ?? [0, 0];
    return (isOne ? chosen.slice(0, 1) : chosen).reduce((document, { file }) => {
      const id = edits.freeNodeId(document, kind.definition.type);
      const fresh = edits.newNode(kind.definition);
      const at = freePlace(document, [x - 320, y]);
      const added = edits.addNode(
        document,
        id,
        { ...fresh, params: { ...fresh.params, [kind.param]: { ...file } } },
        at,
      );
      const from = addressText({ node: id, port: output });
      return edits.connect(added, { from, to: addressText(to) }, { replace: isOne });
    }, before);
  });
}

export const referenceCommands: readonly Command[] = [
  {
    id: 'edit.addReferences',
    title: words.shelf.command,
    heading: words.commands.headings.edit,
    icon: Images,
    enabled: ({ session }) => referencePort(session) !== undefined,
    run: async () => {
      const to = referencePort(sessionStore.getState());
      if (to !== undefined) await chooseReferences(to);
    },
  },
];
