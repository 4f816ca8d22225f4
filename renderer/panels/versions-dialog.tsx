import { CircleDot, FilePlus2, History, PencilLine, RotateCcw, Share2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { WorkflowDocument } from '#core/document/schema';
import type { FileVersion, VersionKind, VersionList } from '#core/file-version';
import { listVersions, openVersion, readVersion, restoreVersion } from '../commands/versions';
import { DialogFrame } from '../look/dialog-frame';
import { fileSize, when } from '../look/format';
import { language, words } from '../look/words';
import { useDocument } from '../stores/document-store';
import { useSession } from '../stores/session-store';
import { useNow } from './use-now';
import { VersionChangeList } from './version-change-list';
import { versionChanges } from './version-changes';
import './versions-dialog.css';

const icons: Record<VersionKind, typeof CircleDot> = {
  saved: CircleDot,
  autosaved: PencilLine,
  elsewhere: Share2,
};

/** The earlier states of the file shown: when, why they were kept, what is other now. */
export function VersionsDialog({ onClose }: { onClose: () => void }) {
  const { versions } = words.files;
  const name = useDocument((state) => state.name);
  const now = useNow();
  const [list, setList] = useState<VersionList | null>(null);
  const [chosen, setChosen] = useState<FileVersion | null>(null);
  useEffect(() => {
    let isShown = true;
    const read = async () => {
      const found = await listVersions();
      if (!isShown || found === undefined) return;
      setList(found);
      setChosen(found.versions[0] ?? null);
    };
    void read();
    return () => {
      isShown = false;
    };
  }, []);
  return (
    <DialogFrame open onClose={onClose} title={versions.title} description={versions.about(name)} width={820}>
      {list !== null && list.damaged > 0 ? (
        <output className="versions-damaged">{versions.damaged(list.damaged)}</output>
      ) : null}
      {list !== null && list.versions.length === 0 ? (
        <div className="empty">
          <History size={24} />
          <p className="empty-title">{versions.none}</p>
          <p>{versions.noneMore}</p>
        </div>
      ) : null}
      {list === null || list.versions.length === 0 ? null : (
        <div className="versions">
          <ol className="versions-list" aria-label={versions.title}>
            {list.versions.map((version) => {
              const Icon = icons[version.kind];
              return (
                <li key={version.id}>
                  <button
                    type="button"
                    className="list-row versions-row"
                    data-kind={version.kind}
                    aria-pressed={chosen?.id === version.id}
                    onClick={() => setChosen(version)}
                  >
                    <Icon size={15} aria-hidden="true" />
                    <span className="list-words">
                      <span className="one-line">{when(version.at, now)}</span>
                      <span className="caption one-line">
                        {`${new Date(version.at).toLocaleTimeString(language)} · ${versions.kinds[version.kind]} · ${versions.nodes(version.nodes)} · ${fileSize(version.bytes)}`}
                      </span>
                    </span>
                  </button>
                </li>
              );
            })}
          </ol>
          {chosen === null ? null : <Chosen key={chosen.id} version={chosen} />}
        </div>
      )}
    </DialogFrame>
  );
}

function Chosen({ version }: { version: FileVersion }) {
  const { versions } = words.files;
  const present = useDocument((state) => state.whole);
  const catalogue = useSession((state) => state.catalogue);
  const [document, setDocument] = useState<WorkflowDocument | 'unreadable' | null>(null);
  useEffect(() => {
    let isShown = true;
    const read = async () => {
      const found = await readVersion(version);
      if (isShown) setDocument(found ?? 'unreadable');
    };
    void read();
    return () => {
      isShown = false;
    };
  }, [version]);
  if (document === null) return <section className="versions-chosen" />;
  if (document === 'unreadable')
    return (
      <section className="versions-chosen">
        <p className="soft">{versions.unreadable}</p>
      </section>
    );
  const changes = versionChanges(document, present, catalogue);
  return (
    <section className="versions-chosen" aria-live="polite">
      <h3>{changes === null ? versions.same : versions.differs}</h3>
      <div className="versions-changes">
        {changes === null ? (
          <p className="soft">{versions.sameMore}</p>
        ) : (
          <VersionChangeList changes={changes} />
        )}
      </div>
      <p className="caption">{versions.restoreNote}</p>
      <div className="versions-actions">
        <button type="button" className="button" onClick={() => void openVersion(document, version.at)}>
          <FilePlus2 size={14} aria-hidden="true" /> {versions.openNew}
        </button>
        <button
          type="button"
          className="button"
          data-kind="primary"
          disabled={changes === null}
          onClick={() => void restoreVersion(document)}
        >
          <RotateCcw size={14} aria-hidden="true" /> {versions.restore}
        </button>
      </div>
    </section>
  );
}
