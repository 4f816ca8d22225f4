import { useVirtualizer } from '@tanstack/react-virtual';
import {
  Ban,
  CircleAlert,
  CircleCheck,
  Info,
  Pin,
  Play,
  RotateCcw,
  VolumeX,
  Zap,
  Hand,
  type LucideIcon,
} from 'lucide-react';
import { useRef, useState, type KeyboardEvent } from 'react';
import { mendOf } from '../commands/mends';
import { NodeIcon } from '../look/icons';
import { translated, words } from '../look/words';
import type { PlanRow } from './plan-rows';

const signs: Record<PlanRow['verdict'], LucideIcon> = {
  value: CircleCheck,
  reused: Zap,
  'will-run': Play,
  waits: Hand,
  blocked: CircleAlert,
  muted: VolumeX,
  bypassed: VolumeX,
  'left-out': Ban,
};

interface PlanTableProps {
  rows: readonly PlanRow[];
  without: ReadonlySet<string>;
  onShow: (node: string) => void;
  onWithout: (node: string) => void;
  onRunTo: (node: string) => void;
}

/** The rows that are seen, and a few more, of however many there are. One of them can be reached with Tab, the others from it. */
export function PlanTable({ rows, without, onShow, onWithout, onRunTo }: PlanTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  const current = Math.min(at, rows.length - 1);
  // oxlint-disable-next-line react/incompatible-library -- the rows are drawn here and nowhere kept, so nothing is remembered wrongly
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 58,
    getItemKey: (place) => rows[place]?.id ?? place,
    overscan: 6,
  });
  const go = (place: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, place));
    setAt(next);
    virtual.scrollToIndex(next);
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-place="${next}"]`)?.focus(),
    );
  };
  const press = (event: KeyboardEvent) => {
    const row = rows[current];
    // The buttons of a row have keys of their own.
    const isRow = event.target instanceof HTMLElement && event.target.matches('.plan-row');
    if (row === undefined || !isRow || event.ctrlKey || event.metaKey || event.altKey) return;
    const acts: Record<string, () => void> = {
      ArrowDown: () => go(current + 1),
      ArrowUp: () => go(current - 1),
      Home: () => go(0),
      End: () => go(rows.length - 1),
      Enter: () => onShow(row.id),
      m: () => onWithout(row.id),
      r: () => onRunTo(row.id),
    };
    const act = acts[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  return (
    <div className="plan-scroll" ref={scroller}>
      <table
        className="plan-table"
        aria-label={words.plan.title}
        aria-rowcount={rows.length}
        style={{ height: virtual.getTotalSize() }}
      >
        <tbody>
          {virtual.getVirtualItems().map(({ index, key, start }) => {
            const row = rows[index];
            return row === undefined ? null : (
              <Row
                key={key}
                measure={virtual.measureElement}
                place={index}
                start={start}
                row={row}
                isCurrent={index === current}
                isOut={without.has(row.id)}
                onPress={press}
                onFocus={() => setAt(index)}
                onShow={() => onShow(row.id)}
                onWithout={() => onWithout(row.id)}
                onRunTo={() => onRunTo(row.id)}
              />
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Row({
  measure,
  place,
  start,
  row,
  isCurrent,
  isOut,
  onPress,
  onFocus,
  onShow,
  onWithout,
  onRunTo,
}: {
  measure: (element: HTMLElement | null) => void;
  place: number;
  start: number;
  row: PlanRow;
  isCurrent: boolean;
  isOut: boolean;
  onPress: (event: KeyboardEvent) => void;
  onFocus: () => void;
  onShow: () => void;
  onWithout: () => void;
  onRunTo: () => void;
}) {
  const Sign = row.verdictWords === words.plan.pinned ? Pin : signs[row.verdict];
  const [problem] = row.problems;
  const mend = problem === undefined ? undefined : mendOf(problem);
  const isOff = row.verdict === 'muted' || row.verdict === 'bypassed' || row.verdict === 'left-out';
  return (
    <tr
      ref={measure}
      className="plan-row"
      aria-rowindex={place + 1}
      aria-label={words.plan.row(row.title, row.verdictWords)}
      tabIndex={isCurrent ? 0 : -1}
      data-index={place}
      data-place={place}
      data-verdict={row.verdict}
      data-off={isOff}
      style={{ transform: `translateY(${start}px)` }}
      onKeyDown={onPress}
      onFocus={onFocus}
      onClick={onShow}
    >
      <td className="plan-sign" title={row.verdictWords}>
        <Sign size={14} aria-label={row.verdictWords} />
      </td>
      <td className="plan-node">
        <span className="plan-title one-line">
          <NodeIcon name={row.icon} size={14} /> {row.title}
        </span>
        <span className="caption one-line">
          {[row.verdictWords, row.makes, row.route].filter(Boolean).join(' · ')}
        </span>
      </td>
      <td className="plan-figures">
        <span className="value price" data-free={!row.costs}>
          {row.price}
        </span>
        <span className="caption figures">{row.ownPrice ? words.plan.yourPrice : row.time}</span>
      </td>
      <td className="plan-acts">
        <button
          type="button"
          className="icon-button"
          data-size="small"
          aria-label={isOut ? words.plan.again : words.plan.without}
          title={isOut ? words.plan.again : words.plan.without}
          aria-pressed={isOut}
          disabled={isOff && !isOut}
          tabIndex={isCurrent ? 0 : -1}
          onClick={(event) => {
            event.stopPropagation();
            onWithout();
          }}
        >
          {isOut ? <RotateCcw size={13} /> : <VolumeX size={13} />}
        </button>
        <button
          type="button"
          className="icon-button"
          data-size="small"
          aria-label={words.plan.runHere}
          title={words.plan.runHere}
          disabled={row.willRun === 0}
          tabIndex={isCurrent ? 0 : -1}
          onClick={(event) => {
            event.stopPropagation();
            onRunTo();
          }}
        >
          <Play size={13} />
        </button>
      </td>
      <td className="plan-more">
        {row.why === '' || problem !== undefined ? null : <span className="plan-why">{row.why}</span>}
        {row.problems.map((each) => (
          <span key={`${each.code} ${each.message}`} className="plan-note" data-tone="danger">
            <CircleAlert size={13} aria-hidden="true" /> <span>{translated(each.message)}</span>
          </span>
        ))}
        {row.notes.map(({ effect, field, message }) => (
          <span key={`${field} ${message}`} className="plan-note">
            <Info size={13} aria-hidden="true" />{' '}
            <span>
              <b>{words.plan.effects[effect]}:</b> {translated(message)}
            </span>
          </span>
        ))}
        {mend === undefined ? null : (
          <button
            type="button"
            className="button plan-mend"
            tabIndex={isCurrent ? 0 : -1}
            onClick={(event) => {
              event.stopPropagation();
              mend.run();
            }}
          >
            {mend.words}
          </button>
        )}
      </td>
    </tr>
  );
}
