import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { providerCatalogue, type OwnFile, type Provider } from '#core/provider';
import { readOwnModels } from '#engine/own-models';
import comfyui from '#providers/comfyui.provider';
import sandbox from '#providers/sandbox.provider';
import { temporaryFolder } from '#test/kit/temporary-folder';

let folder: ReturnType<typeof temporaryFolder>;
let given: OwnFile[];
beforeEach(() => {
  folder = temporaryFolder();
  given = [];
});
afterEach(() => folder.remove());

const pod: Provider = {
  ...comfyui,
  ownModels: {
    folder: 'recipes',
    ending: '.recipe.json',
    read(files) {
      given.push(...files);
      const issues = files
        .filter(({ text }) => text === 'bad')
        .map(({ name }) => ({
          code: 'bad',
          severity: 'error' as const,
          message: 'No.',
          place: { path: name },
        }));
      return { provider: { ...comfyui, label: 'with own' }, issues };
    },
  },
};
const catalogue = providerCatalogue({ a: { default: pod }, b: { default: sandbox } });

test('no folder: the catalogue as it is', () => {
  const { providers, issues } = readOwnModels(folder.path, catalogue);
  expect([...providers.values()]).toEqual([pod, sandbox]);
  expect(issues).toEqual([]);
});

test('files of that ending only, by name; what is wrong has its whole path', () => {
  const recipes = join(folder.path, 'recipes');
  mkdirSync(join(recipes, 'folder.recipe.json'), { recursive: true });
  for (const [name, text] of [
    ['b.recipe.json', 'bad'],
    ['a.recipe.json', 'good'],
    ['notes.txt', 'no'],
  ] as const)
    writeFileSync(join(recipes, name), text);
  const { providers, issues } = readOwnModels(folder.path, catalogue);
  expect(given).toEqual([
    { name: 'a.recipe.json', text: 'good' },
    { name: 'b.recipe.json', text: 'bad' },
  ]);
  expect(providers.get('comfyui')?.label).toBe('with own');
  expect(providers.get('sandbox')).toBe(sandbox);
  expect(issues).toMatchObject([
    { code: 'unreadable-file', place: { path: join(recipes, 'folder.recipe.json') } },
    { code: 'bad', place: { path: join(recipes, 'b.recipe.json') } },
  ]);
});

test('a file that is too large to be one is not read', () => {
  const recipes = join(folder.path, 'recipes');
  mkdirSync(recipes);
  writeFileSync(join(recipes, 'a.recipe.json'), ' '.repeat(5_000_001));
  const { issues } = readOwnModels(folder.path, catalogue);
  expect(issues).toMatchObject([{ message: expect.stringContaining('more than 5 MB') as string }]);
  expect(given).toEqual([]);
});

test('a file in place of the folder is said', () => {
  writeFileSync(join(folder.path, 'recipes'), '');
  expect(readOwnModels(folder.path, catalogue).issues).toMatchObject([{ code: 'unreadable-file' }]);
});
