import sharp from 'sharp';
import { afterEach, expect } from 'vitest';
import { createFakeComfyui, type FakeComfyui, type FakeComfyuiOptions } from '../../kit/fake-comfyui';

/** One fake ComfyUI for each test of a file, and the plainest possible client of it. */

export type Node = { class_type: string; inputs: Record<string, unknown> };
export type Graph = Record<string, Node>;
export interface Entry {
  outputs: Record<string, { images: { filename: string; subfolder: string; type: string }[] }>;
  status: { status_str: string; completed: boolean; messages: [string, Record<string, unknown>][] };
}

export let comfyui: FakeComfyui;
// Not every test of a file starts one.
afterEach(() => (comfyui as FakeComfyui | undefined)?.close());

export async function start(options?: FakeComfyuiOptions) {
  comfyui = await createFakeComfyui(options);
}

/** Stable Diffusion XL, text to image, four steps. */
export function sdxl(
  changes: { seed?: number; steps?: number; batch?: number; checkpoint?: string } = {},
): Graph {
  return {
    '4': {
      class_type: 'CheckpointLoaderSimple',
      inputs: { ckpt_name: changes.checkpoint ?? 'sd_xl_base_1.0.safetensors' },
    },
    '5': {
      class_type: 'EmptyLatentImage',
      inputs: { width: 320, height: 192, batch_size: changes.batch ?? 1 },
    },
    '6': { class_type: 'CLIPTextEncode', inputs: { text: 'a bicycle', clip: ['4', 1] } },
    '7': { class_type: 'CLIPTextEncode', inputs: { text: '', clip: ['4', 1] } },
    '3': {
      class_type: 'KSampler',
      inputs: {
        model: ['4', 0],
        seed: changes.seed ?? 1,
        steps: changes.steps ?? 4,
        cfg: 7,
        sampler_name: 'euler',
        scheduler: 'normal',
        positive: ['6', 0],
        negative: ['7', 0],
        latent_image: ['5', 0],
        denoise: 1,
      },
    },
    '8': { class_type: 'VAEDecode', inputs: { samples: ['3', 0], vae: ['4', 2] } },
    '9': { class_type: 'SaveImage', inputs: { images: ['8', 0], filename_prefix: 'shop/bicycle' } },
  };
}

export function postJson(path: string, body: unknown) {
  return fetch(comfyui.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

export async function getJson<T = unknown>(path: string): Promise<T> {
  return (await (await fetch(comfyui.url + path)).json()) as T;
}

export async function submit(prompt: Graph, id: string, more: object = {}) {
  const answer = await postJson('/prompt', { prompt, prompt_id: id, ...more });
  expect(answer.status).toBe(200);
  return (await answer.json()) as { prompt_id: string; number: number; node_errors: object };
}

export async function finish(prompt: Graph, id: string, more: object = {}): Promise<Entry> {
  await submit(prompt, id, more);
  await comfyui.settled();
  const entry = (await getJson<Record<string, Entry>>(`/history/${id}`))[id];
  if (!entry) throw new Error(`No history of ${id}`);
  return entry;
}

export async function refused(body: unknown) {
  const answer = await postJson('/prompt', body);
  expect(answer.status).toBe(400);
  expect(comfyui.charges).toHaveLength(0);
  return (await answer.json()) as {
    error: { type: string; message: string; details: string };
    node_errors: Record<string, { errors: object[]; dependent_outputs: string[]; class_type: string }>;
  };
}

export async function view(file: { filename: string; subfolder: string; type: string }): Promise<Buffer> {
  const answer = await fetch(`${comfyui.url}/view?${new URLSearchParams(file)}`);
  expect(answer.status).toBe(200);
  return Buffer.from(await answer.arrayBuffer());
}

export async function sizeOf(bytes: Buffer) {
  const { format, width, height } = await sharp(bytes).metadata();
  return [format, width, height];
}

export function upload(name: string, bytes: Buffer, fields: Record<string, string> = {}) {
  const form = new FormData();
  form.append('image', new Blob([new Uint8Array(bytes)], { type: 'image/png' }), name);
  for (const [field, value] of Object.entries(fields)) form.append(field, value);
  return fetch(`${comfyui.url}/upload/image`, { method: 'POST', body: form });
}

export function plainPng(width: number, height: number): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: '#806040' } })
    .png()
    .toBuffer();
}
