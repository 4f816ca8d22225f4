import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createFakeComfyui, type FakeComfyui } from '../kit/fake-comfyui';
import { commandLine, failures, finished, workflow, type CommandLine } from './command-line';

const guide = readFileSync(fileURLToPath(new URL('../../docs/add-a-recipe.md', import.meta.url)), 'utf8');
const example = /```json\n(.*?)```/s.exec(guide)?.[1] ?? '';

let line: CommandLine;
let comfyui: FakeComfyui;
beforeEach(async () => {
  line = commandLine();
  comfyui = await createFakeComfyui({ stepsPerJob: 1 });
  mkdirSync(join(line.folder, 'data', 'recipes'), { recursive: true });
});
afterEach(async () => {
  await comfyui.close();
  line.remove();
});
const put = (name: string, text: string) => writeFileSync(join(line.folder, 'data', 'recipes', name), text);

it('a recipe of your own is a route like any other; a changed one makes anew, a bad one is said', async () => {
  put('crisp-sdxl.recipe.json', example);
  put('bad.recipe.json', '{}');
  const listed = await line.seedloom('providers', '--json');
  const providers = JSON.parse(listed.out) as { id: string; models: { id: string; label: string }[] }[];
  expect(providers.find(({ id }) => id === 'comfyui')?.models).toContainEqual(
    expect.objectContaining({ id: 'crisp-sdxl', label: 'SDXL, crisp' }),
  );
  expect(listed.errors).toContain(join('recipes', 'bad.recipe.json'));
  expect(listed.errors).toContain('The header is missing');

  const file = line.write(
    'own.seedloom',
    workflow([['make', 'generate', { prompt: 'a cat', size: { width: 512, height: 512 } }]]),
  );
  const run = () =>
    line.start(['run', file, '--route', 'comfyui/crisp-sdxl', '--json'], {
      SEEDLOOM_COMFYUI_URL: comfyui.url,
    });
  const first = await run();
  expect(failures(first)).toEqual([]);
  expect(finished(first).at(-1)?.outputs['image']).toMatchObject([{ width: 512, height: 512 }]);
  expect(finished(await run()).map(({ reused }) => reused)).toEqual([true]);

  put('crisp-sdxl.recipe.json', example.replace('"cfg": 6', '"cfg": 5'));
  expect(finished(await run()).map(({ reused }) => reused)).toEqual([false]);
  expect(comfyui.charges).toHaveLength(2);
});
