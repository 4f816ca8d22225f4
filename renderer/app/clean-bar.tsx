import { Shrink } from 'lucide-react';
import { runCommand } from '../commands/command-list';
import { Tip } from '../look/tip';
import { words } from '../look/words';
import { RunButton } from './run-button';

/** What stays of the window when only the canvas is wanted: what a run costs, and the way back. */
export function CleanBar() {
  return (
    <div className="clean-bar" role="toolbar" aria-label={words.arrange.clean}>
      <RunButton />
      <Tip text={words.arrange.showBars} keys="H">
        <button
          type="button"
          className="icon-button"
          aria-label={words.arrange.showBars}
          onClick={() => runCommand('view.clean')}
        >
          <Shrink size={15} aria-hidden="true" />
        </button>
      </Tip>
    </div>
  );
}
