import { ArrowDown, ArrowUp } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { RouteComparison } from '#core/route-comparison';
import { nextOrder, routeColumns, sortRoutes, type RouteOrder } from './routes-order';
import { RouteRowOf } from './routes-row';

/** Sorted by any column; arrow keys go from route to route. */
export function RoutesTable({
  comparison: { rows, asked },
  needsKey,
  onPrice,
  onChoose,
}: {
  comparison: RouteComparison;
  /** Labels of providers that want a key first. */
  needsKey: ReadonlySet<string>;
  onPrice: (route: string, price: number | undefined) => void;
  /** `undefined`: there is nothing to choose for. */
  onChoose: ((route: string) => void) | undefined;
}) {
  const [order, setOrder] = useState<RouteOrder>({ by: 'price', top: 'least' });
  const sorted = sortRoutes(rows, order);
  const [at, setAt] = useState(asked?.chosen ?? sorted[0]?.route);
  const table = useRef<HTMLTableElement>(null);
  const chosen = rows.find(({ route }) => route === asked?.chosen);
  useEffect(() => {
    const start = table.current?.querySelector<HTMLElement>('[data-route][tabindex="0"]');
    start?.focus();
    start?.scrollIntoView({ block: 'center' });
  }, []);

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    const step = steps[event.key];
    if (step === undefined || event.target instanceof HTMLInputElement) return;
    const all = [...(table.current?.querySelectorAll<HTMLElement>('[data-route]') ?? [])];
    const from = all.findIndex((each) => each.dataset['route'] === at);
    const next =
      all[
        Math.min(
          all.length - 1,
          Math.max(0, step === 'first' ? 0 : step === 'last' ? all.length : from + step),
        )
      ];
    event.preventDefault();
    next?.focus();
    next?.closest('tbody')?.scrollIntoView({ block: 'nearest' });
  }

  const routeAt = (target: EventTarget) =>
    target instanceof Element
      ? target.closest('tbody')?.querySelector<HTMLElement>('[data-route]')
      : undefined;

  return (
    // What is done in a row comes up from the controls in it; a click beside them is one on its route.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- all of it can be done by the buttons in it
    <div
      className="routes-scroll"
      onKeyDown={onKeyDown}
      onFocus={({ target }) => setAt((old) => routeAt(target)?.dataset['route'] ?? old)}
      onClick={({ target }) => {
        if (target instanceof Element && target.closest('button, input, .input') === null)
          routeAt(target)?.click();
      }}
    >
      <table ref={table} className="routes-table">
        <thead>
          <tr>
            {routeColumns.map((column) => {
              const isBy = order.by === column.id;
              const Arrow = order.top === 'least' ? ArrowUp : ArrowDown;
              return (
                <th
                  key={column.id}
                  scope="col"
                  data-column={column.id}
                  aria-sort={isBy ? (order.top === 'least' ? 'ascending' : 'descending') : 'none'}
                >
                  <button
                    type="button"
                    className="routes-sort caption"
                    onClick={() => setOrder(nextOrder(order, column))}
                  >
                    {column.label}
                    {isBy ? <Arrow size={12} aria-hidden="true" /> : null}
                  </button>
                </th>
              );
            })}
          </tr>
        </thead>
        {sorted.map((row) => (
          <RouteRowOf
            key={`${row.route} ${row.ownPrice ?? ''}`}
            row={row}
            chosen={chosen}
            pictures={asked?.pictures ?? 0}
            needsKey={needsKey.has(row.provider)}
            isAt={row.route === at}
            onPrice={(price) => onPrice(row.route, price)}
            onChoose={onChoose === undefined ? undefined : () => onChoose(row.route)}
          />
        ))}
      </table>
    </div>
  );
}

const steps: Readonly<Record<string, number | 'first' | 'last'>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  Home: 'first',
  End: 'last',
};
