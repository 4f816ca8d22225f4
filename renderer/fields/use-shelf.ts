import { useMemo } from 'react';
import { addressText, portAddressOf, type WorkflowDocument } from '#core/document/schema';
import type { NodeCatalogue } from '#core/node';
import { fileRefSchema } from '#core/param';
import { modelOfRoute } from '#core/plan/route';
import { isImageRef } from '#core/values';
import { wiredTo } from '../canvas/incoming';
import { nodeTitle } from '../panels/issue-place';
import { numberPlaces, shelfLength, type ShelfPlace } from '../panels/shelf-order';
import { useDocument } from '../stores/document-store';
import { useRun, type RunStoreState } from '../stores/run-store';
import { useSession } from '../stores/session-store';

export interface ShelfEntry extends ShelfPlace {
  /** The name of the file, where it is one; else the node it comes from. */
  title: string;
  isFile: boolean;
  /** sha256 of its first picture, once there is one. */
  picture: string | undefined;
  /** Past what the route takes. */
  over: boolean;
}

export interface Shelf {
  /** `node.port`. */
  to: string;
  entries: readonly ShelfEntry[];
  length: number;
  /** What the chosen route takes at most, with the route's name. */
  limit: { most: number; route: string } | undefined;
}

const nothing: readonly string[] = [];

/** Where a reference comes from, in words: the file of a node that only holds one, else the node. */
export function originOf(
  document: WorkflowDocument,
  catalogue: NodeCatalogue,
  source: string,
): { title: string; isFile: boolean } {
  const id = portAddressOf(source).node;
  const node = document.nodes[id];
  const definition = catalogue.get(node?.type ?? '');
  if (node !== undefined && definition !== undefined && Object.keys(definition.inputs).length === 0)
    for (const [name, spec] of Object.entries(definition.params)) {
      if (spec.field.kind !== 'image-file') continue;
      const file = fileRefSchema.safeParse(node.params[name]);
      return { title: node.title ?? (file.success ? file.data.name : definition.title), isFile: true };
    }
  return { title: nodeTitle(document, catalogue, id), isFile: false };
}

/** How many pictures a source gives, and the first of them: one line a source. */
function picturesGiven({ planned, outputs }: RunStoreState, sources: readonly string[]): string {
  return sources
    .map((source) => {
      const { node, port } = portAddressOf(source);
      const pictures = (outputs.get(node)?.[port] ?? []).filter(isImageRef);
      return `${planned.get(node)?.items[port] ?? pictures.length} ${pictures[0]?.hash ?? ''}`;
    })
    .join('\n');
}

/** What stands on a node's shelf. Each part is read as a text, so that only a change of this shelf draws it anew. */
export function useShelf(id: string, port: string): Shelf {
  const sources = useDocument(({ document }) => wiredTo(document.edges, id)[port]) ?? nothing;
  const catalogue = useSession((state) => state.catalogue);
  const titles = useDocument(({ document }) =>
    JSON.stringify(sources.map((source) => originOf(document, catalogue, source))),
  );
  const given = useRun((state) => picturesGiven(state, sources));
  const route = useDocument(({ document }) => {
    const node = document.nodes[id];
    const work = catalogue.get(node?.type ?? '')?.work;
    return work?.on === 'provider' ? `${work.kind} ${node?.route ?? document.routes[work.kind] ?? ''}` : '';
  });
  const providers = useSession((state) => state.providers);
  return useMemo(() => {
    const [kind = '', text = ''] = route.split(' ');
    const found = modelOfRoute(text, kind, providers);
    const most = found?.model.maxReferences;
    const limit = found === undefined || most === undefined ? undefined : { most, route: found.model.label };
    const lines = given.split('\n').map((line) => line.split(' '));
    const origins = JSON.parse(titles) as { title: string; isFile: boolean }[];
    const places = numberPlaces(sources, (source) => Number(lines[sources.indexOf(source)]?.[0] ?? 1));
    const entries = places.map((place, index): ShelfEntry => {
      const { title = '', isFile = false } = origins[index] ?? {};
      const picture = lines[index]?.[1];
      return {
        ...place,
        title,
        isFile,
        picture: picture === '' ? undefined : picture,
        over: limit !== undefined && place.last > limit.most,
      };
    });
    return { to: addressText({ node: id, port }), entries, length: shelfLength(places), limit };
  }, [id, port, sources, titles, given, route, providers]);
}
