import { Check, Cpu, Info, KeyRound } from 'lucide-react';
import { useState } from 'react';
import { comparedCosts, type CostRow } from '#core/compared-costs';
import { basisWords, breakEvenWords, noteWords, startWords } from '#core/cost-words';
import type { RouteComparison } from '#core/route-comparison';
import { breakEven, totalOf } from '#core/route-economics';
import { ChoiceList } from '../fields/choice-list';
import { NumberInput } from '../fields/number-input';
import { amount, count, moneyRange } from '../look/format';
import { words } from '../look/words';
import { headline, routeName, timeBounds, totalWords } from './cost-rows';
import './routes-costs.css';

/** What so many pictures cost on each route, and from how many on a machine that is paid by its time is cheaper. */
export function RoutesCosts({
  comparison,
  needsKey,
  onChoose,
}: {
  comparison: RouteComparison;
  /** Labels of providers that want a key first. */
  needsKey: ReadonlySet<string>;
  /** `undefined`: there is nothing to choose for. */
  onChoose: ((route: string) => void) | undefined;
}) {
  const { asked } = comparison;
  const [pictures, setPictures] = useState(Math.max(1, asked?.pictures ?? 1));
  const [named, setNamed] = useState<string>();
  const found = comparedCosts(comparison, pictures);
  const { rows, vendors, refusing, best } = found;
  const vendor = vendors.find(({ route }) => route === named) ?? found.beside;
  const [lead, ...more] = headline(found, pictures, vendor);
  return (
    <>
      <div className="costs-head">
        <div className="costs-asks">
          <span className="field-label">{words.costs.pictures}</span>
          <span className="costs-number">
            <NumberInput
              label={words.costs.howMany}
              value={pictures}
              range={{ min: 1, max: 1_000_000, step: 1 }}
              onChange={setPictures}
            />
          </span>
          {vendor === undefined ? null : (
            <>
              <span className="field-label">{words.costs.comparedWith}</span>
              <span className="costs-reference">
                <ChoiceList
                  label={words.costs.reference}
                  options={vendors.map((row) => ({
                    value: row.route,
                    label: row.model,
                    chosen: routeName(row),
                    remark: row.provider,
                    hint: row.cost.each === undefined ? '' : moneyRange(row.cost.each),
                  }))}
                  value={vendor.route}
                  onChange={setNamed}
                />
              </span>
            </>
          )}
        </div>
        {lead === undefined ? null : (
          <output className="costs-lead">
            <strong>{lead}</strong> {more.join(' ')}
          </output>
        )}
      </div>
      <div className="routes-scroll">
        <table className="routes-table">
          <thead>
            <tr>
              {Object.entries(words.costs.columns).map(([name, label]) => (
                <th key={name} scope="col" data-column={name === 'route' ? 'route' : undefined}>
                  <span className="costs-column caption">{label}</span>
                </th>
              ))}
              <th scope="col" data-column="total">
                <span className="costs-column caption">{count(pictures, 'picture')}</span>
              </th>
            </tr>
          </thead>
          {rows.map((row) => (
            <CostLine
              key={row.route}
              row={row}
              pictures={pictures}
              vendor={vendor}
              isBest={row === best}
              isChosen={row.route === asked?.chosen}
              needsKey={needsKey.has(row.provider)}
              onChoose={onChoose}
            />
          ))}
        </table>
      </div>
      <p className="costs-foot caption">{words.costs.foot(refusing, count(refusing, 'route'))}</p>
    </>
  );
}

function CostLine({
  row,
  pictures,
  vendor,
  isBest,
  isChosen,
  needsKey,
  onChoose,
}: {
  row: CostRow;
  pictures: number;
  vendor: CostRow | undefined;
  isBest: boolean;
  isChosen: boolean;
  needsKey: boolean;
  onChoose: ((route: string) => void) | undefined;
}) {
  const { cost, route, model, provider } = row;
  const total = totalOf([{ cost, pictures }]);
  const isMachine = cost.machine !== undefined;
  const once =
    cost.start === undefined || cost.idle === undefined ? undefined : onceOf(cost.start, cost.idle);
  return (
    <tbody className="routes-row" data-chosen={isChosen} data-standing={0} data-best={isBest}>
      <tr>
        <th scope="row" aria-label={words.routes.on(model, provider)}>
          <button
            type="button"
            className="routes-name"
            data-route={route}
            aria-current={isChosen ? 'true' : undefined}
            aria-disabled={onChoose === undefined}
            onClick={() => onChoose?.(route)}
          >
            <span className="routes-mark">
              {isChosen ? <Check size={14} aria-label={words.routes.chosen} /> : null}
            </span>
            <span className="one-line">
              {model}
              {isBest ? <span className="costs-best">{words.costs.cheapest}</span> : null}
              <span className="caption routes-under">
                {isMachine ? <Cpu size={11} aria-hidden="true" className="costs-machine" /> : null}
                {cost.pod === undefined ? provider : `${provider} · ${words.costs.pod(cost.pod)}`}
                {needsKey ? (
                  <span className="routes-key">
                    <KeyRound size={11} aria-hidden="true" /> {words.routes.needsKey}
                  </span>
                ) : null}
              </span>
            </span>
          </button>
        </th>
        <td>
          <span className="value price" data-free={cost.each?.high === 0}>
            {cost.each === undefined ? words.costs.notKnown : moneyRange(cost.each)}
          </span>
          <span className="caption routes-under">
            {basisWords(cost, words)}
            {cost.perHour === undefined || cost.perHour === 0 ? '' : `, ${hourly(cost)}`}
          </span>
        </td>
        <td>
          {once === undefined ? (
            <span className="faint">–</span>
          ) : (
            <>
              <span className="value">{totalWords(once, true)}</span>
              <span className="caption routes-under">{startWords(cost, words)}</span>
            </>
          )}
        </td>
        <td className="figures">{timeBounds(cost.first)}</td>
        <td className="value">
          {isMachine && vendor !== undefined ? breakEvenWords(breakEven(cost, vendor.cost), words) : ''}
        </td>
        <td data-column="total">
          <span className="value price costs-total" data-free={total?.high === 0}>
            {total === undefined ? words.costs.notKnown : totalWords(total, isMachine)}
          </span>
        </td>
      </tr>
      {cost.notes.length === 0 ? null : (
        <tr className="routes-remarks">
          <td colSpan={6}>
            {cost.notes.map((note) => (
              <p key={note} className="routes-remark caption">
                <Info size={12} aria-hidden="true" />
                <span>{noteWords(note, words)}</span>
              </p>
            ))}
          </td>
        </tr>
      )}
    </tbody>
  );
}

function hourly({ paidBy, perHour = 0 }: CostRow['cost']): string {
  return paidBy === 'hour'
    ? words.pods.perHour(amount(perHour))
    : words.pods.perSecond(amount(perHour / 3600));
}

type Part = NonNullable<CostRow['cost']['start']>;

function onceOf(start: Part, idle: Part): Part {
  const low = start.low + idle.low;
  return start.high === undefined || idle.high === undefined
    ? { low }
    : { low, high: start.high + idle.high };
}
