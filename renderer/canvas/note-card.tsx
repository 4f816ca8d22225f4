import { NodeResizeControl } from '@xyflow/react';
import type { KeyboardEvent } from 'react';
import { groupColor, setSize } from '#core/document/edit-groups';
import type { DocumentNode } from '#core/document/schema';
import type { NodeDefinition } from '#core/node';
import { words } from '../look/words';
import { documentStore, useDocument } from '../stores/document-store';
import { sessionStore, useSession } from '../stores/session-store';
import './group-frame.css';
import './note-card.css';
import { TitleField } from './card-header';
import { noteSize } from './flow-elements';

/** Pixels. */
const least = { width: 120, height: 72 };
const keySteps: Record<string, [number, number]> = {
  ArrowLeft: [-24, 0],
  ArrowRight: [24, 0],
  ArrowUp: [0, -24],
  ArrowDown: [0, 24],
};
const { setParam, settle, edit } = documentStore.actions;

/** A note: words on paper, as large as the person wants it. */
export function NoteCard({
  id,
  node,
  definition,
  selected,
}: {
  id: string;
  node: DocumentNode;
  definition: NodeDefinition;
  selected: boolean;
}) {
  const size = useDocument(({ document }) => document.sizes?.[id]);
  const renaming = useSession((state) => state.renaming === id);
  const [width, height] = size ?? noteSize;
  const text = String(node.params['text'] ?? '');
  const color = groupColor(String(node.params['color'] ?? definition.params['color']?.initial ?? ''));
  const resizeByKey = (event: KeyboardEvent) => {
    const step = keySteps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    edit(
      (document) =>
        setSize(document, id, [
          Math.max(least.width, width + step[0]),
          Math.max(least.height, height + step[1]),
        ]),
      `size ${id}`,
    );
  };
  return (
    <article className="note" data-color={color} data-selected={selected}>
      <header className="note-head" onDoubleClick={() => sessionStore.actions.set({ renaming: id })}>
        {renaming ? (
          <TitleField id={id} title={node.title ?? definition.title} fallback={definition.title} />
        ) : (
          <h3 className="one-line">{node.title ?? definition.title}</h3>
        )}
      </header>
      <textarea
        className="note-text nodrag nowheel nopan"
        aria-label={words.arrange.note.text}
        placeholder={words.arrange.note.placeholder}
        value={text}
        onChange={(event) => setParam(id, 'text', event.target.value)}
        onBlur={settle}
      />
      <NodeResizeControl
        position="bottom-right"
        className="note-resize"
        autoScale={false}
        minWidth={least.width}
        minHeight={least.height}
        onResizeEnd={(_event, { width: wide, height: high }) =>
          edit((document) => setSize(document, id, [wide, high]))
        }
      >
        <button
          type="button"
          className="note-grip"
          aria-label={words.arrange.note.size}
          title={words.arrange.note.size}
          onKeyDown={resizeByKey}
        />
      </NodeResizeControl>
    </article>
  );
}
