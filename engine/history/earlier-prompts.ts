import { flatten } from '#core/document/flatten';
import type { WorkflowDocument } from '#core/document/schema';
import { mostEarlierPrompts, type EarlierPrompt } from '#core/earlier-prompts';
import type { NodeCatalogue } from '#core/node';

/** Runs that are looked through: who searches for more finds it in the runs themselves. */
const mostRuns = 400;

/**
 * The prompts of earlier runs, each once, newest first; those of the workflow `document` before all others. `runs` newest
 * first, each with the document as it was run.
 */
export function earlierPrompts(
  runs: Iterable<{ document: WorkflowDocument; openedAt: string }>,
  nodes: NodeCatalogue,
  document: string,
): EarlierPrompt[] {
  const own = new Map<string, EarlierPrompt>();
  const others = new Map<string, EarlierPrompt>();
  let seen = 0;
  for (const run of runs) {
    if (seen === mostRuns || own.size >= mostEarlierPrompts) break;
    seen += 1;
    const isOwn = run.document.id === document;
    for (const text of promptsOf(run.document, nodes)) {
      if (own.has(text) || (!isOwn && others.has(text))) continue;
      (isOwn ? own : others).set(text, { text, at: run.openedAt, isOwn });
      if (isOwn) others.delete(text);
    }
  }
  return [...own.values(), ...others.values()].slice(0, mostEarlierPrompts);
}

/** Also those inside subgraphs, as each use of one ran with them. */
function* promptsOf(whole: WorkflowDocument, nodes: NodeCatalogue): Iterable<string> {
  const { document, catalogue } = flatten(whole, nodes);
  for (const { type, params } of Object.values(document.nodes))
    for (const [name, { field }] of Object.entries(catalogue.get(type)?.params ?? {})) {
      const text = params[name];
      if (field.kind !== 'text' || field.prompt === undefined || field.lines < 2) continue;
      if (typeof text === 'string' && text.trim() !== '') yield text;
    }
}
