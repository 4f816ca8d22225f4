import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { checkTask } from '#core/plan/check-task';
import type { Provider } from '#core/provider';
import type { ImageTask, TaskOf } from '#core/task';
import comfyui from '#providers/comfyui.provider';
import { createFakeComfyui, type FakeComfyui } from '#test/kit/fake-comfyui';
import { picture, recordingTools, server, thrown, type RecordingTools } from './kit-recording-tools';

const guide = readFileSync(new URL('../../../docs/add-a-recipe.md', import.meta.url), 'utf8');
const example = /```json\n(.*?)```/s.exec(guide)?.[1] ?? '';
interface Node {
  class_type: string;
  inputs: Record<string, unknown>;
}
interface RecipeJson {
  inputs: Record<string, unknown>;
  prompt: Record<string, Node>;
  [member: string]: unknown;
}
const changed = (change: (recipe: RecipeJson) => void): string => {
  const recipe = JSON.parse(example) as RecipeJson;
  change(recipe);
  return JSON.stringify(recipe);
};

/** The provider with one file, and what is said of it. */
function read(text: string, name = 'crisp-sdxl.recipe.json') {
  const { provider, issues } = comfyui.ownModels!.read([{ name, text }]);
  const model = provider.models.find(({ id }) => `${id}.recipe.json` === name);
  return { provider, model, problems: issues.map(({ message }) => message), issues };
}

let pod: FakeComfyui | undefined;
let tools: RecordingTools;
async function start(provider: Provider, options: Parameters<typeof createFakeComfyui>[0] = {}) {
  pod = await createFakeComfyui({ stepsPerJob: 1, ...options });
  tools = recordingTools(provider, server(pod.url, []), { settings: { baseUrl: pod.url } });
}
afterEach(async () => {
  await pod?.close();
  pod = undefined;
});
const posted = () =>
  (pod!.requests.find(({ points }) => points.includes('submit'))!.body as { prompt: Record<string, Node> })
    .prompt;
async function sizesOf(provider: Provider, task: ImageTask) {
  const submitted = await provider.submit(task, tools);
  if (submitted.state !== 'accepted') throw new Error(JSON.stringify(submitted));
  await pod!.settled();
  const state = await provider.check!(submitted.job, tools);
  if (state.state !== 'done') throw new Error(JSON.stringify(state));
  return Promise.all(
    state.result.pictures.map(async (one) => {
      if (one.from !== 'url') throw new Error(JSON.stringify(one));
      const kept = await tools.keep(Buffer.from(await (await fetch(one.request.url)).arrayBuffer()));
      return [kept.width, kept.height];
    }),
  );
}

const generate: TaskOf<'generate'> = {
  kind: 'generate',
  model: { provider: 'comfyui', model: 'crisp-sdxl' },
  prompt: 'a red bicycle',
  size: { width: 768, height: 512 },
  count: 2,
  seed: 7,
  loras: [],
  extra: undefined,
};

describe('the example of the guide', () => {
  test('is a model like any other', () => {
    const { provider, model, problems } = read(example);
    expect(problems).toEqual([]);
    expect(provider.models).toHaveLength(comfyui.models.length + 1);
    expect(model).toMatchObject({
      label: 'SDXL, crisp',
      tasks: ['generate'],
      size: { minPixels: 512 * 512, multipleOf: 8 },
      maxCount: 4,
      takes: { seed: true, negative: true, loras: true, mask: false, strength: false },
      seconds: { low: 5, high: 60 },
    });
    expect(checkTask({ ...generate, count: 5 }, model!)).toMatchObject([{ field: 'count' }]);
  });

  test('runs: words, seed, size and count where the header says, two LoRAs between loader and all that used it', async () => {
    const { provider } = read(example);
    await start(provider);
    const loras = [
      { name: 'grain', strength: 0.4 },
      { name: 'portrait_style', strength: 1 },
    ];
    expect(await sizesOf(provider, { ...generate, loras })).toEqual([
      [768, 512],
      [768, 512],
    ]);
    const prompt = posted();
    const lora = (from: string, lora_name: string, strength: number) => ({
      class_type: 'LoraLoader',
      inputs: {
        model: [from, 0],
        clip: [from, 1],
        lora_name,
        strength_model: strength,
        strength_clip: strength,
      },
    });
    expect(prompt).toEqual({
      '3': {
        class_type: 'KSampler',
        inputs: {
          seed: 7,
          steps: 30,
          cfg: 6,
          sampler_name: 'dpmpp_2m',
          scheduler: 'karras',
          denoise: 1,
          model: ['lora-2', 0],
          positive: ['6', 0],
          negative: ['7', 0],
          latent_image: ['5', 0],
        },
      },
      '4': { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'sd_xl_base_1.0.safetensors' } },
      '5': { class_type: 'EmptyLatentImage', inputs: { width: 768, height: 512, batch_size: 2 } },
      '6': { class_type: 'CLIPTextEncode', inputs: { text: 'a red bicycle', clip: ['lora-2', 1] } },
      // The task has no negative, so the file's own stays.
      '7': { class_type: 'CLIPTextEncode', inputs: { text: 'blurry, soft', clip: ['lora-2', 1] } },
      '8': { class_type: 'VAEDecode', inputs: { samples: ['3', 0], vae: ['4', 2] } },
      '9': {
        class_type: 'ImageScaleBy',
        inputs: { image: ['8', 0], upscale_method: 'lanczos', scale_by: 1 },
      },
      '10': {
        class_type: 'SaveImage',
        inputs: { images: ['9', 0], filename_prefix: 'seedloom/attempt-1-10' },
      },
      'lora-1': lora('4', 'film/grain.safetensors', 0.4),
      'lora-2': lora('lora-1', 'portrait_style.safetensors', 1),
    });
  });

  test('another graph is another revision; another name is not', () => {
    const revision = (text: string) => read(text).model?.revision;
    expect(revision(changed((recipe) => (recipe['name'] = 'Another')))).toBe(revision(example));
    expect(revision(changed((recipe) => (recipe.prompt['3']!.inputs['steps'] = 31)))).not.toBe(
      revision(example),
    );
    expect(Number.isSafeInteger(revision(example))).toBe(true);
  });
});

test('a seed above 2^53 in the file is sent digit for digit', async () => {
  const text = changed((recipe) => {
    recipe.prompt['3']!.inputs['seed'] = 0;
    delete recipe.inputs['seed'];
  });
  const seeded = (seed: string) => read(text.replace('"seed":0', `"seed":${seed}`));
  const { provider, problems, model } = seeded('18446744073709551615');
  expect(problems).toEqual([]);
  await start(provider);
  await sizesOf(provider, generate);
  const { bytes } = tools.calls.find(({ by }) => by === 'spend')!;
  expect(bytes?.type).toBe('application/json');
  expect(new TextDecoder().decode(bytes?.data)).toContain('"seed":18446744073709551615,');
  // A neighbour that is the same number in floating point is another recipe.
  expect(seeded('18446744073709551614').model?.revision).not.toBe(model?.revision);
});

describe('a recipe with pictures', () => {
  const upTo = (pictures: number) =>
    JSON.stringify({
      seedloomRecipe: 1,
      name: 'Edit with references',
      tasks: ['edit'],
      inputs: {
        prompt: '3.prompt',
        images: Array.from({ length: pictures }, (_, index) => `${index + 11}.image`),
        seed: '6.seed',
      },
      loras: { model: ['1', 0] },
      prompt: {
        '1': {
          class_type: 'UNETLoader',
          inputs: { unet_name: 'qwen_image_edit_2509_fp8_e4m3fn.safetensors', weight_dtype: 'default' },
        },
        '2': {
          class_type: 'CLIPLoader',
          inputs: { clip_name: 'qwen_2.5_vl_7b_fp8_scaled.safetensors', type: 'qwen_image' },
        },
        '8': { class_type: 'VAELoader', inputs: { vae_name: 'qwen_image_vae.safetensors' } },
        ...Object.fromEntries(
          Array.from({ length: pictures }, (_, index) => [
            `${index + 11}`,
            { class_type: 'LoadImage', inputs: { image: 'example.png' } },
          ]),
        ),
        '21': { class_type: 'FluxKontextImageScale', inputs: { image: ['11', 0] } },
        '22': { class_type: 'FluxKontextImageScale', inputs: { image: ['12', 0] } },
        '3': {
          class_type: 'TextEncodeQwenImageEditPlus',
          inputs: { clip: ['2', 0], vae: ['8', 0], prompt: '', image1: ['21', 0], image2: ['22', 0] },
        },
        '4': { class_type: 'ConditioningZeroOut', inputs: { conditioning: ['3', 0] } },
        '5': { class_type: 'VAEEncode', inputs: { pixels: ['21', 0], vae: ['8', 0] } },
        '6': {
          class_type: 'KSampler',
          inputs: {
            seed: 1,
            steps: 4,
            cfg: 1,
            sampler_name: 'euler',
            scheduler: 'simple',
            denoise: 1,
            model: ['1', 0],
            positive: ['3', 0],
            negative: ['4', 0],
            latent_image: ['5', 0],
          },
        },
        '7': { class_type: 'VAEDecode', inputs: { samples: ['6', 0], vae: ['8', 0] } },
        '9': { class_type: 'SaveImage', inputs: { images: ['7', 0], filename_prefix: 'x' } },
      },
    });
  const named = 'two-pictures.recipe.json';
  const task = async (pictures: number): Promise<TaskOf<'edit'>> => ({
    ...generate,
    kind: 'edit',
    model: { provider: 'comfyui', model: 'two-pictures' },
    count: 1,
    images: await Promise.all(
      ['#aa0000', '#00aa00']
        .slice(0, pictures)
        .map(async (color) => tools.keep(await picture(96, 64, color))),
    ),
  });

  test('the plan says that it takes no size, and how many pictures', async () => {
    const { provider, model, problems } = read(upTo(2), named);
    expect(problems).toEqual([]);
    await start(provider);
    expect(model).toMatchObject({ maxReferences: 2, maxCount: 1 });
    expect(checkTask(await task(2), model!)).toMatchObject([{ effect: 'ignored', field: 'size' }]);
  });

  test('with one picture the second goes, and the node that scaled it', async () => {
    const { provider } = read(upTo(2), named);
    await start(provider);
    expect(await sizesOf(provider, await task(1))).toEqual([[96, 64]]);
    const prompt = posted();
    expect(Object.keys(prompt)).not.toContain('12');
    expect(Object.keys(prompt)).not.toContain('22');
    expect(prompt['3']?.inputs).toEqual({
      clip: ['2', 0],
      vae: ['8', 0],
      prompt: 'a red bicycle',
      image1: ['21', 0],
    });
  });

  test('with both, both', async () => {
    const { provider } = read(upTo(2), named);
    await start(provider);
    const asked = await task(2);
    expect(await sizesOf(provider, asked)).toEqual([[96, 64]]);
    expect(posted()['12']?.inputs).toEqual({ image: `seedloom/${asked.images[1]?.hash}.png` });
  });

  test('a picture that cannot be left out is asked for before anything is sent', async () => {
    const swapped = upTo(2).replace('"pixels":["21",0]', '"pixels":["22",0]');
    const { provider } = read(swapped, named);
    await start(provider);
    expect(await thrown(provider.submit(await task(1), tools))).toMatchObject({
      code: 'reference-missing',
      charge: 'none',
      message: expect.stringContaining('picture 2') as string,
    });
    expect(pod!.requests.every(({ points }) => points.includes('catalogue'))).toBe(true);
  });
});

test('an upscale: the factor, or the size that comes out', async () => {
  const upscale = (inputs: object, node: Node) =>
    JSON.stringify({
      seedloomRecipe: 1,
      name: 'Larger',
      tasks: ['upscale'],
      inputs: { images: ['1.image'], ...inputs },
      prompt: {
        '1': { class_type: 'LoadImage', inputs: { image: 'x.png' } },
        '2': node,
        '3': { class_type: 'SaveImage', inputs: { images: ['2', 0] } },
      },
    });
  const by = upscale(
    { factor: '2.scale_by' },
    { class_type: 'ImageScaleBy', inputs: { image: ['1', 0], upscale_method: 'lanczos', scale_by: 2 } },
  );
  const to = upscale(
    { width: '2.width', height: '2.height' },
    {
      class_type: 'ImageScale',
      inputs: { image: ['1', 0], upscale_method: 'lanczos', width: 1, height: 1, crop: 'disabled' },
    },
  );
  for (const text of [by, to]) {
    const { provider, problems } = read(text, 'larger.recipe.json');
    expect(problems).toEqual([]);
    await start(provider);
    const image = await tools.keep(await picture(30, 20, '#102030'));
    const model = { provider: 'comfyui', model: 'larger' };
    expect(await sizesOf(provider, { kind: 'upscale', model, image, factor: 3, extra: undefined })).toEqual([
      [90, 60],
    ]);
    await pod!.close();
    pod = undefined;
  }
});

describe('what the server lacks', () => {
  test('unknown nodes and files are listed whole before anything is sent, with what the header tells of them', async () => {
    const text = changed((recipe) => {
      recipe.prompt['9']!.class_type = 'SharpenLikeNobody';
      recipe.prompt['4']!.inputs['ckpt_name'] = 'mine/sd_xl_base_2.0.safetensors';
      (recipe['files'] as { name: string }[])[0]!.name = 'sd_xl_base_2.0.safetensors';
      recipe.prompt['20'] = { class_type: 'UpscaleModelLoader', inputs: { model_name: 'unheard-of.pth' } };
    });
    const { provider } = read(text);
    await start(provider);
    const failure = await thrown(provider.submit(generate, tools));
    expect(failure).toMatchObject({ code: 'comfyui-lacks', charge: 'none' });
    expect(failure.message).toContain('the node SharpenLikeNobody');
    expect(failure.missing).toEqual([
      { kind: 'node-class', name: 'SharpenLikeNobody' },
      {
        kind: 'model-file',
        name: 'mine/sd_xl_base_2.0.safetensors',
        folder: 'checkpoints',
        bytes: 6_940_000_000,
        licence: 'CreativeML Open RAIL++-M',
        url: expect.stringContaining('https://') as string,
      },
      { kind: 'model-file', name: 'unheard-of.pth', folder: 'upscale_models' },
    ]);
    expect(pod!.requests.every(({ points }) => points.includes('catalogue'))).toBe(true);
  });

  test('a file is found in whatever folder the server has it', async () => {
    const text = changed(
      (recipe) => (recipe.prompt['4']!.inputs['ckpt_name'] = 'SDXL\\sd_xl_base_1.0.safetensors'),
    );
    const { provider } = read(text);
    await start(provider);
    await provider.submit(generate, tools);
    expect(posted()['4']?.inputs['ckpt_name']).toBe('sd_xl_base_1.0.safetensors');
  });

  test('an input that is given in parts wants no default', async () => {
    const objectInfo = JSON.parse(
      readFileSync(new URL('../../fixtures/comfyui-object-info.json', import.meta.url), 'utf8'),
    ) as Record<string, unknown>;
    objectInfo['BatchImagesNode'] = {
      input: { required: { images: ['COMFY_AUTOGROW_V3', { template: {} }] } },
      output: ['IMAGE'],
      output_name: ['IMAGE'],
      output_node: false,
    };
    const text = changed((recipe) => {
      recipe.prompt['9'] = {
        class_type: 'BatchImagesNode',
        inputs: { 'images.image0': ['8', 0], 'images.image1': ['8', 0] },
      };
    });
    const { provider } = read(text);
    const found = recordingTools(provider, (request) => {
      const name = decodeURIComponent(new URL(request.url).pathname.split('/').at(-1) ?? '');
      const body = name === 'prompt' ? { node_errors: {} } : { [name]: objectInfo[name] };
      const whole = JSON.stringify(body);
      return { status: 200, headers: {}, bytes: Buffer.from(whole), text: whole, json: body };
    });
    expect(await provider.submit(generate, found)).toMatchObject({ state: 'accepted' });
    expect(found.calls.at(-1)?.json).toMatchObject({
      prompt: { '9': { inputs: { 'images.image0': ['8', 0], 'images.image1': ['8', 0] } } },
    });
  });
});

describe('a file that cannot be used', () => {
  const bad: [string, string, string][] = [
    ['is no JSON', '{"seedloomRecipe": 1,', 'This is not JSON'],
    ['is a bare prompt', JSON.stringify((JSON.parse(example) as RecipeJson).prompt), 'The header is missing'],
    ["is the editor's format", '{"nodes": [], "links": [], "version": 0.4}', 'choose Workflow, Export (API)'],
    [
      'has it inside',
      changed((recipe) => (recipe.prompt = { nodes: [], links: [] } as never)),
      'choose Workflow, Export (API)',
    ],
    ['is of a later format', changed((recipe) => (recipe['seedloomRecipe'] = 2)), 'At "seedloomRecipe"'],
    [
      'has a word too many',
      changed((recipe) => (recipe['author'] = 'me')),
      'At the top: "author" is not known here; there are seedloomRecipe, name, tasks',
    ],
    [
      'has a slip',
      changed((recipe) => (recipe.inputs['promt'] = '6.text')),
      'At "inputs": "promt" is not known here; there are prompt, negative',
    ],
    ['has a place without a dot', changed((recipe) => (recipe.inputs['seed'] = '3')), 'At "inputs.seed"'],
    [
      'names no node',
      changed((recipe) => (recipe.inputs['seed'] = '33.seed')),
      'there is no node "33"; there are 3, 4, 5',
    ],
    [
      'names what every object has',
      changed((recipe) => (recipe.inputs['seed'] = 'constructor.name')),
      'there is no node "constructor"',
    ],
    [
      'names no input',
      changed((recipe) => (recipe.inputs['seed'] = '3.noise')),
      'KSampler has no input "noise" here; it has seed, steps',
    ],
    [
      'names a wire',
      changed((recipe) => (recipe.inputs['seed'] = '3.model')),
      '3.model is wired from node "4"',
    ],
    [
      'puts a picture elsewhere',
      changed((recipe) => (recipe.inputs['images'] = ['6.text'])),
      'a picture goes into a LoadImage node',
    ],
    [
      'has a loose wire',
      changed((recipe) => (recipe.prompt['8']!.inputs['vae'] = ['99', 2])),
      'At "prompt.8.inputs.vae": it is wired to node "99"',
    ],
    [
      'chains LoRAs nowhere',
      changed((recipe) => (recipe['loras'] = { model: ['44', 0] })),
      'At "loras.model": there is no node "44"',
    ],
    [
      'has a node that is ours',
      changed((recipe) => (recipe.prompt['lora-1'] = recipe.prompt['9']!)),
      'rename yours',
    ],
    [
      'saves nothing',
      changed((recipe) => (recipe.prompt['10']!.class_type = 'PreviewImage')),
      'there is no SaveImage node',
    ],
    [
      'has no place for words',
      changed((recipe) => delete recipe.inputs['prompt']),
      'say where the prompt goes',
    ],
    [
      'has no place for a size',
      changed((recipe) => delete recipe.inputs['width']),
      'say where the size goes',
    ],
    ['edits nothing', changed((recipe) => (recipe['tasks'] = ['edit'])), 'say where the pictures go'],
    ['does what nobody knows', changed((recipe) => (recipe['tasks'] = ['dance'])), 'At "tasks.0"'],
    [
      'needs a mask and has no place',
      changed((recipe) => (recipe['needsMask'] = true)),
      'say where the mask goes',
    ],
  ];
  test.each(bad)('%s', (_name, text, words) => {
    const { provider, problems } = read(text);
    expect(problems.join('\n')).toContain(words);
    expect(provider.models).toEqual(comfyui.models);
  });

  test('its name is an id, and one that is free', () => {
    expect(read(example, 'My Recipe.recipe.json').problems).toEqual([expect.stringContaining('rename it')]);
    expect(read(example, 'sdxl.recipe.json').problems).toEqual([expect.stringContaining('"sdxl" already')]);
  });

  test("stands in nobody's way", () => {
    const { provider, issues } = comfyui.ownModels!.read([
      { name: 'bad.recipe.json', text: '{}' },
      { name: 'good.recipe.json', text: example },
    ]);
    expect(provider.models.map(({ id }) => id)).toEqual([...comfyui.models.map(({ id }) => id), 'good']);
    expect(issues).toMatchObject([{ code: 'bad-recipe', place: { path: 'bad.recipe.json' } }]);
  });

  test('whatever it holds, there are words and no crash', () => {
    const whole = JSON.parse(example) as RecipeJson;
    const members = [
      ...Object.keys(whole),
      'prompt.3',
      'prompt.3.inputs',
      'inputs.prompt',
      'loras.model',
      'limits.maxPixels',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...members), fc.jsonValue(), (path, value) => {
        const recipe = structuredClone(whole) as Record<string, unknown>;
        const steps = path.split('.');
        let at = recipe;
        for (const step of steps.slice(0, -1)) at = at[step] as Record<string, unknown>;
        at[steps.at(-1)!] = value;
        const { model, problems } = read(JSON.stringify(recipe));
        expect(model === undefined).toBe(problems.length > 0);
        for (const problem of problems) expect(problem).toMatch(/^[A-Z].*[.]$/s);
      }),
    );
  });
});
