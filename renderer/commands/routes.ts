import { taskKindOf } from '#core/plan/route';
import type { RouteComparison } from '#core/route-comparison';
import { providerText } from '#core/words/provider-words';
import { language } from '../look/words';
import { documentStore } from '../stores/document-store';
import { sessionStore } from '../stores/session-store';
import { ask } from './bridge';
import { onlySelected } from './command';

/** The routes side by side: for a node that asks a model, else in general. */
export function openRoutes(node: string | undefined = onlySelected(sessionStore.getState())): void {
  documentStore.actions.settle();
  const { catalogue } = sessionStore.getState();
  const type = node === undefined ? undefined : documentStore.getState().document.nodes[node]?.type;
  const definition = type === undefined ? undefined : catalogue.get(type);
  const asks = definition !== undefined && taskKindOf(definition) !== undefined;
  sessionStore.actions.set({ overlay: { kind: 'routes', node: asks ? node! : null } });
}

export async function readRoutes(node: string | null): Promise<RouteComparison | undefined> {
  const { whole: document, path } = documentStore.getState();
  const found = await ask('routes.compare', { asked: node === null ? null : { document, path, node } });
  return (
    found && {
      ...found,
      rows: found.rows.map((row) => ({
        ...row,
        provider: providerText(row.provider, language),
        model: providerText(row.model, language),
      })),
    }
  );
}

/** The node runs there from now on; what it asks for stays as it is. */
export function chooseRoute(node: string, route: string): void {
  documentStore.actions.settle();
  documentStore.actions.setRoute([node], route);
  documentStore.actions.settle();
}
