import { showView } from '../commands/form';
import { words } from '../look/words';
import { useSession, viewOf } from '../stores/session-store';

const views = ['graph', 'form'] as const;

/** "Graph | Form". */
export function ViewSwitch() {
  const view = useSession(viewOf);
  return (
    <fieldset className="segments view-switch" aria-label={words.form.switch}>
      {views.map((each) => (
        <button
          key={each}
          type="button"
          className="segment"
          aria-pressed={view === each}
          onClick={() => showView(each)}
        >
          {words.form[each]}
        </button>
      ))}
    </fieldset>
  );
}
