import { providerCatalogue } from '#core/provider';

/** Every provider there is: a file named `*.provider.ts` in this folder is one, and needs no mention anywhere else. */
export const providers = providerCatalogue(import.meta.glob('./*.provider.ts', { eager: true }));
