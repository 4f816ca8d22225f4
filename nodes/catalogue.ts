import { nodeCatalogue } from '#core/node';

/** Every kind of node there is: a file named `*.node.ts` in this folder is one, and needs no mention anywhere else. */
export const nodes = nodeCatalogue(import.meta.glob('./*.node.ts', { eager: true }));
