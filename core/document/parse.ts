import type { z } from 'zod';
import type { Issue } from '../issue';
import type { JsonObject } from '../json';
import type { NodeCatalogue } from '../node';
import { documentFormat, documentSchema, type WorkflowDocument } from './schema';
import { upgradeFormat, upgradeNodes } from './upgrade';

export type Parsed = { ok: true; document: WorkflowDocument } | { ok: false; issues: Issue[] };

function refuse(code: string, message: string, path = ''): Parsed {
  return { ok: false, issues: [{ code, severity: 'error', message, place: path === '' ? {} : { path } }] };
}

/**
 * Reads the text of a workflow file: JSON, format, shape, then older nodes brought up to date. Unknown node types are
 * kept as they are. What the nodes mean (params, ports, cycles) is for `checkDocument`.
 */
export function parseDocument(text: string, catalogue: NodeCatalogue): Parsed {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return refuse('not-json', `This is not a workflow file: it is not JSON (${reason}).`);
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    return refuse(
      'not-a-workflow',
      'This is not a workflow file: a JSON object with "seedloom" is expected.',
    );
  const format = (json as JsonObject)['seedloom'];
  if (typeof format !== 'number' || !Number.isInteger(format) || format < 1)
    return refuse(
      'not-a-workflow',
      'This is not a Seedloom workflow: the format number "seedloom" is missing.',
      'seedloom',
    );
  if (format > documentFormat)
    return refuse(
      'newer-format',
      `This file has format ${format}; this Seedloom reads up to ${documentFormat}. Update Seedloom to open it. The file was not changed.`,
      'seedloom',
    );
  const result = documentSchema.safeParse(upgradeFormat(json as JsonObject));
  if (!result.success) return { ok: false, issues: result.error.issues.flatMap(issuesOf) };
  return { ok: true, document: upgradeNodes(result.data, catalogue) };
}

function issuesOf(issue: z.core.$ZodIssue): Issue[] {
  const path = issue.path.map(String);
  const node = path[0] === 'nodes' && path[1] !== undefined ? { node: path[1] } : {};
  const place = { ...node, ...(path.length === 0 ? {} : { path: path.join('.') }) };
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      code: 'unknown-key',
      severity: 'error',
      message: `"${key}" is not a key Seedloom knows here; remove it or open the file with the version that wrote it.`,
      place: { ...place, path: [...path, key].join('.') },
    }));
  return [{ code: 'wrong-shape', severity: 'error', message: `${issue.message}.`, place }];
}
