import type { PodLease, PodTools } from '#core/pod';
import { installStates, type InstallFile, type InstallerSign, type InstallState } from '#core/pod-install';
import callsScript from './pod-calls.sh?raw';
import { writeFile } from './pod-files';
import installerScript from './pod-installer.sh?raw';

/**
 * The installer that lives on a pod beside its watchdog: a shell script that loads the model files Seedloom orders to the
 * pod's volume. Order and progress are two small files that pass through ComfyUI, as the lease does. Its design and its
 * limits: docs/pods.md.
 */

function orderFile({ token }: PodLease): string {
  return `order-${token}.txt`;
}

export function progressFile({ token }: PodLease): string {
  return `installer-${token}.txt`;
}

/** What the script is told by the pod's environment; nothing for a pod where nothing survives a stop. */
export function installerEnvironment(lease: PodLease): Record<string, string> {
  if (lease.volume === undefined) return {};
  return {
    SEEDLOOM_INSTALLER: btoa(callsScript + installerScript),
    SEEDLOOM_ORDER: orderFile(lease),
    SEEDLOOM_PROGRESS: progressFile(lease),
    SEEDLOOM_VOLUME: lease.volume,
  };
}

/** The order's id, then a line for each file: folder, name, hash, bytes, address; a dash for what is not known. */
export async function orderFiles(
  address: string,
  lease: PodLease,
  order: string,
  files: readonly InstallFile[],
  tools: PodTools,
): Promise<void> {
  const lines = files.map(({ folder, name, sha256 = '-', bytes = '-', url }) =>
    [folder, name, sha256, bytes, url].join(' '),
  );
  await writeFile(address, orderFile(lease), [order, ...lines].join('\n'), tools);
}

/** `<beat> <order> <kilobytes free>`, then `<place> <state> <bytes>` for each file; a dash for what is not known. */
export function readProgress(text: string): InstallerSign | undefined {
  const [head = '', ...lines] = text.trim().split('\n');
  const [, beat, order, free] = /^(\d+) (-|[a-z0-9]+) (-|\d+)$/.exec(head.trim()) ?? [];
  if (beat === undefined || order === undefined) return undefined;
  const files = lines.flatMap((line) => {
    const [, place, word, received] = /^(\d+) ([a-z-]+) (\d+)$/.exec(line.trim()) ?? [];
    const state = installStates.find((known): known is InstallState => known === word);
    return state === undefined ? [] : [{ place: Number(place), state, received: Number(received) }];
  });
  return { beat, order, files, ...(free === '-' || free === undefined ? {} : { free: Number(free) * 1024 }) };
}
