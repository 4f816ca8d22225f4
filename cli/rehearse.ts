import type { Command } from 'commander';
import type { WorkflowDocument } from '#core/document/schema';
import { faults, type Fault } from '#core/fault';
import type { Issue } from '#core/issue';
import { rehearsable, rehearsalOf } from '#core/plan/rehearsal';
import type { NodeCatalogue } from '#core/node';

/**
 * The workflow as `--rehearse` runs it. `texts` are those of `--fault`: `KIND` for every node that asks a model, `NODE=KIND`
 * for one. `take` is a number no rehearsal had before.
 */
export function rehearsedDocument(
  document: WorkflowDocument,
  texts: readonly string[],
  nodes: NodeCatalogue,
  take: number,
): { ok: true; document: WorkflowDocument } | { ok: false; issues: Issue[] } {
  const able = rehearsable(document, nodes);
  const chosen: Record<string, Fault> = {};
  const issues: Issue[] = [];
  for (const text of texts) {
    const [, node, kind = text] = /^([^=]+)=(.*)$/.exec(text) ?? [];
    const fault = faults.find((known) => known === kind);
    const refuse = (message: string) =>
      issues.push({ code: 'wrong-fault', severity: 'error', message, place: { path: `--fault ${text}` } });
    if (fault === undefined) refuse(`There is no fault "${kind}"; there are ${faults.join(', ')}.`);
    else if (node !== undefined && !able.includes(node))
      refuse(`No node "${node}" asks a model here; these do: ${able.join(', ') || 'none'}.`);
    else for (const id of node === undefined ? able : [node]) chosen[id] = fault;
  }
  if (issues.length > 0) return { ok: false, issues };
  const title = `Rehearsal: ${document.title}`;
  return { ok: true, document: rehearsalOf(document, nodes, { faults: chosen, take, title }) };
}

export function withRehearsal(command: Command): Command {
  const kinds = faults.join(', ');
  return command
    .option('--rehearse', 'run it all on the sandbox: nothing is sent, paid for, or written to your folders')
    .option(
      '--fault <[NODE=]KIND>',
      `in a rehearsal, what goes wrong at every model node, or at one: ${kinds}; may be repeated`,
      (text: string, texts: string[] = []) => [...texts, text],
    );
}
