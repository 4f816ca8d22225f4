import { Check, Expand } from 'lucide-react';
import { useRef, useState, type KeyboardEvent } from 'react';
import { confirmPicks } from '#core/choice';
import type { DocumentNode } from '#core/document/schema';
import type { NodeDefinition } from '#core/node';
import type { PlannedChoice } from '#core/plan/planned';
import { goOn, pick, pickedPlaces, sheetOf, type OpenSheet } from '../commands/choosing';
import { forecastPrice, moneyRange } from '../look/format';
import { Picture } from '../look/picture';
import { words } from '../look/words';
import { isRunning, runOnPod, useRun } from '../stores/run-store';
import { sessionStore } from '../stores/session-store';
import './card-choice.css';

const text = words.choice;

/** The pictures a person picks from, with how many are picked and what going on costs. */
export function CardChoice({
  id,
  title,
  node,
  definition,
  choice,
}: {
  id: string;
  title: string;
  node: DocumentNode;
  definition: NodeDefinition;
  choice: PlannedChoice | undefined;
}) {
  const sheet = sheetOf(node, definition, choice);
  if (choice === undefined || sheet === undefined || choice.pictures.length === 0)
    return <div className="card-well choice-empty" data-empty="true" />;
  const { pictures } = choice;
  if (pictures.every((picture) => picture === null))
    return (
      <div className="card-well choice-empty" data-empty="true">
        <Ahead choice={choice} asks={!sheet.rule.all} />
      </div>
    );
  const picked = pickedPlaces(sheet);
  return (
    <>
      <Sheet id={id} title={title} choice={choice} sheet={sheet} picked={picked} />
      <div className="choice-foot">
        <output className="choice-count">
          {sheet.rule.all ? text.passesAll(pictures.length) : countWords(sheet, picked.size)}
        </output>
        <GoOn id={id} sheet={sheet} open={choice.open} />
      </div>
    </>
  );
}

function countWords({ rule: { fewest, most }, names }: OpenSheet, picked: number): string {
  return fewest === most ? text.exactly(picked, fewest, names.length) : text.count(picked, names.length);
}

/** Before the pictures are made: how many may be picked, and what each of them will cost. */
function Ahead({ choice, asks }: { choice: PlannedChoice; asks: boolean }) {
  const { each, fewest, most, pictures } = choice;
  return (
    <div className="card-expected">
      <span>{asks ? text.ahead(most, fewest === most) : text.passesAll(pictures.length)}</span>
      {each === undefined || each.high === 0 ? null : (
        <span className="value price">{text.each(moneyRange(each))}</span>
      )}
    </div>
  );
}

function GoOn({ id, sheet, open }: { id: string; sheet: OpenSheet; open: boolean }) {
  const price = useRun(({ goOnPrices }) => goOnPrices.get(id));
  const busy = useRun(isRunning);
  const onPod = useRun((state) => runOnPod(state.plan?.nodes ?? [])(state));
  const { rule, picks, names } = sheet;
  // The plan that knows of a made choice comes a moment after the choice.
  if (rule.all || (!open && 'picked' in picks && picks.among !== undefined)) return null;
  const canGo = confirmPicks(rule, picks, names) !== undefined;
  const why =
    rule.fewest === rule.most && rule.most > 1 ? text.exact(rule.fewest) : text.atLeast(rule.fewest);
  return (
    <button
      type="button"
      className="choice-go nodrag"
      data-free={price?.high === 0 && !onPod}
      aria-disabled={!canGo || busy}
      title={canGo ? text.goOnKeys : why}
      onClick={() => {
        if (canGo && !busy) void goOn(id);
      }}
    >
      {text.goOn}
      {canGo && price !== undefined ? <span className="value">{forecastPrice(price, onPod)}</span> : null}
    </button>
  );
}

function Sheet({
  id,
  title,
  choice,
  sheet,
  picked,
}: {
  id: string;
  title: string;
  choice: PlannedChoice;
  sheet: OpenSheet;
  picked: ReadonlySet<number>;
}) {
  const [at, setAt] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const { pictures } = choice;
  const fresh = new Set(choice.fresh);
  const columns = Math.min(4, Math.max(2, Math.ceil(Math.sqrt(pictures.length))));
  const current = Math.min(at, pictures.length - 1);
  const look = (place: number) =>
    sessionStore.actions.set({ overlay: { kind: 'viewer', node: id, place: shownPlace(pictures, place) } });
  const move = (to: number) => {
    const next = Math.max(0, Math.min(pictures.length - 1, to));
    setAt(next);
    list.current?.querySelectorAll<HTMLElement>('.choice-one')[next]?.focus();
  };
  const moves: Record<string, number> = {
    ArrowLeft: current - 1,
    ArrowRight: current + 1,
    ArrowUp: current - columns,
    ArrowDown: current + columns,
    Home: 0,
    End: pictures.length - 1,
  };
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = moves[event.key];
    const digit = /^[1-9]$/.test(event.key) ? Number(event.key) : undefined;
    if (to !== undefined) move(to);
    else if (digit !== undefined && digit <= pictures.length) {
      move(digit - 1);
      pick(id, digit - 1);
    } else if (event.key === ' ' || event.key.toLowerCase() === 'x') pick(id, current);
    else if (event.key.toLowerCase() === 'v') look(current);
    else if (event.key === 'Enter') void goOn(id);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <ul
      ref={list}
      className="choice-sheet nodrag nowheel nokey"
      data-node={id}
      data-all={sheet.rule.all}
      aria-label={text.sheet(title)}
      title={sheet.rule.all ? undefined : text.keys}
      style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
    >
      {pictures.map((picture, place) => (
        // The same picture may come twice in a list.
        <li key={`${place}-${picture?.hash ?? ''}`} className="choice-place">
          <button
            type="button"
            className="choice-one checkerboard"
            aria-label={text.picture(place + 1, picked.has(place))}
            aria-pressed={picked.has(place)}
            aria-disabled={picture === null || sheet.rule.all}
            tabIndex={place === current ? 0 : -1}
            onFocus={() => setAt(place)}
            onKeyDown={press}
            onClick={() => pick(id, place)}
            onDoubleClick={(event) => event.stopPropagation()}
          >
            {picture === null ? (
              <span className="choice-unmade" title={text.some} />
            ) : (
              <Picture hash={picture.hash} width={256} alt="" />
            )}
            <span className="choice-number value" aria-hidden="true">
              {place + 1}
            </span>
            <span className="choice-check" aria-hidden="true">
              <Check size={12} strokeWidth={3} />
            </span>
            {fresh.has(place) && choice.open ? <span className="choice-fresh">{text.fresh}</span> : null}
          </button>
          {picture === null ? null : (
            <button
              type="button"
              className="choice-look"
              tabIndex={-1}
              aria-label={text.look}
              title={text.look}
              onClick={() => look(place)}
            >
              <Expand size={11} />
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Where a picture of the list stands among those that are made. */
function shownPlace(pictures: PlannedChoice['pictures'], place: number): number {
  return pictures.slice(0, place).filter((picture) => picture !== null).length;
}
