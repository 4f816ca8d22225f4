import { z } from 'zod';
import { copyNodes, pasteFragment, type Fragment } from '#core/document/fragment';
import { documentSchema, edgeSchema, groupSchema, nodeSchema, subgraphSchema } from '#core/document/schema';
import { upgradeNodes } from '#core/document/upgrade';
import { documentStore } from '../stores/document-store';
import { sessionStore } from '../stores/session-store';
import { canvas } from './canvas-handle';
import { chosenNodes } from './chosen';
import { deleteNodes } from './nodes';
import { pastePicture, sayNothingToPaste } from './pictures';

/** Nodes as text: pasted into another window, or into a letter to somebody else. */
const fragmentSchema = z.strictObject({
  seedloom: z.literal('nodes'),
  nodes: z.record(z.string(), nodeSchema),
  edges: z.array(edgeSchema),
  layout: z.record(z.string(), z.tuple([z.number(), z.number()])),
  bends: documentSchema.shape.bends,
  groups: z.record(z.string(), groupSchema).optional(),
  collapsed: z.array(z.string()).optional(),
  sizes: z.record(z.string(), z.tuple([z.number(), z.number()])).optional(),
  subgraphs: z.record(z.string(), subgraphSchema).optional(),
});

/** What was copied here last: the page may write the clipboard at any time, but read it only while pasting by key. */
let copied: string | undefined;
/** The system's clipboard did not take it. */
let isOnlyHere = false;

export function fragmentText(fragment: Fragment): string {
  return JSON.stringify({ seedloom: 'nodes', ...fragment }, null, 2);
}

/** Nodes from a text, or `undefined` when it holds none. */
export function parseFragment(text: string): Fragment | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = fragmentSchema.safeParse(json);
  if (!parsed.success) return undefined;
  const { catalogue } = sessionStore.getState();
  const { seedloom: _seedloom, ...fragment } = parsed.data;
  return upgradeNodes(fragment, catalogue);
}

export async function copySelected(): Promise<void> {
  const selected = chosenNodes();
  if (selected.size === 0) return;
  copied = fragmentText(copyNodes(documentStore.getState().document, selected));
  try {
    await navigator.clipboard.writeText(copied);
    isOnlyHere = false;
  } catch {
    isOnlyHere = true;
  }
}

export async function cutSelected(): Promise<void> {
  const chosen = chosenNodes();
  await copySelected();
  deleteNodes([...chosen]);
}

function insert(fragment: Fragment, by: [number, number]): void {
  let ids: string[] = [];
  documentStore.actions.edit((document) => {
    const pasted = pasteFragment(document, fragment, by);
    ({ ids } = pasted);
    return pasted.document;
  });
  sessionStore.actions.select(ids);
}

/** `incoming`: what comes into them from others comes into the new ones too. */
export function duplicateNodes(ids: Iterable<string>, incoming = false): void {
  const chosen = new Set(ids);
  if (chosen.size > 0) insert(copyNodes(documentStore.getState().document, chosen, { incoming }), [32, 32]);
}

/** Puts nodes in the middle of what is seen, or a step beside where they came from when that is in view. */
function insertSeen(fragment: Fragment): void {
  const places = Object.values(fragment.layout);
  const left = Math.min(...places.map(([x]) => x));
  const top = Math.min(...places.map(([, y]) => y));
  const [x, y] = canvas()?.centre() ?? [left + 32, top + 32];
  const isNear = Math.abs(left - x) < 700 && Math.abs(top - y) < 500;
  insert(fragment, isNear ? [32, 32] : [Math.round(x - left - 132), Math.round(y - top - 90)]);
}

/** Nodes as text, or the picture on the clipboard. */
export async function pasteText(text: string): Promise<void> {
  const fragment = parseFragment(isOnlyHere ? (copied ?? text) : text);
  if (fragment !== undefined && Object.keys(fragment.nodes).length > 0) insertSeen(fragment);
  else if (!(await pastePicture())) sayNothingToPaste();
}

/** From the menu or the palette, where the page may not read the clipboard: what was copied here, else a picture. */
export async function paste(): Promise<void> {
  const read = await navigator.clipboard.readText().catch(() => {});
  await pasteText(read ?? copied ?? '');
}
