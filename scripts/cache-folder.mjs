import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where development scripts keep what they fetched: outside the repository, shared by all checkouts. */
export function cacheFolder() {
  const { XDG_CACHE_HOME } = process.env;
  const base =
    XDG_CACHE_HOME !== undefined && XDG_CACHE_HOME !== '' ? XDG_CACHE_HOME : join(homedir(), '.cache');
  return join(base, 'seedloom');
}
