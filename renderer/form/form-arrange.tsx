import {
  closestCenter,
  DndContext,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
  type DragEndEvent,
} from '@dnd-kit/core';
import { SortableContext, sortableKeyboardCoordinates, verticalListSortingStrategy } from '@dnd-kit/sortable';
import { Check } from 'lucide-react';
import { editForm, formFields, isExposed, moveExposed, resultNodes } from '#core/document/edit-exposed';
import type { WorkflowDocument } from '#core/document/schema';
import type { NodeCatalogue } from '#core/node';
import { shownParams } from '#core/param';
import { isTitled } from '#core/workflow-name';
import { arrangeForm, toggleExposed, toggleFirst } from '../commands/form';
import { ChoiceList } from '../fields/choice-list';
import { words } from '../look/words';
import { nodeTitle } from '../panels/issue-place';
import { documentStore, useDocument } from '../stores/document-store';
import { useSession } from '../stores/session-store';
import { ArrangedField } from './form-arranged-field';

const { edit, settle, setWorkflowTitle } = documentStore.actions;

/** The form while it is arranged: its words, its fields and their order, the pictures it shows. */
export function FormArrange() {
  const document = useDocument((state) => state.document);
  const catalogue = useSession((state) => state.catalogue);
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const fields = formFields(document, catalogue);
  const params = fields.map(({ param }) => param);
  const drop = ({ active, over }: DragEndEvent) => {
    if (over === null || over.id === active.id) return;
    const [from, to] = [params.indexOf(String(active.id)), params.indexOf(String(over.id))];
    // Downwards it takes the place behind the one it is dropped on.
    const before = (from < to ? params[to + 1] : params[to]) ?? null;
    edit((now) => moveExposed(now, String(active.id), before));
  };
  const called = useDocument((state) => state.called.name);
  return (
    <>
      <header className="form-head">
        <div className="form-head-words">
          <input
            className="input form-title-field"
            aria-label={words.form.titleHint}
            value={isTitled(document.title) ? document.title : ''}
            placeholder={called}
            onChange={(event) => setWorkflowTitle(event.target.value)}
            onBlur={settle}
          />
          <button type="button" className="button" data-kind="primary" onClick={arrangeForm}>
            <Check size={14} aria-hidden="true" /> {words.form.arranged}
          </button>
        </div>
        <textarea
          className="input"
          rows={3}
          aria-label={words.form.description}
          placeholder={words.form.descriptionHint}
          value={document.form?.description ?? ''}
          onChange={(event) => {
            const description = event.target.value;
            edit((now) => editForm(now, { description }), 'form.description');
          }}
          onBlur={settle}
        />
      </header>
      <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={drop}>
        <SortableContext items={params} strategy={verticalListSortingStrategy}>
          <ol className="form-arranged">
            {fields.map((field) => (
              <ArrangedField
                key={field.param}
                field={field}
                from={nodeTitle(document, catalogue, field.node)}
                own={catalogue.get(document.nodes[field.node]?.type ?? '')?.params[field.name]?.label ?? ''}
              />
            ))}
          </ol>
        </SortableContext>
      </DndContext>
      <AddField document={document} catalogue={catalogue} />
      <Results document={document} catalogue={catalogue} />
      <label className="form-check form-first">
        <input type="checkbox" checked={document.form?.first === true} onChange={toggleFirst} />
        <span>
          {words.form.first}
          <span className="field-hint">{words.form.firstHint}</span>
        </span>
      </label>
    </>
  );
}

interface Known {
  document: WorkflowDocument;
  catalogue: NodeCatalogue;
}

function AddField({ document, catalogue }: Known) {
  const options = Object.entries(document.nodes).flatMap(([id, { type, params }]) =>
    shownParams(catalogue.get(type)?.params ?? {}, params)
      .filter(([name]) => !isExposed(document, `${id}.${name}`))
      .map(([name, { label }]) => ({
        value: `${id}.${name}`,
        label,
        heading: nodeTitle(document, catalogue, id),
      })),
  );
  if (options.length === 0) return <p className="caption">{words.form.allAdded}</p>;
  return (
    <div className="form-add">
      <ChoiceList
        label={words.form.addField}
        options={options}
        value=""
        placeholder={words.form.addField}
        onChange={toggleExposed}
      />
    </div>
  );
}

function Results({ document, catalogue }: Known) {
  const able = resultNodes(document, catalogue);
  const chosen = document.form?.results ?? [];
  if (able.length === 0) return null;
  const toggle = (id: string) => {
    const next = chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id];
    edit((now) => editForm(now, { results: next.length === 0 ? undefined : next }));
  };
  return (
    <fieldset className="form-shown">
      <legend className="form-heading">{words.form.results}</legend>
      <p className="field-hint">{words.form.resultsHint}</p>
      {able.map((id) => (
        <label key={id} className="form-check">
          <input type="checkbox" checked={chosen.includes(id)} onChange={() => toggle(id)} />
          <span className="one-line">{nodeTitle(document, catalogue, id)}</span>
        </label>
      ))}
    </fieldset>
  );
}
