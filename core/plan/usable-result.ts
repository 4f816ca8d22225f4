import type { NodeDefinition } from '../node';
import type { StoredResult } from './knowledge';
import { fitsOutputs } from './pin';

/**
 * A result that is there, where this kind of node may take it. What came in a bundle was said by whoever made the bundle: it
 * has to be what such a node gives, and no file was written here for it.
 */
export function usableResult<R extends StoredResult>(
  found: R | undefined,
  definition: NodeDefinition,
): R | undefined {
  if (found?.bundled !== true) return found;
  const { work } = definition;
  const writes = work.on === 'machine' && work.effect === 'writes-files';
  return !writes && fitsOutputs(definition, found.outputs) ? found : undefined;
}
