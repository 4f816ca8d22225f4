import { describe, expect, it } from 'vitest';
import {
  comfyui,
  start,
  sdxl,
  getJson,
  submit,
  refused,
  view,
  sizeOf,
  upload,
  plainPng,
  type Node,
  type Entry,
} from './comfyui-under-test';

describe('what the server says about itself', () => {
  it('stats, features, classes and models, with and without /api', async () => {
    await start();
    expect(await getJson('/system_stats')).toMatchObject({ system: { comfyui_version: '0.8.0' } });
    expect(await getJson('/api/features')).toMatchObject({ supports_preview_metadata: true });
    const classes =
      await getJson<Record<string, { input: { required: Record<string, unknown[]> } }>>('/object_info');
    expect(Object.keys(classes)).toHaveLength(41);
    // Both shapes of a combo.
    expect(classes['LoraLoader']?.input.required['lora_name']?.[0]).toEqual([
      'portrait_style.safetensors',
      'film/grain.safetensors',
    ]);
    expect(classes['UpscaleModelLoader']?.input.required['model_name']).toMatchObject([
      'COMBO',
      { options: ['4x-ESRGAN.pth', 'RealESRGAN_x2.pth'] },
    ]);
    expect(Object.keys(await getJson<object>('/object_info/KSampler'))).toEqual(['KSampler']);
    expect(await getJson('/object_info/NoSuchNode')).toEqual({});
    const text = await (await fetch(`${comfyui.url}/object_info`)).text();
    expect(text).toContain('"max":18446744073709551615');
    expect(await getJson('/models/checkpoints')).toEqual([
      'sd_xl_base_1.0.safetensors',
      'flux/flux1-dev-fp8.safetensors',
      'v1-5-pruned-emaonly-fp16.safetensors',
    ]);
    expect(await getJson('/models/unet')).toEqual(await getJson('/models/diffusion_models'));
    expect(await getJson('/models/unet')).toContain('flux1-dev.safetensors');
    expect((await fetch(`${comfyui.url}/models/nowhere`)).status).toBe(404);
  });

  it('shows other classes when it is given them, and wants a key when it is given one', async () => {
    const objectInfo = { Only: { input: { required: null }, output: [], output_node: true } };
    await start({ objectInfo, key: 'gateway' });
    expect((await fetch(`${comfyui.url}/object_info`)).status).toBe(401);
    const headers = { authorization: 'Bearer gateway' };
    const answer = await fetch(`${comfyui.url}/object_info`, { headers });
    expect(await answer.json()).toEqual(objectInfo);
  });

  it('turns a page of another origin away', async () => {
    await start();
    const from = (origin: string) => fetch(`${comfyui.url}/queue`, { headers: { origin } });
    expect((await from('http://localhost:5173')).status).toBe(403);
    expect((await from(comfyui.url)).status).toBe(200);
  });
});

describe('validation', () => {
  it('an unknown class: the first only', async () => {
    await start();
    const prompt = { '1': { class_type: 'NoSuchNode', inputs: {} }, '2': { class_type: 'Nor', inputs: {} } };
    expect(await refused({ prompt })).toEqual({
      error: {
        type: 'invalid_prompt',
        message: 'Cannot execute because node NoSuchNode does not exist.',
        details: "Node ID '#1'",
        extra_info: {},
      },
      node_errors: {},
    });
  });

  it('no prompt, no outputs, no JSON', async () => {
    await start();
    expect((await refused({})).error.type).toBe('no_prompt');
    const { '9': _, ...headless } = sdxl();
    expect(await refused({ prompt: headless })).toMatchObject({
      error: { type: 'prompt_no_outputs', message: 'Prompt has no outputs' },
      node_errors: {},
    });
    const garbled = await fetch(`${comfyui.url}/prompt`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"prompt":',
    });
    expect(garbled.status).toBe(500);
    expect(garbled.headers.get('content-type')).toMatch(/^text\/plain/);
  });

  it('a mismatch of linked nodes, in the words of the transcript', async () => {
    await start();
    const graph = sdxl();
    graph['9'] = { class_type: 'PreviewImage', inputs: { images: ['3', 0] } };
    const details = 'images, received_type(LATENT) mismatch input_type(IMAGE)';
    expect(await refused({ prompt: graph })).toEqual({
      error: {
        type: 'prompt_outputs_failed_validation',
        message: 'Prompt outputs failed validation',
        details: `Return type mismatch between linked nodes: ${details}`,
        extra_info: {},
      },
      node_errors: {
        '9': {
          errors: [
            {
              type: 'return_type_mismatch',
              message: 'Return type mismatch between linked nodes',
              details,
              extra_info: {
                input_name: 'images',
                input_config: ['IMAGE', {}],
                received_type: 'LATENT',
                linked_node: ['3', 0],
              },
            },
          ],
          dependent_outputs: ['9'],
          class_type: 'PreviewImage',
        },
      },
    });
  });

  it('a value that is not in the list, in both shapes of a combo', async () => {
    await start();
    const first = await refused({ prompt: sdxl({ checkpoint: 'flux1-dev-fp8.safetensors' }) });
    expect(first.node_errors['4']).toMatchObject({
      errors: [
        {
          type: 'value_not_in_list',
          message: 'Value not in list',
          details:
            "ckpt_name: 'flux1-dev-fp8.safetensors' not in ['sd_xl_base_1.0.safetensors', 'flux/flux1-dev-fp8.safetensors', 'v1-5-pruned-emaonly-fp16.safetensors']",
          extra_info: { input_name: 'ckpt_name', received_value: 'flux1-dev-fp8.safetensors' },
        },
      ],
      dependent_outputs: ['9'],
    });
    const graph = sdxl();
    graph['10'] = { class_type: 'UpscaleModelLoader', inputs: { model_name: '8x.pth' } };
    graph['11'] = {
      class_type: 'ImageUpscaleWithModel',
      inputs: { upscale_model: ['10', 0], image: ['8', 0] },
    };
    graph['9'] = { class_type: 'PreviewImage', inputs: { images: ['11', 0] } };
    const second = await refused({ prompt: graph });
    expect(second.node_errors['10']?.errors).toMatchObject([{ type: 'value_not_in_list' }]);
    // A long list is not printed.
    const third = sdxl();
    (third['3'] as Node).inputs['sampler_name'] = 'nobody';
    const { node_errors } = await refused({ prompt: third });
    expect(node_errors['3']?.errors).toMatchObject([
      { details: "sampler_name: 'nobody' not in (list of length 44)", extra_info: { input_config: null } },
    ]);
  });

  it('what is missing, out of bounds, of a wrong type, badly linked, or no file', async () => {
    await start();
    const problem = async (id: string, name: string, value: unknown) => {
      const prompt = sdxl();
      prompt['20'] = { class_type: 'LoadImage', inputs: { image: 'nope.png' } };
      prompt['21'] = { class_type: 'PreviewImage', inputs: { images: ['20', 0] } };
      if (id !== '20') delete prompt['21'];
      else delete prompt['9'];
      (prompt[id] as Node).inputs[name] = value;
      return (await refused({ prompt })).node_errors[id]?.errors;
    };
    expect(await problem('3', 'cfg', undefined)).toEqual([
      {
        type: 'required_input_missing',
        message: 'Required input is missing',
        details: 'cfg',
        extra_info: { input_name: 'cfg' },
      },
    ]);
    expect(await problem('5', 'width', 8)).toMatchObject([{ type: 'value_smaller_than_min' }]);
    expect(await problem('5', 'width', 20_000)).toMatchObject([{ type: 'value_bigger_than_max' }]);
    expect(await problem('5', 'width', 'wide')).toMatchObject([{ type: 'invalid_input_type' }]);
    expect(await problem('8', 'samples', ['3'])).toMatchObject([{ type: 'bad_linked_input' }]);
    expect(await problem('8', 'samples', ['77', 0])).toMatchObject([
      { type: 'exception_during_inner_validation' },
    ]);
    expect(await problem('20', 'image', 'nope.png')).toMatchObject([
      { type: 'custom_validation_failed', details: 'image - Invalid image file: nope.png' },
    ]);
  });

  it('runs the good outputs and names the others inside the 200', async () => {
    await start();
    const graph = sdxl();
    graph['12'] = { class_type: 'PreviewImage', inputs: { images: ['3', 0] } };
    const answer = await submit(graph, 'half');
    expect(answer).toMatchObject({ prompt_id: 'half', number: 0 });
    expect(Object.keys(answer.node_errors)).toEqual(['12']);
    await comfyui.settled();
    const history = await getJson<Record<string, Entry>>('/history/half');
    expect(Object.keys(history['half']?.outputs ?? {})).toEqual(['9']);
    expect(comfyui.charges).toHaveLength(1);
  });

  it('reads only the targets, text numbers, and wrapped lists', async () => {
    await start();
    const graph = sdxl();
    graph['12'] = { class_type: 'PreviewImage', inputs: { images: ['3', 0] } };
    (graph['5'] as Node).inputs['width'] = '256';
    (graph['6'] as Node).inputs['text'] = { __value__: ['a', 0] };
    const answer = await submit(graph, 'targets', { partial_execution_targets: ['9'] });
    expect(answer.node_errors).toEqual({});
    await comfyui.settled();
    const history = await getJson<Record<string, Entry>>('/history/targets');
    const [image] = history['targets']?.outputs['9']?.images ?? [];
    expect(image && (await sizeOf(await view(image)))).toEqual(['png', 256, 192]);
  });
});

describe('files', () => {
  it('dedupes uploads by content and numbers different ones', async () => {
    await start();
    const [one, two] = [await plainPng(8, 8), await plainPng(9, 9)];
    const nameOf = async (bytes: Buffer, fields?: Record<string, string>) =>
      ((await (await upload('a.png', bytes, fields)).json()) as { name: string }).name;
    expect(await nameOf(one)).toBe('a.png');
    expect(await nameOf(one)).toBe('a.png');
    expect(await nameOf(two)).toBe('a (1).png');
    expect(await nameOf(two)).toBe('a (1).png');
    expect(await nameOf(two, { overwrite: 'true' })).toBe('a.png');
    expect(await view({ filename: 'a.png', subfolder: '', type: 'input' })).toEqual(two);
    const classes = await getJson<{ LoadImage: { input: { required: { image: unknown[] } } } }>(
      '/object_info/LoadImage',
    );
    expect(classes.LoadImage.input.required.image[0]).toEqual(['a (1).png', 'a.png']);
    expect(comfyui.requests[0]?.body).toMatchObject({
      fields: {},
      files: [{ field: 'image', name: 'a.png', contentType: 'image/png', bytes: one }],
    });
    expect((await upload('a.png', one, { subfolder: '../..' })).status).toBe(400);
    expect((await upload('a.png', one, { type: 'models' })).status).toBe(400);
  });

  it('guards the view', async () => {
    await start();
    const png = await plainPng(8, 8);
    await upload('a.png', png);
    const ask = (query: string) => fetch(`${comfyui.url}/view?${query}`);
    expect((await ask('filename=a.png')).status).toBe(404);
    expect((await ask('filename=a.png&type=input')).headers.get('content-type')).toBe('image/png');
    expect((await ask('filename=a.png%20[input]')).status).toBe(200);
    expect((await ask('filename=../a.png&type=input')).status).toBe(400);
    expect((await ask('filename=/a.png&type=input')).status).toBe(400);
    expect((await ask('filename=a.png&type=input&subfolder=..')).status).toBe(403);
    const small = await ask('filename=a.png&type=input&preview=webp;80');
    expect(small.headers.get('content-type')).toBe('image/webp');
    expect((await sizeOf(Buffer.from(await small.arrayBuffer())))[0]).toBe('webp');
    comfyui.fail({ on: 'download', kind: 'expired' });
    expect((await ask('filename=a.png&type=input')).status).toBe(404);
  });
});
