import { ListMinus, ListPlus } from 'lucide-react';
import { isExposed } from '#core/document/edit-exposed';
import { toggleExposed } from '../commands/form';
import { words } from '../look/words';
import { useDocument } from '../stores/document-store';
import './expose-button.css';

/** Beside a field of the inspector: puts it on the form, or takes it off. */
export function ExposeButton({ param, label }: { param: string; label: string }) {
  const isOn = useDocument(({ document }) => isExposed(document, param));
  const says = isOn ? words.form.unexpose(label) : words.form.expose(label);
  return (
    <button
      type="button"
      className="expose"
      aria-pressed={isOn}
      aria-label={isOn ? words.form.offForm : words.form.onForm}
      title={says}
      onClick={() => toggleExposed(param)}
    >
      {isOn ? <ListMinus size={13} /> : <ListPlus size={13} />}
    </button>
  );
}
