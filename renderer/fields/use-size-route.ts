import { useMemo } from 'react';
import { portAddressOf } from '#core/document/schema';
import { modelOfRoute } from '#core/plan/route';
import type { ModelSpec } from '#core/provider';
import { isImageRef, type Size } from '#core/values';
import { wiredTo } from '../canvas/incoming';
import { useDocument } from '../stores/document-store';
import { useRun } from '../stores/run-store';
import { useSession } from '../stores/session-store';

export interface SizeRoute {
  /** What the chosen route makes; `undefined` where the node asks no model, or one that is not here. */
  model: ModelSpec | undefined;
  /** The first picture at an input, once it is there. */
  picture: Size | undefined;
}

/** What bears on a size of a node. */
export function useSizeRoute(node: string): SizeRoute {
  const definition = useSession(({ catalogue }) => catalogue).get(
    useDocument(({ document }) => document.nodes[node]?.type) ?? '',
  );
  const kind = definition?.work.on === 'provider' ? definition.work.kind : undefined;
  const route = useDocument(({ document }) =>
    kind === undefined ? undefined : (document.nodes[node]?.route ?? document.routes[kind]),
  );
  const providers = useSession((state) => state.providers);
  const port = Object.entries(definition?.inputs ?? {}).find(([, { type }]) => type === 'image')?.[0];
  const source = useDocument(({ document }) =>
    port === undefined ? undefined : wiredTo(document.edges, node)[port]?.[0],
  );
  const picture = useRun(({ outputs }) => {
    if (source === undefined) return undefined;
    const from = portAddressOf(source);
    return outputs.get(from.node)?.[from.port]?.find(isImageRef);
  });
  return useMemo(
    () => ({
      model: kind === undefined ? undefined : modelOfRoute(route, kind, providers)?.model,
      picture,
    }),
    [kind, route, providers, picture],
  );
}
