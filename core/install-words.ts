import type { PodReport } from './pod';
import type { InstallProgress } from './pod-install';
import { en } from './words/en/en';
import type { Words } from './words/words';

/** What is said of model files that are installed, the same in the window and in the terminal. */

/** How far a file is, 0 to 1; nothing where its size is not known. */
export function installFraction({ received, bytes, about }: InstallProgress): number | undefined {
  const whole = bytes ?? about;
  return whole === undefined ? undefined : Math.min(1, received / whole);
}

/** `loading, 42 %` */
export function installWords(file: InstallProgress, words: Words = en): string {
  const { states } = words.install;
  switch (file.state) {
    case 'loads': {
      const fraction = installFraction(file);
      return fraction === undefined ? states.loads : states.loadsBy(Math.floor(fraction * 100));
    }
    case 'done':
    case 'there': {
      const isChecked = file.state === 'done' && file.sha256 !== undefined;
      const state = isChecked ? states.doneAndChecked : states[file.state];
      return file.listed === false ? states.notListed(state) : state;
    }
    case 'gated':
      return states.gated(pageOf(file.url));
    case 'no-folder':
      return states['no-folder'](file.folder);
    default:
      return states[file.state];
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
