import { installFraction, installWords } from '#core/install-words';
import { isInstalled, isUnderWay, type PodInstall } from '#core/pod-install';
import { words } from '../look/words';

/** Model files that a pod loads, or has loaded last: how far each is. */
export function PodInstalls({ install }: { install: PodInstall }) {
  return (
    <ul className="pods-installs" aria-label={words.install.installed}>
      {install.files.map((file) => {
        const fraction = file.state === 'loads' ? installFraction(file) : undefined;
        const isWrong = !isUnderWay(file) && !isInstalled(file);
        return (
          <li key={`${file.folder}/${file.name}`}>
            <span className="pods-installs-name one-line">{file.name}</span>
            <span className="pods-installs-words" data-tone={isWrong ? 'danger' : 'none'}>
              {installWords(file, words)}
            </span>
            {fraction === undefined ? null : (
              <span className="pods-installs-bar" aria-hidden="true">
                <span style={{ width: `${fraction * 100}%` }} />
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
