import { parseDocument } from '#core/document/parse';
import type { OpenedWorkflow } from '#core/file-calls';
import { keepMine, loadTheirs, saveMineAs } from '../commands/file-changes';
import { DialogFrame } from '../look/dialog-frame';
import { words } from '../look/words';
import { useDocument } from '../stores/document-store';
import { useSession } from '../stores/session-store';
import { VersionChangeList } from './version-change-list';
import { versionChanges } from './version-changes';
import './versions-dialog.css';

/** The file was written by others while it was edited here: what is other, and three ways on. */
export function ChangedDialog({ workflow, onClose }: { workflow: OpenedWorkflow; onClose: () => void }) {
  const { elsewhere } = words.files;
  const name = useDocument((state) => state.name);
  const document = useDocument((state) => state.document);
  const catalogue = useSession((state) => state.catalogue);
  const parsed = parseDocument(workflow.text, catalogue);
  const changes = parsed.ok ? versionChanges(parsed.document, document, catalogue) : null;
  return (
    <DialogFrame
      open
      onClose={onClose}
      title={elsewhere.changedTitle(name)}
      width={560}
      foot={
        <>
          <button type="button" className="button" data-kind="quiet" onClick={() => void saveMineAs()}>
            {elsewhere.saveAs}
          </button>
          <button
            type="button"
            className="button"
            disabled={!parsed.ok}
            onClick={() => void loadTheirs(workflow)}
          >
            {elsewhere.loadTheirs}
          </button>
          <button type="button" className="button" data-kind="primary" onClick={() => keepMine(workflow)}>
            {elsewhere.keepMine}
          </button>
        </>
      }
    >
      <p>{elsewhere.changedText}</p>
      <p className="soft changed-note">{elsewhere.safe}</p>
      {changes === null ? null : (
        <>
          <h3 className="caption">{elsewhere.differs}</h3>
          <div className="changed-list">
            <VersionChangeList changes={changes} />
          </div>
        </>
      )}
    </DialogFrame>
  );
}
