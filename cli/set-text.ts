import { formFields } from '#core/document/edit-exposed';
import { nodeAt } from '#core/document/own-subgraph';
import type { WorkflowDocument } from '#core/document/schema';
import { catalogueOf } from '#core/document/subgraph';
import type { Issue } from '#core/issue';
import type { NodeCatalogue } from '#core/node';

export interface SetText {
  node: string;
  param: string;
  value: string;
}

/**
 * What a `--set` says: `NODE.PARAM=VALUE`, or `LABEL=VALUE` with a label of the form. A node of that id comes before a label,
 * and of several labels that fit the longest counts, so that a label may hold `=` and `.` itself. The value is all the rest: it
 * may be empty, and quotes in it are part of it.
 */
export function readSetText(
  document: WorkflowDocument,
  text: string,
  nodes: NodeCatalogue,
): SetText | { issue: Issue } {
  const [, node, param, value] = /^([^.=]+)\.([^=]+)=(.*)$/s.exec(text) ?? [];
  const named =
    node === undefined || param === undefined || value === undefined ? undefined : { node, param, value };
  if (named !== undefined && nodeAt(document, named.node) !== undefined) return named;
  const fitting = formFields(document, catalogueOf(document, nodes))
    .map(({ node: id, name, spec }) => ({ node: id, param: name, label: spec.label }))
    .filter(({ label }) => label !== '' && text.startsWith(`${label}=`));
  const longest = Math.max(0, ...fitting.map(({ label }) => label.length));
  const found = fitting.filter(({ label }) => label.length === longest);
  const [first] = found;
  if (first === undefined) return named ?? refused('wrong-set', wrongSet(document, nodes), text);
  if (found.length > 1) {
    const names = found.map((one) => `${one.node}.${one.param}`).join(', ');
    const message = `The form has ${found.length} fields "${first.label}"; name one of ${names}.`;
    return refused('ambiguous-label', message, text);
  }
  return { node: first.node, param: first.param, value: text.slice(longest + 1) };
}

function wrongSet(document: WorkflowDocument, nodes: NodeCatalogue): string {
  const labels = formFields(document, catalogueOf(document, nodes)).map(({ spec }) => `"${spec.label}"`);
  const ways = 'A value is set with NODE.PARAM=VALUE, or with LABEL=VALUE for a field of the form';
  return labels.length === 0 ? `${ways}; this workflow has no form.` : `${ways}: ${labels.join(', ')}.`;
}

function refused(code: string, message: string, text: string): { issue: Issue } {
  return { issue: { code, severity: 'error', message, place: { path: `--set ${text}` } } };
}
