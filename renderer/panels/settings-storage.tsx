import { CircleCheck, ShieldAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { CleanUpReport, StorageReport, VerifyReport } from '#core/storage';
import { ChoiceList } from '../fields/choice-list';
import { count, fileSize, percent } from '../look/format';
import type { SettingsProps } from './settings-props';
import { cleanUpChoices, cleanUpWords, useLines, verifyWords } from './storage-words';

export function SettingsStorage({ storage, storageProgress }: SettingsProps) {
  const [report, setReport] = useState<StorageReport>();
  const [checked, setChecked] = useState<VerifyReport>();
  const look = async () => setReport(await storage.report());
  useEffect(() => {
    let isShown = true;
    void storage.report().then((found) => {
      if (isShown) setReport(found);
      return found;
    });
    return () => {
      isShown = false;
    };
  }, [storage]);
  const check = async () => {
    setChecked(undefined);
    setChecked(await storage.verify());
    await look();
  };
  return (
    <>
      {report === undefined ? <p className="settings-lead">Looking…</p> : <Uses report={report} />}
      <section className="settings-row">
        <div>
          <h3>Check every picture</h3>
          <p className="settings-note">
            Compares each with what was stored. A damaged one is set aside, and made again when it is needed.
          </p>
        </div>
        {storageProgress === null ? (
          <button type="button" className="button" onClick={() => void check()}>
            Check
          </button>
        ) : (
          <span className="settings-buttons storage-progress">
            <output className="value">
              {storageProgress.of === 0 ? '…' : percent(storageProgress.checked / storageProgress.of)}
            </output>
            <button type="button" className="button" onClick={storage.stopVerify}>
              Stop
            </button>
          </span>
        )}
      </section>
      {checked === undefined ? null : <Checked report={checked} />}
      <CleanUp storage={storage} onDone={() => void look()} />
    </>
  );
}

function Uses({ report }: { report: StorageReport }) {
  return (
    <>
      <header className="storage-head">
        <span className="storage-size value">{fileSize(report.bytes)}</span>
        <span className="settings-note one-line" title={report.folder}>
          in {report.folder}
        </span>
      </header>
      <ul className="storage-uses">
        {useLines(report).map(({ name, note, use, part }) => (
          <li key={name} className="storage-use">
            <span title={note}>{name}</span>
            <span className="storage-bar" aria-hidden="true">
              <span style={{ width: `${Math.max(part, 0.005) * 100}%` }} />
            </span>
            <span className="settings-note storage-number">{count(use.count, 'file')}</span>
            <span className="value storage-number">{fileSize(use.bytes)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Checked({ report }: { report: VerifyReport }) {
  const { tone, words } = verifyWords(report);
  return (
    <output className="remark" data-tone={tone}>
      {tone === 'danger' ? (
        <ShieldAlert size={15} aria-hidden="true" />
      ) : (
        <CircleCheck size={15} aria-hidden="true" />
      )}
      <span>{words}</span>
    </output>
  );
}

/** Says what would go before anything does. */
function CleanUp({ storage, onDone }: Pick<SettingsProps, 'storage'> & { onDone: () => void }) {
  const [choice, setChoice] = useState(cleanUpChoices[0]!);
  const [sum, setSum] = useState<CleanUpReport>();
  const [busy, setBusy] = useState(false);
  const cleanUp = async (dryRun: boolean) => {
    setBusy(true);
    setSum(await storage.cleanUp(choice.limits, dryRun));
    setBusy(false);
    if (!dryRun) onDone();
  };
  const canRemove = sum?.isDryRun === true && (sum.bytes > 0 || sum.results > 0);
  return (
    <section className="settings-row">
      <div>
        <h3>Clean up</h3>
        <p className="settings-note">
          Removes results with their pictures. What this workflow, an open run or a pin needs stays, and so
          does the history. A removed result costs its price again.
        </p>
        {sum === undefined ? null : <output className="storage-sum">{cleanUpWords(sum)}</output>}
      </div>
      <span className="storage-choice">
        <ChoiceList
          label="Which results"
          options={cleanUpChoices}
          value={choice.value}
          disabled={busy}
          onChange={(value) => {
            setChoice(cleanUpChoices.find((option) => option.value === value) ?? choice);
            setSum(undefined);
          }}
        />
        {canRemove ? (
          <button
            type="button"
            className="button"
            data-kind="danger"
            disabled={busy}
            onClick={() => void cleanUp(false)}
          >
            Remove {fileSize(sum.bytes)}
          </button>
        ) : (
          <button type="button" className="button" disabled={busy} onClick={() => void cleanUp(true)}>
            Clean up…
          </button>
        )}
      </span>
    </section>
  );
}
