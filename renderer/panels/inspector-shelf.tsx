import { ReferenceShelf } from '../fields/reference-shelf';
import { useShelf } from '../fields/use-shelf';
import { words } from '../look/words';
import { Section } from './inspector-section';

/** The pictures of one input that takes several, in their order. */
export function InspectorShelf({ id, port, label }: { id: string; port: string; label: string }) {
  const shelf = useShelf(id, port);
  const { length, limit } = shelf;
  return (
    <Section
      title={label}
      aside={
        <span className="value faint" data-over={limit !== undefined && length > limit.most}>
          {limit === undefined ? length : words.shelf.length(length, limit.most)}
        </span>
      }
    >
      <ReferenceShelf shelf={shelf} label={label} />
    </Section>
  );
}
