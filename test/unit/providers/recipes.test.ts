import { existsSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { checkTask } from '#core/plan/check-task';
import type { ModelSpec } from '#core/provider';
import type { ImageTask, TaskKind, TaskOf } from '#core/task';
import type { ImageRef } from '#core/values';
import comfyui from '#providers/comfyui.provider';
import { completeGraph, nodeClassSchema, type RecipeGraph } from '#providers/kit/comfyui-graph';
import { recipes } from '#providers/kit/recipes/catalogue';
import type { Recipe } from '#providers/kit/recipes/recipe';
import { createFakeComfyui, type FakeComfyui } from '#test/kit/fake-comfyui';
import {
  graphSchema,
  inputSpecs,
  nodeClassSchema as fakeClassSchema,
  validateGraph,
  type ObjectInfo,
} from '#test/kit/fake-comfyui-graph';
import { picture, recordingTools, server, thrown, type RecordingTools } from './kit-recording-tools';

/** A real server's whole answer to `GET /object_info`, where there is one to hold the recipes against. */
const realAnswer =
  process.env['SEEDLOOM_OBJECT_INFO'] ??
  new URL('../../../../shared/contracts/comfyui-object-info.json', import.meta.url).pathname;
const ownAnswer = new URL('../../fixtures/comfyui-object-info.json', import.meta.url).pathname;

const imageRef = (width: number, height: number, mark: string): ImageRef => ({
  hash: mark.repeat(64).slice(0, 64),
  width,
  height,
  format: 'png',
  bytes: 100,
});
const made = (model: string) => ({
  model: { provider: 'comfyui', model },
  prompt: 'a red bicycle',
  size: { width: 768, height: 512 },
  count: 1,
  seed: 7,
  loras: [] as TaskOf<'generate'>['loras'],
  extra: undefined,
});
const loras = [
  { name: 'film/grain.safetensors', strength: 0.4 },
  { name: 'portrait_style.safetensors', strength: 1 },
];

/** Every kind of task a model's own words allow, at its limits. */
function tasksOf({ id, tasks, takes, maxReferences = 1, maxCount, needsMask }: ModelSpec): ImageTask[] {
  const base = made(id);
  const images = Array.from({ length: maxReferences }, (_, index) => imageRef(96, 64, `${index}`));
  const mask = imageRef(96, 64, 'f');
  const withLoras = takes.loras ? { loras } : {};
  const all: Record<TaskKind, ImageTask[]> = {
    // test/unit/providers/comfyui-training.test.ts
    'train-lora': [],
    generate: [
      { kind: 'generate', ...base },
      {
        kind: 'generate',
        ...base,
        ...withLoras,
        count: maxCount,
        ...(takes.negative ? { negative: 'blurry' } : {}),
      },
    ],
    edit: [
      ...(needsMask ? [] : [{ kind: 'edit' as const, ...base, images: images.slice(0, 1) }]),
      ...(needsMask ? [] : [{ kind: 'edit' as const, ...base, ...withLoras, images, count: maxCount }]),
      ...(takes.mask
        ? [{ kind: 'edit' as const, ...base, ...withLoras, images: images.slice(0, 1), mask, count: 2 }]
        : []),
    ],
    upscale: [
      { kind: 'upscale', model: base.model, image: imageRef(96, 64, 'a'), factor: 2, extra: undefined },
    ],
  };
  return tasks.flatMap((kind) => all[kind]);
}

function built(recipe: Recipe, task: ImageTask): RecipeGraph {
  const images = task.kind === 'edit' ? task.images : task.kind === 'upscale' ? [task.image] : [];
  const mask = task.kind === 'edit' && task.mask !== undefined ? { mask: 'seedloom/mask.png' } : {};
  const names = images.map((_image, index) => `seedloom/${index}.png`);
  return recipe.build(task, { images: names, ...mask, seed: 7, prefix: 'seedloom/one' });
}

/** The server's classes with the recipe's own files on its disk. */
function withFiles(classes: ObjectInfo, graph: RecipeGraph): ObjectInfo {
  const full = structuredClone(classes);
  for (const { nodeClass, inputs } of Object.values(graph))
    for (const [name, input] of Object.entries(inputs)) {
      const spec = inputSpecs(full[nodeClass]!).find((one) => one.name === name);
      if (typeof input === 'object' && 'file' in input) spec?.choices?.push(`sub/${input.file.names[0]}`);
    }
  return full;
}

const answers: [string, string][] = [
  ["the fake's classes", ownAnswer],
  ["a real server's classes", realAnswer],
];
describe.each(answers)('against %s', (_name, path) => {
  const there = existsSync(path);
  if (!there) console.warn(`recipes: there is no ${path}; name one in SEEDLOOM_OBJECT_INFO`);
  const own = z.record(z.string(), fakeClassSchema).parse(JSON.parse(readFileSync(ownAnswer, 'utf8')));
  const answer = there
    ? z.record(z.string(), fakeClassSchema).parse(JSON.parse(readFileSync(path, 'utf8')))
    : {};
  // The real answer at hand is of a server without the two nodes of upscale models.
  const { UpscaleModelLoader, ImageUpscaleWithModel } = own;
  const classes = { UpscaleModelLoader, ImageUpscaleWithModel, ...answer } as ObjectInfo;

  test.skipIf(!there).each(recipes.map((recipe) => [recipe.model.id, recipe] as const))(
    '%s: inputs, choices, outputs and types are as the server has them',
    (_id, recipe) => {
      for (const task of tasksOf(recipe.model)) {
        const notes = checkTask(task, recipe.model).filter(
          ({ effect, field }) => effect !== 'adapted' && field !== 'set',
        );
        expect(notes, JSON.stringify(task)).toEqual([]);
        const graph = built(recipe, task);
        const full = withFiles(classes, graph);
        const fitted = completeGraph(
          graph,
          new Map(Object.entries(z.record(z.string(), nodeClassSchema).parse(full))),
        );
        if (!fitted.ok) throw new Error(JSON.stringify(fitted.lacks));
        const prompt = graphSchema.parse(fitted.prompt);
        // ComfyUI leaves out without a word what it does not know.
        for (const { class_type: nodeClass = '', inputs } of Object.values(prompt)) {
          const known = inputSpecs(full[nodeClass]!).map(({ name }) => name);
          expect(Object.keys(inputs).filter((name) => !known.includes(name))).toEqual([]);
        }
        const verdict = validateGraph(prompt, undefined, { classes: full, files: () => true });
        expect(verdict).toMatchObject({ ok: true, nodeErrors: {} });
        // Nothing is built that nothing saved depends on.
        const used = new Set(Object.values(prompt).flatMap(({ inputs }) => Object.values(inputs).flat()));
        const idle = Object.entries(prompt).filter(
          ([id, node]) => !used.has(id) && node.class_type !== 'SaveImage',
        );
        expect(idle).toEqual([]);
      }
    },
  );
});

let pod: FakeComfyui;
let tools: RecordingTools;
async function start(options: Parameters<typeof createFakeComfyui>[0] = {}) {
  pod = await createFakeComfyui({ stepsPerJob: 1, ...options });
  tools = recordingTools(comfyui, server(pod.url, []), { settings: { baseUrl: pod.url } });
}
type Prompt = Record<string, { class_type: string; inputs: Record<string, unknown> }>;
const posted = () =>
  (pod.requests.find(({ points }) => points.includes('submit'))!.body as { prompt: Prompt }).prompt;

async function edit(
  model: string,
  changes: Partial<TaskOf<'edit'>> = {},
  pictures = 1,
): Promise<TaskOf<'edit'>> {
  const images: ImageRef[] = [];
  for (let index = 0; index < pictures; index += 1)
    images.push(await tools.keep(await picture(96, 64, `#33669${index}`)));
  return { kind: 'edit', ...made(model), images, ...changes };
}
const name = (image: ImageRef | undefined) => `seedloom/${image?.hash}.png`;

describe('what the fake ComfyUI makes of it', () => {
  afterEach(() => pod.close());

  test.each(recipes.map(({ model }) => [model.id, model] as const))(
    '%s gives the pictures asked for',
    async (_id, model) => {
      await start();
      const kept = new Map<string, ImageRef>();
      const real = async (ref: ImageRef) => {
        const known = kept.get(ref.hash);
        if (known !== undefined) return known;
        const image = await tools.keep(await picture(ref.width, ref.height, `#${ref.hash.slice(0, 6)}`));
        kept.set(ref.hash, image);
        return image;
      };
      for (const [index, task] of tasksOf(model).entries()) {
        const whole: ImageTask =
          task.kind === 'edit'
            ? {
                ...task,
                images: await Promise.all(task.images.map(real)),
                ...(task.mask === undefined ? {} : { mask: await real(task.mask) }),
              }
            : task.kind === 'upscale'
              ? { ...task, image: await real(task.image) }
              : task;
        const submitted = await comfyui.submit(whole, { ...tools, requestId: `attempt-${index}` });
        if (submitted.state !== 'accepted') throw new Error(JSON.stringify(submitted));
        await pod.settled();
        const state = await comfyui.check!(submitted.job, tools);
        if (state.state !== 'done') throw new Error(JSON.stringify(state));
        const sizes = [];
        for (const one of state.result.pictures) {
          if (one.from !== 'url') throw new Error(JSON.stringify(one));
          const { width, height } = await tools.keep(
            Buffer.from(await (await fetch(one.request.url)).arrayBuffer()),
          );
          sizes.push({ width, height });
        }
        const size = task.kind === 'upscale' ? { width: 192, height: 128 } : task.size;
        expect(sizes).toEqual(Array.from({ length: 'count' in task ? task.count : 1 }, () => size));
      }
    },
  );

  test('Kontext: each picture a reference behind the one before, drawn from noise', async () => {
    await start();
    const task = await edit('flux-kontext', { loras: [loras[1]!] }, 2);
    await comfyui.submit(task, tools);
    const [first, second] = task.images;
    const scaled = (input: string) => ({
      class_type: 'FluxKontextImageScale',
      inputs: { image: [input, 0] },
    });
    const encoded = (pixels: string) => ({
      class_type: 'VAEEncode',
      inputs: { pixels: [pixels, 0], vae: ['vae', 0] },
    });
    const reference = (conditioning: string, latent: string) => ({
      class_type: 'ReferenceLatent',
      inputs: { conditioning: [conditioning, 0], latent: [latent, 0] },
    });
    expect(posted()).toEqual({
      model: {
        class_type: 'UNETLoader',
        inputs: { unet_name: 'flux/flux1-dev-kontext_fp8_scaled.safetensors', weight_dtype: 'default' },
      },
      clip: {
        class_type: 'DualCLIPLoader',
        inputs: { clip_name1: 'clip_l.safetensors', clip_name2: 't5xxl_fp16.safetensors', type: 'flux' },
      },
      vae: { class_type: 'VAELoader', inputs: { vae_name: 'ae.safetensors' } },
      'lora-1': {
        class_type: 'LoraLoaderModelOnly',
        inputs: { model: ['model', 0], lora_name: 'portrait_style.safetensors', strength_model: 1 },
      },
      text: { class_type: 'CLIPTextEncode', inputs: { text: 'a red bicycle', clip: ['clip', 0] } },
      'input-1': { class_type: 'LoadImage', inputs: { image: name(first) } },
      'input-2': { class_type: 'LoadImage', inputs: { image: name(second) } },
      'scaled-1': scaled('input-1'),
      'scaled-2': scaled('input-2'),
      'encoded-1': encoded('scaled-1'),
      'encoded-2': encoded('scaled-2'),
      'reference-1': reference('text', 'encoded-1'),
      'reference-2': reference('reference-1', 'encoded-2'),
      positive: { class_type: 'FluxGuidance', inputs: { conditioning: ['reference-2', 0], guidance: 2.5 } },
      negative: { class_type: 'ConditioningZeroOut', inputs: { conditioning: ['text', 0] } },
      latent: { class_type: 'EmptySD3LatentImage', inputs: { width: 768, height: 512, batch_size: 1 } },
      sampler: {
        class_type: 'KSampler',
        inputs: {
          model: ['lora-1', 0],
          positive: ['positive', 0],
          negative: ['negative', 0],
          latent_image: ['latent', 0],
          seed: 7,
          steps: 20,
          cfg: 1,
          sampler_name: 'euler',
          scheduler: 'simple',
          denoise: 1,
        },
      },
      decode: { class_type: 'VAEDecode', inputs: { samples: ['sampler', 0], vae: ['vae', 0] } },
      save: {
        class_type: 'SaveImage',
        inputs: { images: ['decode', 0], filename_prefix: 'seedloom/attempt-1' },
      },
    });
  });

  test('Qwen-Image-Edit: the same pictures for the words and for their opposite', async () => {
    await start();
    const task = await edit('qwen-image-edit', {}, 3);
    await comfyui.submit(task, tools);
    const prompt = posted();
    const images = { image1: ['input-1', 0], image2: ['input-2', 0], image3: ['input-3', 0] };
    const encoded = (text: string) => ({
      class_type: 'TextEncodeQwenImageEditPlus',
      inputs: { clip: ['clip', 0], vae: ['vae', 0], prompt: text, ...images },
    });
    expect(prompt['positive']).toEqual(encoded('a red bicycle'));
    expect(prompt['negative']).toEqual(encoded(''));
    expect(prompt['input-3']?.inputs).toEqual({ image: name(task.images[2]) });
    expect(prompt['clip']?.inputs).toEqual({
      clip_name: 'qwen_2.5_vl_7b_fp8_scaled.safetensors',
      type: 'qwen_image',
    });
    expect(prompt['shifted']).toEqual({
      class_type: 'ModelSamplingAuraFlow',
      inputs: { model: ['model', 0], shift: 3 },
    });
    expect(prompt['normed']).toEqual({
      class_type: 'CFGNorm',
      inputs: { model: ['shifted', 0], strength: 1 },
    });
    expect(prompt['sampler']?.inputs).toEqual({
      model: ['normed', 0],
      positive: ['positive', 0],
      negative: ['negative', 0],
      latent_image: ['latent', 0],
      seed: 7,
      steps: 20,
      cfg: 2.5,
      sampler_name: 'euler',
      scheduler: 'simple',
      denoise: 1,
    });
  });

  test('Flux Fill: the mask goes with its picture, and what it keeps is kept to the pixel', async () => {
    await start();
    const mask = await tools.keep(await picture(96, 64, '#ffffff'));
    const task = await edit('flux-fill', { mask, count: 2 });
    await comfyui.submit(task, tools);
    const prompt = posted();
    const scale = { upscale_method: 'lanczos', width: 768, height: 512, crop: 'center' };
    expect(prompt['scaled']).toEqual({ class_type: 'ImageScale', inputs: { image: ['input', 0], ...scale } });
    expect(prompt['mask-input']).toEqual({ class_type: 'LoadImage', inputs: { image: name(mask) } });
    expect(prompt['mask-scaled']).toEqual({
      class_type: 'ImageScale',
      inputs: { image: ['mask-input', 0], ...scale },
    });
    expect(prompt['mask']).toEqual({
      class_type: 'ImageToMask',
      inputs: { image: ['mask-scaled', 0], channel: 'red' },
    });
    expect(prompt['guided']?.inputs).toEqual({ conditioning: ['text', 0], guidance: 30 });
    expect(prompt['inpaint']).toEqual({
      class_type: 'InpaintModelConditioning',
      inputs: {
        positive: ['guided', 0],
        negative: ['empty', 0],
        vae: ['vae', 0],
        pixels: ['scaled', 0],
        mask: ['mask', 0],
        noise_mask: true,
      },
    });
    expect(prompt['differential']).toEqual({
      class_type: 'DifferentialDiffusion',
      inputs: { model: ['model', 0] },
    });
    expect(prompt['sampler-2']?.inputs).toEqual({
      model: ['differential', 0],
      positive: ['inpaint', 0],
      negative: ['inpaint', 1],
      latent_image: ['inpaint', 2],
      seed: 8,
      steps: 20,
      cfg: 1,
      sampler_name: 'euler',
      scheduler: 'normal',
      denoise: 1,
    });
    expect(prompt['kept-2']).toEqual({
      class_type: 'ImageCompositeMasked',
      inputs: {
        destination: ['scaled', 0],
        source: ['decode-2', 0],
        x: 0,
        y: 0,
        resize_source: false,
        mask: ['mask', 0],
      },
    });
    expect(prompt['save-2']?.inputs['images']).toEqual(['kept-2', 0]);
  });

  const settings: [string, Record<string, unknown>, Record<string, Record<string, unknown>>][] = [
    [
      'z-image-turbo',
      { steps: 8, cfg: 1, sampler_name: 'res_multistep', scheduler: 'simple', model: ['shifted', 0] },
      {
        shifted: { model: ['model', 0], shift: 3 },
        clip: { clip_name: 'qwen_3_4b.safetensors', type: 'lumina2' },
        negative: { conditioning: ['positive', 0] },
        latent: { width: 768, height: 512, batch_size: 1 },
      },
    ],
    [
      'qwen-image',
      { steps: 20, cfg: 4, sampler_name: 'euler', scheduler: 'simple', model: ['shifted', 0] },
      {
        shifted: { model: ['model', 0], shift: 3.5 },
        vae: { vae_name: 'qwen_image_vae.safetensors' },
        negative: { text: 'blurry', clip: ['clip', 0] },
      },
    ],
    [
      'sd-1.5',
      { steps: 20, cfg: 8, sampler_name: 'euler', scheduler: 'normal', model: ['checkpoint', 0] },
      {
        checkpoint: { ckpt_name: 'v1-5-pruned-emaonly-fp16.safetensors' },
        negative: { text: 'blurry', clip: ['checkpoint', 1] },
      },
    ],
  ];
  test.each(settings)('%s: its own values', async (model, sampler, nodes) => {
    await start();
    await comfyui.submit({ kind: 'generate', ...made(model), negative: 'blurry' }, tools);
    const prompt = posted();
    expect(prompt['sampler']?.inputs).toEqual({
      positive: ['positive', 0],
      negative: ['negative', 0],
      latent_image: ['latent', 0],
      seed: 7,
      denoise: 1,
      ...sampler,
    });
    for (const [id, inputs] of Object.entries(nodes)) expect(prompt[id]?.inputs).toEqual(inputs);
  });

  test.each(['flux-dev', 'z-image-turbo', 'qwen-image', 'sdxl', 'sd-1.5'])(
    '%s: a mask limits an edit to its light parts',
    async (model) => {
      await start();
      const mask = await tools.keep(await picture(48, 32, '#ffffff'));
      await comfyui.submit(await edit(model, { mask }), tools);
      const prompt = posted();
      expect(prompt['masked']).toEqual({
        class_type: 'SetLatentNoiseMask',
        inputs: { samples: ['encoded', 0], mask: ['mask', 0] },
      });
      expect(prompt['sampler-1']?.inputs).toMatchObject({ latent_image: ['masked', 0], denoise: 0.8 });
      expect(prompt['save-1']?.inputs['images']).toEqual(['kept-1', 0]);
    },
  );

  test('a picture that comes twice is sent once', async () => {
    await start();
    const task = await edit('flux-kontext');
    await comfyui.submit({ ...task, images: [...task.images, ...task.images] }, tools);
    expect(pod.requests.filter(({ points }) => points.includes('upload'))).toHaveLength(1);
  });

  test('what is missing is told with size, licence and address, as words and as data', async () => {
    const bare = JSON.parse(readFileSync(ownAnswer, 'utf8')) as Record<
      string,
      { input: { required: object } }
    >;
    const { FluxKontextImageScale: _gone, ...rest } = bare;
    const none = {
      ...bare['UNETLoader']!,
      input: { required: { unet_name: [[]], weight_dtype: [['default']] } },
    };
    await start({ objectInfo: { ...rest, UNETLoader: none } });
    const task = await edit('flux-kontext', { loras: [{ name: 'mine', strength: 1 }] });
    const failure = await thrown(comfyui.submit(task, tools));
    expect(failure.code).toBe('comfyui-lacks');
    expect(failure.message).toContain(
      'the node FluxKontextImageScale, models/diffusion_models/flux1-dev-kontext_fp8_scaled.safetensors (11.9 GB), models/loras/mine',
    );
    expect(failure.detail).toContain('licence FLUX.1 [dev] Non-Commercial License');
    expect(failure.missing).toEqual([
      { kind: 'node-class', name: 'FluxKontextImageScale' },
      {
        kind: 'model-file',
        name: 'flux1-dev-kontext_fp8_scaled.safetensors',
        folder: 'diffusion_models',
        bytes: 11_904_640_136,
        licence: 'FLUX.1 [dev] Non-Commercial License',
        url: expect.stringMatching(/^https:.*fp8_scaled\.safetensors$/) as string,
      },
      { kind: 'model-file', name: 'mine', folder: 'loras' },
    ]);
    expect(pod.requests.every(({ points }) => points.includes('catalogue'))).toBe(true);
  });

  test('a sampler the server does not have is said before anything is sent', async () => {
    const all = JSON.parse(readFileSync(ownAnswer, 'utf8')) as Record<
      string,
      { input: { required: Record<string, unknown> } }
    >;
    all['KSampler']!.input.required['sampler_name'] = [['euler']];
    await start({ objectInfo: all });
    const failure = await thrown(comfyui.submit({ kind: 'generate', ...made('z-image-turbo') }, tools));
    expect(failure).toMatchObject({
      code: 'comfyui-changed',
      detail: 'KSampler.sampler_name does not know "res_multistep"',
    });
  });
});

describe('every recipe', () => {
  test.each(recipes.map((recipe) => [recipe.model.id, recipe] as const))(
    '%s names its files with folder, size and where to get them',
    (_id, recipe) => {
      const files = tasksOf(recipe.model)
        .map((task) => built(recipe, { ...task, ...('loras' in task ? { loras: [] } : {}) }))
        .flatMap((graph) => Object.values(graph).flatMap(({ inputs }) => Object.values(inputs)))
        .flatMap((input) => (typeof input === 'object' && 'file' in input ? [input.file] : []));
      expect(files.length).toBeGreaterThan(0);
      for (const { names, offered, folder, from, bytes, url } of files) {
        expect(folder).toMatch(/^[a-z_]+$/);
        expect(from).not.toBe('');
        expect(bytes).toBeGreaterThan(1e6);
        if (url !== undefined) expect(new URL(url).pathname.endsWith(`/${offered ?? names[0]}`)).toBe(true);
      }
    },
  );

  test('Flux Fill asks for a mask in the plan', () => {
    const { model } = recipes.find((recipe) => recipe.model.id === 'flux-fill')!;
    const task: ImageTask = { kind: 'edit', ...made('flux-fill'), images: [imageRef(96, 64, '0')] };
    expect(checkTask(task, model)).toMatchObject([{ effect: 'refused', field: 'mask' }]);
    const masked = (width: number, height: number) =>
      checkTask({ ...task, mask: imageRef(width, height, '1') }, model).filter(
        ({ field }) => field === 'mask',
      );
    expect(masked(96, 64)).toEqual([]);
    expect(masked(64, 64)).toMatchObject([{ effect: 'refused', field: 'mask' }]);
  });
});
