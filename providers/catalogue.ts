import { imageHostCatalogue } from '#core/image-host';
import { podHostCatalogue } from '#core/pod';
import { providerCatalogue } from '#core/provider';

/** Every provider there is: a file named `*.provider.ts` in this folder is one, and needs no mention anywhere else. */
export const providers = providerCatalogue(import.meta.glob('./*.provider.ts', { eager: true }));

/** Every image host there is: a file named `*.image-host.ts`, found the same way. */
export const imageHosts = imageHostCatalogue(import.meta.glob('./*.image-host.ts', { eager: true }));

/** Every place that rents pods: a file named `*.pod-host.ts`, found the same way. */
export const podHosts = podHostCatalogue(import.meta.glob('./*.pod-host.ts', { eager: true }));
