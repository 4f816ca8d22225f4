import { Check, CircleAlert, CircleHelp, LoaderCircle, type LucideIcon } from 'lucide-react';
import { words } from '../look/words';
import { signOfTab, useRun } from '../stores/run-store';
import type { RunSign } from '../stores/tab-run';

const icons: Record<RunSign, LucideIcon> = {
  running: LoaderCircle,
  done: Check,
  failed: CircleAlert,
  answer: CircleHelp,
};

/** How the run of a tab stands; nothing while there is nothing to say. */
export function TabSign({ tab }: { tab: string }) {
  const sign = useRun(signOfTab(tab));
  if (sign === null) return null;
  const Icon = icons[sign];
  const said = words.tabs.signs[sign];
  return (
    <span className="tab-sign" data-sign={sign} title={said}>
      <Icon size={13} aria-hidden="true" />
      <span className="only-read-aloud">{said}</span>
    </span>
  );
}
