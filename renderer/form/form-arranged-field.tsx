import { useSortable } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { GripVertical, X } from 'lucide-react';
import { editExposed, type FormField } from '#core/document/edit-exposed';
import { toggleExposed } from '../commands/form';
import { words } from '../look/words';
import { documentStore } from '../stores/document-store';

const { edit, settle } = documentStore.actions;

/** A field of the form with its words, to be moved, renamed and taken off. */
export function ArrangedField({
  field,
  from,
  own,
}: {
  field: FormField;
  /** The node's title, and the param's own label. */
  from: string;
  own: string;
}) {
  const { param, label, hint, heading, spec } = field;
  const { attributes, listeners, setNodeRef, transform, transition, isDragging } = useSortable({ id: param });
  const write = (name: 'label' | 'hint' | 'heading', text: string) =>
    edit((document) => editExposed(document, param, { [name]: text }), `form.${param}.${name}`);
  return (
    <li
      ref={setNodeRef}
      className="form-arranged-field"
      data-dragging={isDragging}
      style={{ transform: CSS.Translate.toString(transform), transition }}
    >
      <button
        type="button"
        className="icon-button form-grip"
        {...attributes}
        {...listeners}
        aria-label={words.form.move(spec.label)}
      >
        <GripVertical size={15} />
      </button>
      <div className="form-arranged-words">
        <Words
          name={words.form.heading}
          value={heading}
          placeholder={words.form.headingNone}
          onChange={(text) => write('heading', text)}
        />
        <Words
          name={words.form.label}
          value={label}
          placeholder={own}
          onChange={(text) => write('label', text)}
        />
        <Words
          name={words.form.hint}
          value={hint}
          placeholder={spec.hint ?? ''}
          onChange={(text) => write('hint', text)}
        />
        <p className="caption one-line">{words.form.fieldOf(from)}</p>
      </div>
      <button
        type="button"
        className="icon-button"
        aria-label={words.form.remove(spec.label)}
        title={words.form.remove(spec.label)}
        onClick={() => toggleExposed(param)}
      >
        <X size={15} />
      </button>
    </li>
  );
}

function Words({
  name,
  value = '',
  placeholder,
  onChange,
}: {
  name: string;
  value: string | undefined;
  placeholder: string;
  onChange: (text: string) => void;
}) {
  return (
    <label className="form-words">
      <span className="field-label">{name}</span>
      <input
        className="input"
        value={value}
        placeholder={placeholder}
        onChange={(event) => onChange(event.target.value)}
        onBlur={settle}
      />
    </label>
  );
}
