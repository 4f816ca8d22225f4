import { useEffect, useState } from 'react';
import type { Failure, MissingPart } from '#core/failure';
import type { InstallPlan, PlannedFile } from '#core/pod-install';
import { installOnPod, openPods, planInstall } from '../commands/pods';
import { DialogFrame } from '../look/dialog-frame';
import { fileSize } from '../look/format';
import { translated, words } from '../look/words';
import { useRun } from '../stores/run-store';
import { PodTrouble } from './pod-trouble';
import './pods.css';

/** What a pod is to load: each file with size, licence and address, agreed to with the button. */
export function InstallDialog({
  pod,
  parts,
  onClose,
}: {
  pod: string;
  parts: readonly MissingPart[];
  onClose: () => void;
}) {
  const name = useRun((state) => state.pods).find(({ id }) => id === pod)?.name ?? pod;
  const [plan, setPlan] = useState<InstallPlan>();
  const [failure, setFailure] = useState<Failure>();
  const [isOrdering, setIsOrdering] = useState(false);

  useEffect(() => {
    let isShown = true;
    const read = async () => {
      const planned = await planInstall(pod, parts);
      if (!isShown) return;
      if ('failure' in planned) setFailure(planned.failure);
      else setPlan(planned.value);
    };
    void read();
    return () => {
      isShown = false;
    };
  }, [pod, parts]);

  const wanted = plan?.files.filter(({ problem }) => problem === undefined) ?? [];
  const classes = parts.filter(({ kind }) => kind === 'node-class').map((part) => part.name);
  async function install(): Promise<void> {
    setIsOrdering(true);
    const ordered = await installOnPod(pod, wanted);
    setIsOrdering(false);
    if ('failure' in ordered) setFailure(ordered.failure);
    else openPods();
  }

  return (
    <DialogFrame
      open
      onClose={onClose}
      title={words.install.title(name)}
      description={words.install.description}
      width={640}
      foot={
        <>
          <p className="settings-note install-note">
            {plan === undefined ? words.install.asking : sumWords(wanted.length, plan)}
          </p>
          <button
            type="button"
            className="button"
            data-kind="primary"
            data-size="large"
            disabled={wanted.length === 0 || isOrdering}
            onClick={() => void install()}
          >
            {plan === undefined || wanted.length === 0
              ? words.install.action
              : words.install.agree(fileSize(plan.bytes))}
          </button>
        </>
      }
    >
      {failure === undefined ? null : <PodTrouble failure={failure} />}
      <ul className="install-list" aria-label={words.install.files}>
        {plan?.files.map((file) => (
          <li key={`${file.folder}/${file.name}`}>
            <span className="can-select">{file.name}</span>
            {file.problem === undefined ? (
              <span className="caption">{factsOf(file)}</span>
            ) : (
              <span className={file.problem.code === 'there' ? 'caption' : 'caption install-problem'}>
                {translated(file.problem.message)}
              </span>
            )}
            <span className="caption can-select">{file.url}</span>
          </li>
        ))}
      </ul>
      {classes.length === 0 ? null : (
        <p className="settings-note">{words.install.noNodes(classes.join(', '))}</p>
      )}
    </DialogFrame>
  );
}

function factsOf({ folder, bytes, about, licence, sha256 }: PlannedFile): string {
  const size = bytes ?? about;
  return [
    `models/${folder}`,
    size === undefined
      ? words.install.sizeNotKnown
      : bytes === undefined
        ? words.install.about(fileSize(size))
        : fileSize(size),
    licence === undefined ? words.install.licenceNotKnown : words.install.licence(licence),
    sha256 === undefined ? words.install.noHash : words.install.hash,
  ].join(' · ');
}

function sumWords(many: number, { free }: InstallPlan): string {
  if (many === 0) return words.install.nothing;
  const space = free === undefined ? '' : ` ${words.install.free(fileSize(free))}`;
  return `${words.install.costs}${space}`;
}
