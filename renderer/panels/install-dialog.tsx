import { useEffect, useState } from 'react';
import type { Failure, MissingPart } from '#core/failure';
import type { InstallPlan, PlannedFile } from '#core/pod-install';
import { installOnPod, openPods, planInstall } from '../commands/pods';
import { DialogFrame } from '../look/dialog-frame';
import { fileSize } from '../look/format';
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
      title={`Install on ${name}`}
      description="Model files, with size, licence and address; nothing is loaded before you agree."
      width={640}
      foot={
        <>
          <p className="settings-note install-note">
            {plan === undefined ? 'Asking for sizes and licences…' : sumWords(wanted.length, plan)}
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
              ? 'Install'
              : `Agree and install ${fileSize(plan.bytes)}`}
          </button>
        </>
      }
    >
      {failure === undefined ? null : <PodTrouble failure={failure} />}
      <ul className="install-list" aria-label="Files to install">
        {plan?.files.map((file) => (
          <li key={`${file.folder}/${file.name}`}>
            <span className="can-select">{file.name}</span>
            {file.problem === undefined ? (
              <span className="caption">{factsOf(file)}</span>
            ) : (
              <span className={file.problem.code === 'there' ? 'caption' : 'caption install-problem'}>
                {file.problem.message}
              </span>
            )}
            <span className="caption can-select">{file.url}</span>
          </li>
        ))}
      </ul>
      {classes.length === 0 ? null : (
        <p className="settings-note">
          Nodes are not installed from here: {classes.join(', ')}. Update ComfyUI on the pod, or install the
          extension they belong to.
        </p>
      )}
    </DialogFrame>
  );
}

function factsOf({ folder, bytes, about, licence, sha256 }: PlannedFile): string {
  const size = bytes ?? about;
  return [
    `models/${folder}`,
    size === undefined ? 'size not known' : `${bytes === undefined ? 'about ' : ''}${fileSize(size)}`,
    licence === undefined ? 'licence not known' : `licence: ${licence}`,
    sha256 === undefined ? 'no hash to check' : 'hash is checked',
  ].join(' · ');
}

function sumWords(many: number, { free }: InstallPlan): string {
  if (many === 0) return 'Nothing of this can be installed from here.';
  const space = free === undefined ? '' : ` The volume says ${fileSize(free)} are free.`;
  return `The pod costs while it loads, and goes on when Seedloom is closed.${space}`;
}
