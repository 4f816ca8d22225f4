import { Brush } from 'lucide-react';
import { setParam } from '#core/document/edit';
import type { Field, ParamSpec } from '#core/param';
import { filledStroke, paintingSchema, type Painting } from '#core/painting';
import { words } from '../look/words';
import { documentStore } from '../stores/document-store';
import { sessionStore } from '../stores/session-store';
import { onlySelected, type Command, type EditorState } from './command';
import { showNote } from './notices';

type PaintingSpec = ParamSpec & { field: Extract<Field, { kind: 'painting' }> };

/** The param of a node's kind that holds a painting, if it has one. */
export function paintingOf(type: string | undefined): [name: string, spec: PaintingSpec] | undefined {
  const params = sessionStore.getState().catalogue.get(type ?? '')?.params ?? {};
  return Object.entries(params).find(
    (entry): entry is [string, PaintingSpec] => entry[1].field.kind === 'painting',
  );
}

function paintedNode({ session, document }: EditorState): string | undefined {
  const id = onlySelected(session);
  return id === undefined || paintingOf(document.document.nodes[id]?.type) === undefined ? undefined : id;
}

export function openPainting(node: string): void {
  const { document } = documentStore.getState();
  const found = paintingOf(document.nodes[node]?.type);
  if (found === undefined) return;
  documentStore.actions.settle();
  sessionStore.actions.set({ overlay: { kind: 'paint', node, param: found[0] } });
}

/** What is painted on a node now. */
function strokesOf(node: string, param: string): Painting {
  const read = paintingSchema.safeParse(documentStore.getState().document.nodes[node]?.params[param]);
  return read.success ? read.data : [];
}

/** Other strokes, in one undo step; what is painted is also what counts. False where they are too many. */
export function setStrokes(node: string, param: string, strokes: Painting): boolean {
  if (!paintingSchema.safeParse(strokes).success) {
    showNote(words.painting.full);
    return false;
  }
  const when = paintingOf(documentStore.getState().document.nodes[node]?.type)?.[1].when;
  documentStore.actions.edit((document) => {
    const painted = setParam(document, node, param, [...strokes]);
    return when === undefined ? painted : setParam(painted, node, when.param, when.is);
  });
  return true;
}

export function addStroke(node: string, param: string, stroke: string): boolean {
  return setStrokes(node, param, [...strokesOf(node, param), stroke]);
}

export function fillPainting(node: string, param: string): boolean {
  // What was painted below it is not seen any more.
  return setStrokes(node, param, [filledStroke]);
}

export const paintingCommands: readonly Command[] = [
  {
    id: 'edit.paint',
    title: words.painting.command,
    heading: words.commands.headings.edit,
    icon: Brush,
    keys: ['Shift+E'],
    enabled: (state) => paintedNode(state) !== undefined,
    run: () => {
      const [only] = sessionStore.getState().selected;
      if (only !== undefined) openPainting(only);
    },
  },
];
