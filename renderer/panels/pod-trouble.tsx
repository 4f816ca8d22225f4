import { TriangleAlert } from 'lucide-react';
import type { Failure } from '#core/failure';
import { stepsAfter } from '#core/pod';
import { openLink, openSettings } from '../commands/settings';
import { translated, words } from '../look/words';
import { stepButton } from './pods-words';

/** What is wrong, and what can be done about it. */
export function PodTrouble({ failure, onNew }: { failure: Failure; onNew?: () => void }) {
  const buttons = stepsAfter(failure).flatMap((step) => stepButton(step) ?? []);
  const press = ({ link, to }: (typeof buttons)[number]) => {
    if (link !== undefined) void openLink(link);
    else if (to === 'keys') openSettings('keys', 'RunPod');
    else onNew?.();
  };
  return (
    <div className="remark pods-trouble" data-tone="danger" role="alert">
      <TriangleAlert size={15} aria-hidden="true" />
      <span className="pods-trouble-words">
        {translated(failure.message)}
        {failure.charge === 'none' ? null : ` ${words.pods.mayCost}`}
      </span>
      {buttons
        .filter(({ to }) => to !== 'new-pod' || onNew !== undefined)
        .map((button) => (
          <button key={button.words} type="button" className="button" onClick={() => press(button)}>
            {button.words}
          </button>
        ))}
    </div>
  );
}
