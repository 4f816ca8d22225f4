import type { MissingPart } from '#core/failure';
import { canInstall } from '#core/install-words';
import { openInstall } from '../commands/pods';
import { words } from '../look/words';
import { useRun } from '../stores/run-store';

/** The way to have a pod load what is missing, where one can. */
export function InstallButtons({ parts }: { parts: readonly MissingPart[] }) {
  const pods = useRun((state) => state.pods).filter(canInstall);
  if (pods.length === 0 || !parts.some(({ url }) => url !== undefined)) return null;
  return (
    <span className="inspector-answers">
      {pods.map(({ id, name }) => (
        <button key={id} type="button" className="button" onClick={() => openInstall(id, parts)}>
          {words.install.on(name)}
        </button>
      ))}
    </span>
  );
}
