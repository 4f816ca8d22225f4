import type { DocumentNode } from '../document/schema';
import type { Issue } from '../issue';
import type { NodeDefinition } from '../node';
import type { FileRef, ParamSpec } from '../param';
import type { Knowledge } from './knowledge';

type ParamKnowledge = Pick<Knowledge, 'file' | 'folder'>;

/** The params as the node's code gets them: initial values filled in, files looked up; with every problem. */
export function resolveParams(
  nodeId: string,
  node: DocumentNode,
  definition: NodeDefinition,
  known: ParamKnowledge,
): { params: Record<string, unknown>; issues: Issue[] } {
  const issues: Issue[] = [];
  const params: Record<string, unknown> = {};
  for (const name of Object.keys(node.params))
    if (!Object.hasOwn(definition.params, name))
      issues.push({
        code: 'unknown-param',
        severity: 'error',
        message: `${definition.title} has no param "${name}"; remove it or correct its name.`,
        place: { node: nodeId, param: name },
      });
  for (const [name, spec] of Object.entries(definition.params)) {
    const stored: unknown = Object.hasOwn(node.params, name) ? node.params[name] : spec.initial;
    const resolved = resolveParam(nodeId, name, spec, stored, known);
    if ('issue' in resolved) issues.push(resolved.issue);
    params[name] = 'issue' in resolved ? spec.initial : resolved.value;
  }
  return { params, issues };
}

/** One value against its param's schema; also used for values that come by wire. */
export function checkParam(nodeId: string, name: string, spec: ParamSpec, value: unknown): Issue | undefined {
  const result = spec.schema.safeParse(value);
  if (result.success) return undefined;
  const reason = result.error.issues[0]?.message ?? 'not allowed';
  return {
    code: 'wrong-param',
    severity: 'error',
    message: `${spec.label}: ${reason}.`,
    place: { node: nodeId, param: name },
  };
}

function resolveParam(
  nodeId: string,
  name: string,
  spec: ParamSpec,
  stored: unknown,
  known: ParamKnowledge,
): { value: unknown } | { issue: Issue } {
  const wrong = checkParam(nodeId, name, spec, stored);
  if (wrong !== undefined) return { issue: wrong };
  const { kind } = spec.field;
  if (kind !== 'image-file' && kind !== 'folder') return { value: stored };
  const place = { node: nodeId, param: name };
  if (stored === null) {
    const message = kind === 'folder' ? 'Choose a folder of pictures.' : 'Choose a picture.';
    return { issue: { code: 'no-file', severity: 'error', message, place } };
  }
  const found =
    kind === 'folder' ? known.folder((stored as { path: string }).path) : known.file(stored as FileRef);
  if ('code' in found)
    return { issue: { code: found.code, severity: 'error', message: found.message, place } };
  return { value: found };
}
