import type { Recipe } from './recipe';

/** Every recipe there is: a file named `*.recipe.ts` in this folder is one, and needs no mention anywhere else. */
const files = import.meta.glob('./*.recipe.ts', { eager: true }) as Record<string, { default: Recipe }>;

export const recipes: readonly Recipe[] = Object.keys(files)
  .sort()
  .map((path) => files[path]!.default);
