import type { Provider } from '#core/provider';
import { settingsOf } from '../network/free-tools';
import type { PodParts } from './pod-context';

/**
 * Jobs of a living Seedloom for the ComfyUI at `address`: from being written down until their pictures are here. What a
 * dead one has left does not count: nobody fetches it now, and it must not keep a pod running. Where another process sends
 * its jobs is its own to say (by an option, by its environment): one for a server of the person's counts for every pod.
 */
export function jobsFor(address: string, { store, options, owner }: PodParts): number {
  const origins = new Map<string, boolean>();
  const isThere = (id: string) => {
    const known = origins.get(id);
    if (known !== undefined) return known;
    const provider = options.providers.get(id);
    const found = provider !== undefined && isSameAddress(address, addressIn(provider, options.setting));
    origins.set(id, found);
    return found;
  };
  return store
    .openJobs()
    .filter(({ job }) => job.state === 'intended' || job.state === 'accepted')
    .filter(({ job }) => job.owner === owner.id || owner.isAlive(job.owner))
    .filter(({ job }) => {
      const { provider } = job.route;
      return isThere(provider) || (job.owner !== owner.id && isPersons(options.providers.get(provider)));
    }).length;
}

/** The address a provider has in this process; no slash at the end. */
export function addressIn(provider: Provider, setting: PodParts['options']['setting']): string {
  return (settingsOf(provider, setting)['baseUrl'] ?? '').trim().replace(/\/+$/, '');
}

/** `given`: as a person writes it. */
export function isSameAddress(address: string, given: string): boolean {
  return given.trim().replace(/\/+$/, '').toLowerCase() === address.toLowerCase();
}

/** Its work is done at an address of the person's, at no vendor's and not in this process. */
function isPersons(provider: Provider | undefined): boolean {
  if (provider === undefined || provider.hosts.length > 0) return false;
  return provider.settings.some(({ name, initial }) => name === 'baseUrl' && initial !== '');
}
