import { ChevronRight, CornerLeftUp } from 'lucide-react';
import { openGraph } from '#core/document/open-graph';
import { effectiveModes } from '#core/document/modes';
import { goInto } from '../commands/subgraphs';
import { words } from '../look/words';
import { nodeTitle } from '../panels/issue-place';
import { useDocument } from '../stores/document-store';
import { useSession } from '../stores/session-store';
import './breadcrumb.css';

/** The way from the workflow to the subgraph that is open; each part of it goes there. */
export function Breadcrumb() {
  const inside = useDocument((state) => state.inside);
  const whole = useDocument((state) => state.whole);
  const catalogue = useSession((state) => state.catalogue);
  const called = useDocument((state) => state.called.name);
  if (inside.length === 0) return null;
  const steps = inside.map((_, depth) => {
    const around = openGraph(whole, inside.slice(0, depth));
    const id = inside.slice(0, depth + 1).join('/');
    return { id, title: nodeTitle(around, catalogue, id), mode: effectiveModes(around).get(id) };
  });
  return (
    <nav className="breadcrumb" aria-label={words.subgraphs.path}>
      <button
        type="button"
        className="icon-button"
        aria-label={words.subgraphs.toWorkflow(called)}
        title={words.subgraphs.toWorkflow(called)}
        onClick={() => goInto([])}
      >
        <CornerLeftUp size={15} />
      </button>
      {steps.map(({ id, title, mode }, depth) => {
        const isHere = depth === steps.length - 1;
        return (
          <span key={id} className="breadcrumb-part">
            <ChevronRight size={13} aria-hidden="true" />
            <button
              type="button"
              className="breadcrumb-step one-line"
              aria-current={isHere ? 'location' : undefined}
              disabled={isHere}
              onClick={() => goInto(inside.slice(0, depth + 1))}
            >
              {title}
            </button>
            {mode === undefined ? null : <span className="chip">{words.subgraphs.pathOff[mode]}</span>}
          </span>
        );
      })}
    </nav>
  );
}
