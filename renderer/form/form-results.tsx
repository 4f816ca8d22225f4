import { Images, LoaderCircle } from 'lucide-react';
import { shownResults } from '#core/document/edit-exposed';
import { effectiveModes } from '#core/document/modes';
import type { ImageRef } from '#core/values';
import { cardState } from '../canvas/card-state';
import { pixels } from '../look/format';
import { Picture } from '../look/picture';
import { words } from '../look/words';
import { nodeTitle } from '../panels/issue-place';
import { documentStore, useDocument } from '../stores/document-store';
import { useRun } from '../stores/run-store';
import { sessionStore, useSession } from '../stores/session-store';

const none: readonly ImageRef[] = [];

/** The pictures of the nodes that are shown, large. */
export function FormResults() {
  const document = useDocument((state) => state.document);
  const catalogue = useSession((state) => state.catalogue);
  const shown = shownResults(document, catalogue);
  const hasSome = useRun(({ pictures, progress }) =>
    shown.some((id) => (pictures.get(id)?.length ?? 0) > 0 || progress.get(id)?.live === true),
  );
  if (shown.length === 0)
    return (
      <div className="empty form-empty">
        <Images size={28} />
        <p className="empty-title">{words.form.noResults}</p>
      </div>
    );
  if (!hasSome)
    return (
      <div className="empty form-empty">
        <Images size={28} />
        <p className="empty-title">{words.form.noPictures.title}</p>
        <p>{words.form.noPictures.text}</p>
      </div>
    );
  return (
    <>
      {shown.map((id) => (
        <NodePictures
          key={id}
          id={id}
          title={nodeTitle(document, catalogue, id)}
          isAlone={shown.length === 1}
        />
      ))}
    </>
  );
}

function NodePictures({ id, title, isAlone }: { id: string; title: string; isAlone: boolean }) {
  const pictures = useRun((state) => state.pictures.get(id)) ?? none;
  const planned = useRun((state) => state.planned.get(id));
  const progress = useRun((state) => state.progress.get(id));
  const mode = effectiveModes(documentStore.getState().document).get(id);
  const state = cardState(planned, undefined, progress, mode);
  const isMaking = progress?.live === true && progress.ended < progress.steps;
  const isStale = !isMaking && planned?.verdict === 'will-run' && pictures.length > 0;
  if (pictures.length === 0 && !isMaking) return null;
  const look = (place: number) => {
    sessionStore.actions.showPicture(id, place);
    sessionStore.actions.set({ overlay: { kind: 'viewer', node: id, place } });
  };
  return (
    <article className="form-result" data-alone={pictures.length === 1 && isAlone}>
      {isAlone && !isMaking && !isStale ? null : (
        <header className="form-result-head">
          {isAlone ? null : <h2 className="form-result-title one-line">{title}</h2>}
          {isMaking ? (
            <output className="chip" data-tone="action">
              <LoaderCircle size={12} className="form-turn" aria-hidden="true" />
              {words.form.making(title, state.words)}
            </output>
          ) : null}
          {isStale ? <span className="chip">{words.form.stale}</span> : null}
        </header>
      )}
      <div className="form-result-pictures" data-old={isMaking || isStale}>
        {pictures.length === 0 && progress?.preview !== undefined ? (
          <span className="form-picture" data-preview="true">
            <Picture hash={progress.preview} width={1024} alt={title} />
          </span>
        ) : null}
        {pictures.length === 0 && progress?.preview === undefined ? (
          <span className="form-picture form-waiting" aria-hidden="true" />
        ) : null}
        {pictures.map((image, place) => (
          <button
            // A list may hold a picture twice.
            key={`${place} ${image.hash}`}
            type="button"
            className="form-picture checkerboard"
            style={{ aspectRatio: `${image.width} / ${image.height}` }}
            aria-label={words.form.look(place + 1, title)}
            title={pixels(image)}
            onClick={() => look(place)}
          >
            <Picture hash={image.hash} width={1024} alt="" />
          </button>
        ))}
      </div>
    </article>
  );
}
