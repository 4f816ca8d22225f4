import { settingsOf } from '../network/free-tools';
import type { PodParts } from './pods';

/**
 * Jobs of a living Seedloom for the ComfyUI at `address`: from being written down until their pictures are here. What a
 * dead one has left does not count: nobody fetches it now, and it must not keep a pod running.
 */
export function jobsFor(address: string, { store, options, owner }: PodParts): number {
  const origins = new Map<string, boolean>();
  const isThere = (id: string) => {
    const known = origins.get(id);
    if (known !== undefined) return known;
    const provider = options.providers.get(id);
    const base = provider === undefined ? '' : (settingsOf(provider, options.setting)['baseUrl'] ?? '');
    const found = base.trim().replace(/\/+$/, '').toLowerCase() === address.toLowerCase();
    origins.set(id, found);
    return found;
  };
  return store
    .openJobs()
    .filter(({ job }) => job.state === 'intended' || job.state === 'accepted')
    .filter(({ job }) => job.owner === owner.id || owner.isAlive(job.owner))
    .filter(({ job }) => isThere(job.route.provider)).length;
}
