import { FolderOutput, GitCompareArrows, ReceiptText, Workflow } from 'lucide-react';
import { useState } from 'react';
import type { RunState } from '#core/run';
import { openRunAsItWas } from '../commands/files';
import { exportRun } from '../commands/runs';
import { words } from '../look/words';
import { ReceiptsDialog } from './receipts-dialog';

const said = words.receipts.actions;

/** What can be done with a run of before. */
export function RunActions({
  run,
  titleOf,
  onCompare,
}: {
  run: RunState;
  titleOf: (node: string) => string;
  onCompare: () => void;
}) {
  const [showsReceipts, setShowsReceipts] = useState(false);
  return (
    <div className="runs-actions">
      <button type="button" className="button" onClick={() => void openRunAsItWas(run)}>
        <Workflow size={14} /> {said.openAsItWas}
      </button>
      <button type="button" className="button" onClick={onCompare}>
        <GitCompareArrows size={14} /> {said.compare}
      </button>
      <button type="button" className="button" onClick={() => setShowsReceipts(true)}>
        <ReceiptText size={14} /> {said.receipts}
      </button>
      <button type="button" className="button" onClick={() => void exportRun(run.run)}>
        <FolderOutput size={14} /> {said.export}
      </button>
      {showsReceipts ? (
        <ReceiptsDialog run={run.run} titleOf={titleOf} onClose={() => setShowsReceipts(false)} />
      ) : null}
    </div>
  );
}
