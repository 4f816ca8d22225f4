import { Drama } from 'lucide-react';
import { countSteps } from '#core/run';
import { openRehearsal } from '../commands/rehearsals';
import { words } from '../look/words';
import { useRun } from '../stores/run-store';
import { useSession } from '../stores/session-store';

/** Says in the top bar that what goes on is a rehearsal. */
export function RehearsalChip() {
  const run = useRun((state) => state.rehearsal?.run);
  const isOpen = useSession(({ overlay }) => overlay?.kind === 'rehearsal');
  if (run === undefined || isOpen || run.closedAt !== undefined) return null;
  const { asked, open } = countSteps(run);
  return (
    <button type="button" className="rehearsal-chip" onClick={openRehearsal}>
      <Drama size={15} aria-hidden="true" /> {words.rehearsal.running(asked - open, asked)}
    </button>
  );
}
