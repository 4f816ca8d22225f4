import { ArrowRight } from 'lucide-react';
import { useId } from 'react';
import type { NodeMove } from '#core/plan/move-branch';
import type { ProviderInfo } from '#core/provider';
import type { RouteCost } from '#core/route-economics';
import { count, moneyRange } from '../look/format';
import { words } from '../look/words';
import { moveRemarks, routeWords } from './move-words';
import { Remark } from './routes-row';

/** One node of a branch: where it runs now and then, what a picture costs, and what is different. */
export function MoveRow({
  title,
  move,
  cost,
  providers,
  isMoving,
  onMoving,
}: {
  title: string;
  move: NodeMove;
  cost: { before?: RouteCost; after?: RouteCost };
  providers: readonly ProviderInfo[];
  isMoving: boolean;
  onMoving: (will: boolean) => void;
}) {
  const id = useId();
  const remarks = moveRemarks(move);
  return (
    <li className="move-row" data-moving={isMoving}>
      <input
        id={id}
        type="checkbox"
        checked={isMoving}
        disabled={move.to === undefined}
        onChange={(event) => onMoving(event.target.checked)}
      />
      <label htmlFor={id} className="move-title">
        <span className="one-line">{title}</span>
        <span className="caption">
          {move.pictures === 0 ? words.move.picturesNotKnown : count(move.pictures, 'picture')}
        </span>
      </label>
      <Side route={routeWords(move.from, providers)} cost={cost.before} />
      <ArrowRight size={14} className="faint" aria-label={words.move.becomes} />
      {move.to === undefined ? (
        <span className="faint">{words.move.stays}</span>
      ) : (
        <Side route={routeWords(move.to, providers)} cost={cost.after} />
      )}
      {remarks.length === 0 ? null : (
        <div className="move-remarks">
          {remarks.map((remark) => (
            <Remark key={remark.text} {...remark} />
          ))}
        </div>
      )}
    </li>
  );
}

function Side({ route, cost }: { route: string; cost: RouteCost | undefined }) {
  return (
    <span className="move-side">
      <span className="one-line" title={route}>
        {route}
      </span>
      <span className="caption">
        {cost?.each === undefined
          ? words.move.priceNotKnown
          : words.routes.eachPicture(moneyRange(cost.each))}
      </span>
    </span>
  );
}
