import { CircleCheck, ShieldAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { CleanUpReport, StorageReport, VerifyReport } from '#core/storage';
import { ChoiceList } from '../fields/choice-list';
import { count, fileSize, percent } from '../look/format';
import { words } from '../look/words';
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
      {report === undefined ? (
        <p className="settings-lead">{words.storage.looking}</p>
      ) : (
        <Uses report={report} />
      )}
      <section className="settings-row">
        <div>
          <h3>{words.storage.verify.title}</h3>
          <p className="settings-note">{words.storage.verify.note}</p>
        </div>
        {storageProgress === null ? (
          <button type="button" className="button" onClick={() => void check()}>
            {words.storage.verify.action}
          </button>
        ) : (
          <span className="settings-buttons storage-progress">
            <output className="value">
              {storageProgress.of === 0 ? '…' : percent(storageProgress.checked / storageProgress.of)}
            </output>
            <button type="button" className="button" onClick={storage.stopVerify}>
              {words.storage.verify.stop}
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
          {words.storage.inFolder(report.folder)}
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
  const { tone, words: said } = verifyWords(report);
  return (
    <output className="remark" data-tone={tone}>
      {tone === 'danger' ? (
        <ShieldAlert size={15} aria-hidden="true" />
      ) : (
        <CircleCheck size={15} aria-hidden="true" />
      )}
      <span>{said}</span>
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
        <h3>{words.storage.cleanUp.title}</h3>
        <p className="settings-note">{words.storage.cleanUp.note}</p>
        {sum === undefined ? null : <output className="storage-sum">{cleanUpWords(sum)}</output>}
      </div>
      <span className="storage-choice">
        <ChoiceList
          label={words.storage.cleanUp.which}
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
            {words.storage.cleanUp.remove(fileSize(sum.bytes))}
          </button>
        ) : (
          <button type="button" className="button" disabled={busy} onClick={() => void cleanUp(true)}>
            {words.storage.cleanUp.action}
          </button>
        )}
      </span>
    </section>
  );
}
