import { useEffect, useState } from 'react';
import type { RouteComparison } from '#core/route-comparison';
import { chooseRoute, readRoutes } from '../commands/routes';
import { changeSettings } from '../commands/settings';
import { DialogFrame } from '../look/dialog-frame';
import { count } from '../look/format';
import { words } from '../look/words';
import { useDocument } from '../stores/document-store';
import { useSession } from '../stores/session-store';
import { nodeTitle } from './issue-place';
import { RoutesCosts } from './routes-costs';
import { RoutesTable } from './routes-table';
import './routes-dialog.css';
import { hasKeys, withPrice } from './settings-words';

const views = [
  { value: 'abilities', label: words.routes.views.abilities },
  { value: 'costs', label: words.routes.views.costs },
] as const;

/** Every route side by side; for a node also what would be different, and the choice of one. */
export function RoutesDialog({ node, onClose }: { node: string | null; onClose: () => void }) {
  const document = useDocument((state) => state.document);
  const catalogue = useSession((state) => state.catalogue);
  const providers = useSession((state) => state.providers);
  const secrets = useSession((state) => state.secrets);
  const { prices } = useSession((state) => state.settings);
  const [view, setView] = useState<'abilities' | 'costs'>('abilities');
  const [comparison, setComparison] = useState<RouteComparison | 'gone' | null>(null);
  useEffect(() => {
    let isShown = true;
    const read = async () => {
      const found = await readRoutes(node);
      if (isShown) setComparison(found ?? 'gone');
    };
    void read();
    return () => {
      isShown = false;
    };
  }, [node]);
  async function changePrice(route: string, price: number | undefined): Promise<void> {
    await changeSettings({ prices: withPrice(prices, route, price) });
    setComparison((await readRoutes(node)) ?? 'gone');
  }
  const needsKey = new Set(
    providers.filter((provider) => !hasKeys(provider, secrets)).map(({ label }) => label),
  );
  const choose =
    node === null
      ? undefined
      : (route: string) => {
          chooseRoute(node, route);
          onClose();
        };
  const title = node === null ? undefined : nodeTitle(document, catalogue, node);
  return (
    <DialogFrame open onClose={onClose} title={words.routes.title} width={1320} className="routes">
      {comparison === 'gone' ? <p className="routes-lead soft">{words.routes.gone}</p> : null}
      {comparison === null || comparison === 'gone' ? null : (
        <>
          <div className="routes-top">
            <p className="routes-lead soft">{leadWords(comparison, title)}</p>
            <fieldset className="segments" aria-label={words.routes.views.label}>
              {views.map(({ value, label }) => (
                <button
                  key={value}
                  type="button"
                  className="segment"
                  aria-pressed={view === value}
                  onClick={() => setView(value)}
                >
                  {label}
                </button>
              ))}
            </fieldset>
          </div>
          {view === 'costs' ? (
            <RoutesCosts comparison={comparison} needsKey={needsKey} onChoose={choose} />
          ) : (
            <RoutesTable
              comparison={comparison}
              needsKey={needsKey}
              onPrice={(route, price) => void changePrice(route, price)}
              onChoose={choose}
            />
          )}
        </>
      )}
    </DialogFrame>
  );
}

function leadWords({ asked }: RouteComparison, title: string | undefined): string {
  if (asked === undefined || title === undefined) return words.routes.leadAny;
  return asked.pictures === 0
    ? words.routes.leadNotAll(title)
    : words.routes.lead(title, count(asked.pictures, 'picture'));
}
