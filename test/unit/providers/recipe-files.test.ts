import { expect, test } from 'vitest';
import { filesAmong, installFileSchema } from '#core/pod-install';
import { recipes } from '#providers/kit/recipes/catalogue';
import { recipeFiles } from '#providers/kit/recipes/recipe-files';

test.each(recipes.map((recipe) => [recipe.model.id, recipe] as const))(
  'every file of %s says its folder, size, licence and address, and can be installed',
  (_id, recipe) => {
    const files = recipeFiles(recipe);
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      expect(file.folder).not.toBe('');
      expect(file.bytes).toBeGreaterThan(1_000_000);
      expect(file.licence).toBeTruthy();
      expect(file.url).toBeTruthy();
    }
    for (const file of filesAmong(files)) expect(installFileSchema.safeParse(file).error).toBeUndefined();
  },
);
