import { lossLine } from './loss-line';
import { words as said } from './words';

/** How the loss went in a training. */
export function LossCurve({ loss }: { loss: readonly (number | null)[] }) {
  const { path, figures, words, isSpoilt } = lossLine(loss);
  return (
    <div className="loss-curve">
      {path === '' ? null : (
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a drawing of its own, not a file
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label={words}>
          <path d={path} vectorEffect="non-scaling-stroke" />
        </svg>
      )}
      {figures === '' ? null : (
        <span className="loss-figures">
          {said.look.loss.label} <span className="value">{figures}</span>
        </span>
      )}
      {isSpoilt ? <span className="loss-spoilt">{said.look.loss.spoilt}</span> : null}
    </div>
  );
}
