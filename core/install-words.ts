import type { PodReport } from './pod';
import type { InstallProgress } from './pod-install';

/** What is said of model files that are installed, the same in the window and in the terminal. */

/** How far a file is, 0 to 1; nothing where its size is not known. */
export function installFraction({ received, bytes, about }: InstallProgress): number | undefined {
  const whole = bytes ?? about;
  return whole === undefined ? undefined : Math.min(1, received / whole);
}

/** `loading, 42 %` */
export function installWords(file: InstallProgress): string {
  switch (file.state) {
    case 'waits':
      return 'waiting';
    case 'loads': {
      const fraction = installFraction(file);
      return fraction === undefined ? 'loading' : `loading, ${Math.floor(fraction * 100)} %`;
    }
    case 'checks':
      return 'checking its hash';
    case 'done':
    case 'there': {
      const words =
        file.state === 'there'
          ? 'was there already'
          : file.sha256 === undefined
            ? 'installed'
            : 'installed, hash checked';
      return file.listed === false ? `${words}; ComfyUI does not list it yet: restart ComfyUI` : words;
    }
    case 'differs':
      return 'not installed: another file of that name is there, and stays';
    case 'wrong-hash':
      return 'not installed: its hash is not the one it should have; kept beside as .wrong';
    case 'wrong-size':
      return 'not installed: its size is not the one it should have; kept beside as .wrong';
    case 'no-space':
      return 'not installed: the volume is full; what came so far is kept';
    case 'gated':
      return `not installed: its site does not give it out. Accept its licence at ${pageOf(file.url)}, and create the pod with your token in its environment (HF_TOKEN at Hugging Face)`;
    case 'not-found':
      return 'not installed: there is no such file at its address';
    case 'no-folder':
      return `not installed: ComfyUI there has no folder ${file.folder} on the volume`;
    case 'no-tools':
      return 'not installed: the image lacks curl and wget, or sha256sum';
    case 'bad-order':
      return 'not installed: the pod refuses its name or address';
    case 'failed':
      return 'not installed: the connection broke again and again; what came so far is kept';
  }
}

/** Where a person reads about a file: at Hugging Face its model's page. */
function pageOf(url: string): string {
  return /^https:\/\/huggingface\.co\/[^/]+\/[^/]+/.exec(url)?.[0] ?? url;
}

/** Whether files can be ordered on a pod now. */
export function canInstall({ installs, phase }: Pick<PodReport, 'installs' | 'phase'>): boolean {
  return installs === true && ['starting', 'idle', 'busy', 'silent'].includes(phase);
}
