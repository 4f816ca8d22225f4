import {
  Ban,
  Check,
  CircleAlert,
  Info,
  KeyRound,
  Lightbulb,
  Minus,
  Plus,
  type LucideIcon,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { modelRefOf } from '#core/plan/route';
import { describeRecovery } from '#core/recovery';
import { sizeWords, type RouteRow } from '#core/route-comparison';
import { count, duration, durationRange, moneyRange } from '../look/format';
import { translated, words } from '../look/words';
import { podUsedBy, useRun } from '../stores/run-store';
import { usedPodWords } from './pods-words';
import { differenceOf, type RouteRemark } from './routes-difference';
import { routeColumns, standing } from './routes-order';
import { PriceInput } from './settings-general';

/** One route: a row of facts, and under it what would be different there. */
export function RouteRowOf({
  row,
  chosen,
  pictures,
  needsKey,
  isAt,
  onPrice,
  onChoose,
}: {
  row: RouteRow;
  /** The route the node has now. */
  chosen: RouteRow | undefined;
  pictures: number;
  needsKey: boolean;
  /** Whether Tab comes to this row. */
  isAt: boolean;
  onPrice: (price: number | undefined) => void;
  onChoose: (() => void) | undefined;
}) {
  const pod = useRun(podUsedBy(modelRefOf(row.route).provider));
  const isChosen = row.route === chosen?.route;
  const stands = standing(row);
  const remarks = differenceOf(row, chosen);
  const recovery = describeRecovery(row.recovery, words);
  const { pixels, shape } = sizeWords(row.size, words);
  return (
    <tbody className="routes-row" data-chosen={isChosen} data-standing={stands}>
      <tr>
        <th scope="row" data-column="route" aria-label={words.routes.on(row.model, row.provider)}>
          <button
            type="button"
            className="routes-name"
            data-route={row.route}
            tabIndex={isAt ? 0 : -1}
            aria-current={isChosen ? 'true' : undefined}
            aria-disabled={onChoose === undefined || stands === 2}
            onClick={stands === 2 ? undefined : onChoose}
          >
            <span className="routes-mark">
              {isChosen ? <Check size={14} aria-label={words.routes.chosen} /> : null}
            </span>
            <span className="one-line">
              {row.model}
              <span className="caption routes-under">
                {row.provider}
                {pod === undefined ? null : <span className="routes-pod">{usedPodWords(pod)}</span>}
                {needsKey ? (
                  <span className="routes-key">
                    <KeyRound size={11} aria-hidden="true" /> {words.routes.needsKey}
                  </span>
                ) : null}
              </span>
            </span>
          </button>
        </th>
        <td data-column="price">
          <PriceOf row={row} pictures={pictures} />
        </td>
        <td data-column="own">
          <PriceInput
            label={words.providers.prices.yoursOf(row.model, row.provider)}
            value={row.ownPrice}
            placeholder={words.routes.noOwnPrice}
            tabIndex={isAt ? 0 : -1}
            onChange={onPrice}
          />
        </td>
        <td data-column="references" className="value">
          {row.references === 0 ? <No /> : (row.references ?? words.routes.anyReferences)}
        </td>
        <td data-column="sizes">
          {pixels}
          {shape === '' ? null : <span className="caption routes-under">{shape}</span>}
        </td>
        <YesOrNo column="seed" does={row.seed} />
        <YesOrNo column="negative" does={row.negative} />
        <td data-column="batch" className="value">
          {row.batch}
        </td>
        <YesOrNo column="cancel" does={row.cancels} />
        <YesOrNo column="pinned" does={row.pinned} />
        <td data-column="seen">
          {row.seen === undefined ? (
            <span className="faint">{words.routes.notUsed}</span>
          ) : (
            <>
              <span className="figures">{duration(row.seen.seconds)}</span>
              <span className="caption routes-under">
                {words.routes.ofJobs(count(row.seen.receipts, 'job'))}
              </span>
            </>
          )}
        </td>
        <td data-column="usual" className="figures">
          {durationRange(row.seconds)}
        </td>
        <td data-column="recovery" data-safe={recovery.safe} title={recovery.text}>
          {recovery.title}
        </td>
      </tr>
      {remarks.length === 0 ? null : (
        <tr className="routes-remarks">
          <td colSpan={routeColumns.length}>
            {remarks.map((remark) => (
              <Remark key={remark.text} {...remark} />
            ))}
          </td>
        </tr>
      )}
    </tbody>
  );
}

function PriceOf({
  row: { answer, price, ownPrice, asOf, source },
  pictures,
}: {
  row: RouteRow;
  pictures: number;
}) {
  const each = answer?.each ?? price;
  const all = answer?.price;
  return (
    <>
      <span className="value price" data-free={each.high === 0} title={`${translated(source)} (${asOf})`}>
        {moneyRange(each)}
      </span>
      {ownPrice === undefined ? null : <span className="caption routes-under">{words.routes.yourPrice}</span>}
      {all === undefined || pictures < 2 || all.high === 0 ? null : (
        <span className="caption routes-under">{words.routes.priceFor(moneyRange(all), pictures)}</span>
      )}
    </>
  );
}

function YesOrNo({ column, does }: { column: string; does: boolean }): ReactNode {
  return <td data-column={column}>{does ? <Check size={14} aria-label={words.routes.yes} /> : <No />}</td>;
}

function No() {
  return <Minus size={14} className="faint" aria-label={words.routes.no} />;
}

const remarkIcons: Record<RouteRemark['kind'], LucideIcon> = {
  cannot: Ban,
  refused: CircleAlert,
  hint: Lightbulb,
  ignored: Info,
  adapted: Info,
  gained: Plus,
};

const remarkLeads: Partial<Record<RouteRemark['kind'], string>> = { refused: words.routes.wouldNotRun };

export function Remark({ kind, text }: RouteRemark) {
  const Icon = remarkIcons[kind];
  return (
    <p className="routes-remark caption" data-kind={kind}>
      <Icon size={12} aria-hidden="true" />
      <span>
        {remarkLeads[kind]}
        {text}
      </span>
    </p>
  );
}
