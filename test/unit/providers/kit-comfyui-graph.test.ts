import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  completeGraph,
  nodeClassSchema,
  type NodeClasses,
  type RecipeGraph,
} from '#providers/kit/comfyui-graph';
import { baseName } from '#providers/kit/comfyui-inputs';
import { thrown } from './kit-recording-tools';

const classes = (listed: object): NodeClasses =>
  new Map(Object.entries(z.record(z.string(), nodeClassSchema).parse(listed)));
const save = { nodeClass: 'Save', inputs: { images: { node: 'load', output: 'IMAGE' } } };
const file = (...names: string[]) => ({ file: { names, folder: 'checkpoints', from: 'somewhere' } });
const completed = (graph: RecipeGraph, listed: object) => {
  const result = completeGraph(graph, classes(listed));
  if (!result.ok) throw new Error(`lacks ${JSON.stringify(result.lacks)}`);
  return result.prompt;
};

describe('model files', () => {
  const graph = (...names: string[]): RecipeGraph => ({
    load: { nodeClass: 'Load', inputs: { name: file(...names) } },
  });
  const listing = (...choices: string[]) => ({ Load: { input: { required: { name: [choices, {}] } } } });
  const v3 = (...choices: string[]) => ({
    Load: { input: { required: { name: ['COMBO', { options: choices }] } } },
  });

  test.each([
    ['as it is', ['a.safetensors'], listing('a.safetensors'), 'a.safetensors'],
    ['in a folder', ['a.safetensors'], listing('x.pt', 'flux/a.safetensors'), 'flux/a.safetensors'],
    ['in a folder of Windows', ['a.safetensors'], listing('flux\\a.safetensors'), 'flux\\a.safetensors'],
    ['from another folder', ['old/a.safetensors'], listing('new/a.safetensors'), 'new/a.safetensors'],
    [
      'the exact one before its namesake',
      ['b/a.safetensors'],
      listing('a/a.safetensors', 'b/a.safetensors'),
      'b/a.safetensors',
    ],
    ['without its ending', ['a'], listing('A.safetensors'), 'A.safetensors'],
    ['in the newer shape', ['a.pth'], v3('sub/a.pth'), 'sub/a.pth'],
    [
      'in the newer shape, in a folder of Windows',
      ['a.pth'],
      v3('x.pth', 'sub\\deep\\a.pth'),
      'sub\\deep\\a.pth',
    ],
    ['by preference', ['best', 'good'], listing('good.pt', 'best.pt'), 'best.pt'],
    ['the second choice', ['best', 'good'], listing('good.pt'), 'good.pt'],
  ])('%s', (_name, names, listed, sent) => {
    expect(completed(graph(...names), listed)).toEqual({
      load: { class_type: 'Load', inputs: { name: sent } },
    });
  });

  test('everything that is lacking is found at once, each once', () => {
    const big: RecipeGraph = {
      load: { nodeClass: 'Load', inputs: { name: file('a.pt') } },
      again: { nodeClass: 'Load', inputs: { name: file('a.pt') } },
      other: { nodeClass: 'Load', inputs: { name: file('b.pt') } },
      gone: { nodeClass: 'Gone', inputs: { name: file('c.pt') } },
      save: { nodeClass: 'AlsoGone', inputs: { images: { node: 'gone', output: 'IMAGE' } } },
    };
    const result = completeGraph(big, classes(listing('unfit.pt')));
    expect(result).toEqual({
      ok: false,
      lacks: {
        classes: ['Gone', 'AlsoGone'],
        files: [expect.objectContaining({ names: ['a.pt'] }), expect.objectContaining({ names: ['b.pt'] })],
      },
    });
  });
});

describe('inputs the recipe does not know', () => {
  test('required ones get their default, optional ones stay away, null sections do no harm', () => {
    const listed = {
      Load: {
        input: {
          required: {
            steps: ['INT', { default: 20 }],
            off: ['BOOLEAN', { default: false }],
            method: [['lanczos', 'area']],
            mode: ['COMBO', { options: ['x', 'y'], default: 'y' }],
            text: ['STRING', { multiline: true }],
            flag: ['BOOLEAN'],
          },
          optional: { device: [['default', 'cpu'], null] },
        },
        output: ['IMAGE'],
      },
      Save: { input: { required: { images: ['IMAGE'] }, optional: null }, output: null },
      Other: { input: { required: null, optional: null }, output: null },
    };
    expect(
      completed(
        { load: { nodeClass: 'Load', inputs: {} }, save, other: { nodeClass: 'Other', inputs: {} } },
        listed,
      ),
    ).toEqual({
      load: {
        class_type: 'Load',
        inputs: { steps: 20, off: false, method: 'lanczos', mode: 'y', text: '', flag: false },
      },
      save: { class_type: 'Save', inputs: { images: ['load', 0] } },
      other: { class_type: 'Other', inputs: {} },
    });
  });

  test('one without a default is said by name', async () => {
    const listed = { Load: { input: { required: { model: ['MODEL', {}] } } } };
    const failure = await thrown(
      Promise.resolve().then(() =>
        completeGraph({ load: { nodeClass: 'Load', inputs: {} } }, classes(listed)),
      ),
    );
    expect(failure).toMatchObject({
      code: 'comfyui-changed',
      detail: 'Load.model is required and has no default',
    });
  });
});

describe('links', () => {
  const saveClass = { input: { optional: { images: ['IMAGE', {}] } } };
  const link = (load: object) =>
    completed({ load: { nodeClass: 'Load', inputs: {} }, save }, { Load: load, Save: saveClass })['save'];
  const to = (slot: number) => ({ class_type: 'Save', inputs: { images: ['load', slot] } });

  test('go to the output of that name, wherever it is now', () => {
    expect(link({ output: ['MASK', 'IMAGE'], output_name: ['mask', 'IMAGE'] })).toEqual(to(1));
    expect(link({ output: ['IMAGE', 'IMAGE'], output_name: ['old', 'IMAGE'] })).toEqual(to(1));
  });
  test('by type where the name is another', () => {
    expect(link({ output: ['MASK', 'IMAGE'], output_name: ['a', 'b'] })).toEqual(to(1));
  });
  test('to an output that is gone are refused', () => {
    expect(() => link({ output: ['MASK'], output_name: ['MASK'] })).toThrow('differ from those the recipe');
  });
});

describe('what has changed', () => {
  const problems = async (graph: RecipeGraph, listed: object) =>
    (await thrown(Promise.resolve().then(() => completeGraph(graph, classes(listed))))).detail;
  const load = { nodeClass: 'Load', inputs: {} };

  test('every place is named at once', async () => {
    const graph: RecipeGraph = {
      load,
      save,
      mask: { nodeClass: 'Mask', inputs: { picture: { node: 'load', output: 'IMAGE' } } },
      sample: {
        nodeClass: 'Sample',
        inputs: { scheduler: 'simple', seed: 7, latent: { node: 'load', output: 3 } },
      },
    };
    const listed = {
      Load: { input: {}, output: ['IMAGE'], output_name: ['IMAGE'] },
      Save: { input: { required: { images: ['LATENT'] } } },
      Mask: { input: { required: {} } },
      Sample: { input: { required: { scheduler: [['karras']], seed: ['INT', {}], latent: ['LATENT'] } } },
    };
    expect((await problems(graph, listed))?.split('\n')).toEqual([
      'Save.images takes LATENT, and Load gives "IMAGE"',
      'Mask.picture is not there any more',
      'Sample.scheduler does not know "simple"',
      'Load has no output 3',
    ]);
  });

  test.each([
    ['any type', '*', 'IMAGE'],
    ['one of several', 'MASK,IMAGE', 'IMAGE'],
    ['an input with rules of its own', 'COMFY_MATCHTYPE_V3', 'IMAGE'],
    ['an output of any type', 'LATENT', '*'],
  ])('%s fits', (_name, takes, gives) => {
    const listed = {
      Load: { output: [gives], output_name: ['IMAGE'] },
      Save: { input: { required: { images: [takes] } } },
    };
    expect(completed({ load, save }, listed)['save']).toMatchObject({ inputs: { images: ['load', 0] } });
  });

  test('a text of a combo is a file where it ends as one', () => {
    const graph: RecipeGraph = {
      load: { nodeClass: 'UNETLoader', inputs: { unet_name: 'x/a.safetensors' } },
    };
    const listing = (...choices: string[]) => ({
      UNETLoader: { input: { required: { unet_name: [choices] } } },
    });
    expect(completed(graph, listing('y/a.safetensors'))).toEqual({
      load: { class_type: 'UNETLoader', inputs: { unet_name: 'y/a.safetensors' } },
    });
    expect(completeGraph(graph, classes(listing('b.safetensors')))).toMatchObject({
      ok: false,
      lacks: { files: [{ names: ['a.safetensors'], folder: 'diffusion_models' }] },
    });
  });
});

test.each([
  ['as a list', [['euler', 'heun'], {}]],
  ['as a list without options', [['euler', 'heun']]],
  ['as a list with null options', [['euler', 'heun'], null]],
  ['in the newer shape', ['COMBO', { options: ['euler', 'heun'], multiselect: false }]],
])('a choice is checked in both shapes of a combo: %s', async (_name, spec) => {
  const sampler = (name: string): RecipeGraph => ({ sample: { nodeClass: 'Sample', inputs: { name } } });
  const listed = { Sample: { input: { required: { name: spec } } } };
  expect(completed(sampler('heun'), listed)['sample']).toMatchObject({ inputs: { name: 'heun' } });
  expect(completed({ sample: { nodeClass: 'Sample', inputs: {} } }, listed)['sample']).toMatchObject({
    inputs: { name: 'euler' },
  });
  const failure = await thrown(Promise.resolve().then(() => completed(sampler('ddim'), listed)));
  expect(failure.detail).toBe('Sample.name does not know "ddim"');
});

test("a real server's answer is read whole", () => {
  const path = new URL('../../fixtures/comfyui-object-info.json', import.meta.url);
  const read = classes(JSON.parse(readFileSync(path, 'utf8')) as object);
  expect(read.get('CheckpointLoaderSimple')?.output_name).toEqual(['MODEL', 'CLIP', 'VAE']);
  expect([...read.values()].every(({ input }) => input !== null)).toBe(true);
});

test('base names', () => {
  expect(['a.b', 'x/a.b', 'x\\y\\a.b', 'x\\y/a.b'].map(baseName)).toEqual(['a.b', 'a.b', 'a.b', 'a.b']);
});
