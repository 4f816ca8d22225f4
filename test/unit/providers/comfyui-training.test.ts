import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import type { TrainLoraTask } from '#core/task';
import comfyui from '#providers/comfyui.provider';
import { completeGraph, nodeClassSchema, type RecipeGraph } from '#providers/kit/comfyui-graph';
import { lossGraph, sampleGraph } from '#providers/kit/comfyui-samples';
import { recipes } from '#providers/kit/recipes/catalogue';
import {
  inputSpecs,
  nodeClassSchema as fakeClassSchema,
  validateGraph,
  type Graph,
  type ObjectInfo,
} from '#test/kit/fake-comfyui-graph';
import { drawPicture } from '#test/kit/draw-picture';
import { createFakeComfyui } from '#test/kit/fake-comfyui';
import { loraFile } from '#test/kit/fake-comfyui-training';
import { recordingTools, server } from './kit-recording-tools';

/** A real server's whole answer to `GET /object_info`, where there is one to hold the recipes against. */
const realAnswer =
  process.env['SEEDLOOM_OBJECT_INFO'] ??
  new URL('../../../../shared/contracts/comfyui-object-info.json', import.meta.url).pathname;
const ownAnswer = new URL('../../fixtures/comfyui-object-info.json', import.meta.url).pathname;

const task: TrainLoraTask = {
  kind: 'train-lora',
  model: { provider: 'comfyui', model: '' },
  images: [],
  captions: [],
  trigger: 'ohwx',
  steps: 12,
  rank: 4,
  learningRate: 0.0002,
  resolution: 512,
  samples: { count: 2, prompt: 'ohwx in snow' },
};
const trainers = recipes.filter(({ train }) => train !== undefined);
const graphOf = (model: string, sizes = 1): RecipeGraph => {
  const recipe = trainers.find((each) => each.model.id === model)!;
  const training = recipe.train!(task, { folder: 'set', sizes, seed: 7, prefix: 'loras/ohwx-1' });
  const sampling = sampleGraph(recipe, task, training, { seed: 7, prefix: 'seedloom/1-sample' });
  return { ...training, ...lossGraph, ...sampling };
};

/** The recipe's prompt on a server with these classes, its own files and the folder `set`. */
function fitted(classes: ObjectInfo, model: string, sizes = 1): Graph {
  const graph = graphOf(model, sizes);
  const full = structuredClone(classes);
  for (const { nodeClass, inputs } of Object.values(graph))
    for (const [name, input] of Object.entries(inputs)) {
      const spec = inputSpecs(full[nodeClass]!).find((one) => one.name === name);
      if (typeof input === 'object' && 'file' in input) spec?.choices?.push(input.file.names[0]);
    }
  inputSpecs(full['LoadImageTextDataSetFromFolder']!)
    .find(({ name }) => name === 'folder')
    ?.choices?.push('set');
  const parsed = z.record(z.string(), nodeClassSchema).parse(full);
  const completed = completeGraph(graph, new Map(Object.entries(parsed)));
  if (!completed.ok) throw new Error(JSON.stringify(completed.lacks));
  const prompt = completed.prompt as unknown as Graph;
  const verdict = validateGraph(structuredClone(prompt), undefined, { classes: full, files: () => true });
  expect(verdict).toMatchObject({ ok: true, outputs: ['save', 'loss', 'sample-save'], nodeErrors: {} });
  return prompt;
}

const answers: [string, string][] = [
  ["the fake's classes", ownAnswer],
  ["a real server's classes", realAnswer],
];
describe.each(answers)('against %s', (_name, path) => {
  const there = existsSync(path);
  if (!there) console.warn(`training: there is no ${path}; name one in SEEDLOOM_OBJECT_INFO`);
  const classes = there
    ? z.record(z.string(), fakeClassSchema).parse(JSON.parse(readFileSync(path, 'utf8')))
    : {};

  test.skipIf(!there).each(trainers.map(({ model }) => [model.id] as const))('%s is taken whole', (model) => {
    const prompt = fitted(classes, model);
    expect(prompt['training']?.inputs).toMatchObject({
      latents: ['set', 0],
      positive: ['set', 1],
      steps: 12,
      rank: 4,
      learning_rate: 0.0002,
      seed: 7,
      bucket_mode: false,
      existing_lora: '[None]',
    });
    expect(prompt['save']?.inputs).toEqual({
      lora: ['training', 1],
      prefix: 'loras/ohwx-1',
      steps: ['training', 3],
    });
  });

  test.skipIf(!there).each(trainers.map(({ model }) => [model.id] as const))(
    '%s shows its losses, and samples with the new LoRA from the loaders it has',
    (model) => {
      const prompt = fitted(classes, model);
      expect(prompt['loss']).toEqual({ class_type: 'PreviewAny', inputs: { source: ['training', 2] } });
      expect(prompt['sample-lora']?.inputs).toEqual({
        model: prompt['training']?.inputs['model'],
        lora: ['training', 1],
        strength_model: 1,
      });
      expect(prompt['sample-sampler']?.inputs['model']).toEqual(['sample-lora', 0]);
      expect(prompt['sample-latent']?.inputs).toMatchObject({ width: 512, height: 512, batch_size: 2 });
      expect(prompt['sample-save']?.inputs['filename_prefix']).toBe('seedloom/1-sample');
      const named = Object.values(prompt).map(({ class_type: nodeClass }) => nodeClass);
      for (const loader of named.filter((name) => /^(CheckpointLoader|UNETLoader|VAELoader)/.test(name!)))
        expect(named.filter((name) => name === loader)).toHaveLength(1);
      // What gives a result after the training alone comes before what needs a sampler.
      const ids = Object.keys(prompt);
      expect(ids.indexOf('save')).toBeLessThan(ids.indexOf('sample-save'));
    },
  );

  test.skipIf(!there)('pictures of several sizes go through buckets', () => {
    const prompt = fitted(classes, 'sdxl', 3);
    expect(prompt['training']?.inputs).toMatchObject({
      latents: ['bucketed', 0],
      positive: ['bucketed', 1],
      bucket_mode: true,
    });
  });

  test.skipIf(!there)('a newer server: the outputs have moved, and more is asked for', () => {
    const newer = structuredClone(classes);
    const train = newer['TrainLoraNode']!;
    train.output = ['LORA_MODEL', 'LOSS_MAP', 'INT'];
    train['output_name'] = ['lora', 'loss_map', 'steps'];
    train.input.required = {
      ...train.input.required,
      quantized_backward: ['BOOLEAN', { default: false }],
      checkpoint_depth: ['INT', { default: 1 }],
      offloading: ['BOOLEAN', { default: false }],
      bypass_mode: ['BOOLEAN', { default: false }],
    };
    const prompt = fitted(newer, 'sdxl');
    expect(prompt['save']?.inputs).toMatchObject({ lora: ['training', 0], steps: ['training', 2] });
    expect(prompt['loss']?.inputs).toEqual({ source: ['training', 1] });
    expect(prompt['training']?.inputs).toMatchObject({
      quantized_backward: false,
      checkpoint_depth: 1,
      offloading: false,
      bypass_mode: false,
    });
  });
});

test('every recipe that trains says what for, and no other does', () => {
  for (const { model, train } of recipes) {
    expect(model.tasks.includes('train-lora'), model.id).toBe(train !== undefined);
    expect(model.training !== undefined, model.id).toBe(train !== undefined);
  }
  expect(trainers.map(({ model }) => model.id)).toEqual(['flux-dev', 'sd-1.5', 'sdxl']);
});

test('a server that was restarted after a training still gives what was saved, and only to its own job', async () => {
  const pod = await createFakeComfyui();
  onTestFinished(() => pod.close());
  const tools = recordingTools(comfyui, server(pod.url, []), { settings: { baseUrl: pod.url } });
  const form = new FormData();
  form.append(
    'image',
    new Blob([new Uint8Array(loraFile('one'))]),
    'ohwx-attempt-1_12_steps_00001_.safetensors',
  );
  form.append('type', 'output');
  form.append('subfolder', 'loras');
  await fetch(`${pod.url}/upload/image`, { method: 'POST', body: form });

  const training = { base: 'sdxl', trigger: 'ohwx', steps: 12, rank: 4, pictures: 3 };
  const job = (id: string) => ({ provider: 'comfyui', model: 'sdxl', id, ticket: { samplers: 1, training } });
  expect(await comfyui.check!(job('attempt-1'), tools)).toMatchObject({
    state: 'done',
    result: {
      pictures: [
        { from: 'training', lora: { name: 'ohwx-attempt-1_12_steps_00001_.safetensors', trained: training } },
      ],
    },
  });
  expect(await comfyui.check!(job('attempt-2'), tools)).toMatchObject({
    state: 'lost',
    failure: { code: 'lost', message: expect.stringContaining('is lost') as string },
  });
});

test('a training whose ticket was never written down is known by its samples, and no other job is taken for one', async () => {
  const pod = await createFakeComfyui();
  onTestFinished(() => pod.close());
  const tools = recordingTools(comfyui, server(pod.url, []), { settings: { baseUrl: pod.url } });
  const upload = async (name: string, data: Buffer, to: Record<string, string>) => {
    const form = new FormData();
    form.append('image', new Blob([new Uint8Array(data)]), name);
    for (const [field, value] of Object.entries(to)) form.append(field, value);
    await fetch(`${pod.url}/upload/image`, { method: 'POST', body: form });
  };
  const picture = await drawPicture({ width: 16, height: 16, from: 'one' });
  await upload('one.png', picture, { type: 'input' });
  await upload('ohwx-a_12_steps_00001_.safetensors', loraFile('one'), { type: 'output', subfolder: 'loras' });
  for (const [id, prefix] of [
    ['a', 'seedloom/a-sample'],
    ['b', 'seedloom/b'],
  ])
    await fetch(`${pod.url}/prompt`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        prompt_id: id,
        prompt: {
          load: { class_type: 'LoadImage', inputs: { image: 'one.png' } },
          save: { class_type: 'SaveImage', inputs: { images: ['load', 0], filename_prefix: prefix } },
        },
      }),
    });
  await pod.settled();
  const check = (id: string) =>
    comfyui.check!({ provider: 'comfyui', model: 'sdxl', id, ticket: null }, tools);
  expect(await check('a')).toMatchObject({
    state: 'done',
    result: {
      pictures: [{ from: 'training', lora: { name: 'ohwx-a_12_steps_00001_.safetensors' } }, { from: 'url' }],
    },
  });
  expect(await check('b')).toMatchObject({ state: 'done', result: { pictures: [{ from: 'url' }] } });
});
