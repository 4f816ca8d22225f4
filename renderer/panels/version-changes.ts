import { compareDocuments } from '#core/compare/compare-documents';
import { describeChange } from '#core/compare/comparison-words';
import type { Change, RunFacts } from '#core/compare/comparison';
import type { WorkflowDocument } from '#core/document/schema';
import { serializeDocument } from '#core/document/serialize';
import type { NodeCatalogue } from '#core/node';
import { words } from '../look/words';
import { nodeTitle } from './issue-place';

/** One thing that is other, and where. */
export interface VersionChange {
  place: string;
  text: string;
}

const factsOf = (document: WorkflowDocument): RunFacts => ({
  run: '',
  title: document.title,
  openedAt: '',
  spent: 0,
  document,
  steps: [],
});

/** What is other in `now` than it was in `before`, in words; `null` when they are one and the same. */
export function versionChanges(
  before: WorkflowDocument,
  now: WorkflowDocument,
  catalogue: NodeCatalogue,
): VersionChange[] | null {
  if (serializeDocument({ ...before, id: now.id }) === serializeDocument(now)) return null;
  const { versions } = words.files;
  const { workflow, nodes, order } = compareDocuments(factsOf(before), factsOf(now), catalogue);
  const titleOf = (id: string) => nodeTitle(Object.hasOwn(now.nodes, id) ? now : before, catalogue, id);
  const textOf = (change: Change, node?: string) => {
    if (change.kind === 'node') return change.in === 'a' ? versions.removed : versions.added;
    const type = (now.nodes[node ?? ''] ?? before.nodes[node ?? ''])?.type ?? '';
    const definition = catalogue.get(type);
    return describeChange(
      change,
      (name) => definition?.params[name]?.label ?? definition?.inputs[name]?.label ?? name,
      words,
    );
  };
  return [
    ...workflow.map((change) => ({ place: versions.workflow, text: textOf(change) })),
    ...order.flatMap((id) =>
      (nodes.get(id) ?? []).map((change) => ({ place: titleOf(id), text: textOf(change, id) })),
    ),
  ];
}
