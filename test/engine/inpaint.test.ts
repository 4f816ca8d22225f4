import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, describe, expect, it } from 'vitest';
import { createDocument } from '#core/document/create';
import { addNode, connect, newNode, setParam, setRoute } from '#core/document/edit';
import type { WorkflowDocument } from '#core/document/schema';
import type { JsonValue } from '#core/json';
import type { ImageRef, Outputs } from '#core/values';
import { nodes } from '#nodes/catalogue';
import comfyui from '#providers/comfyui.provider';
import sandbox from '#providers/sandbox.provider';
import { noise } from '#test/fixtures/pictures/make-pictures';
import { engineBench, type EngineBench } from '#test/kit/engine-bench';
import { temporaryFolder } from '#test/kit/temporary-folder';
import { ofType } from '#test/kit/engine-fixture';
import { createFakeComfyui, type FakeComfyui } from '#test/kit/fake-comfyui';

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function bench(): Promise<EngineBench & { folder: string; pod: FakeComfyui }> {
  const folder = temporaryFolder();
  open.push(() => folder.remove());
  const pod = await createFakeComfyui({ stepsPerJob: 1 });
  open.push(() => pod.close());
  const made = await engineBench(folder.path, [comfyui, sandbox], {
    nodes,
    setting: (provider, name) => (provider === 'comfyui' && name === 'baseUrl' ? pod.url : undefined),
  });
  open.push(() => made.engine.close());
  return { ...made, folder: folder.path, pod };
}

const size = { width: 320, height: 256 };
/** Part of the picture that is clear, or else of one colour. */
const hole = { left: 96, top: 64, width: 128, height: 80 };

async function writePicture(folder: string, clear: boolean): Promise<Buffer> {
  const opaque = await noise(size.width, size.height).png().toBuffer();
  const patch = await sharp({
    create: { ...hole, channels: 4, background: clear ? '#000000' : { r: 0, g: 255, b: 0, alpha: 1 } },
  })
    .png()
    .toBuffer();
  const layer = { input: patch, left: hole.left, top: hole.top };
  const bytes = await sharp(await sharp(opaque).ensureAlpha().png().toBuffer())
    .composite([clear ? { ...layer, blend: 'dest-out' } : layer])
    .png()
    .toBuffer();
  mkdirSync(join(folder, 'in'), { recursive: true });
  writeFileSync(join(folder, 'in', 'picture.png'), bytes);
  return bytes;
}

type Line = [id: string, type: string, params?: Record<string, JsonValue>];
const picture: Line = ['picture', 'image', { file: { name: 'picture.png', path: 'in/picture.png' } }];

function workflow(
  lines: readonly Line[],
  edges: readonly string[],
  route: string,
  routed: string,
): WorkflowDocument {
  let document = createDocument('inpaint');
  for (const [id, type, params = {}] of lines) {
    document = addNode(document, id, newNode(nodes.get(type)!), [0, 0]);
    for (const [name, value] of Object.entries(params)) document = setParam(document, id, name, value);
  }
  for (const edge of edges) {
    const [from = '', to = ''] = edge.split(' > ');
    document = connect(document, { from, to }, { replace: false });
  }
  return setRoute(document, routed, route);
}

const inpainting = (route: string, mask: Record<string, JsonValue> = {}) =>
  workflow(
    [picture, ['mask', 'mask', mask], ['paint', 'inpaint', { prompt: 'moss', seed: 3, count: 1 }]],
    ['picture.image > mask.image', 'picture.image > paint.image', 'mask.mask > paint.mask'],
    route,
    'paint',
  );

async function outputOf(made: EngineBench, document: WorkflowDocument, node: string, port = 'image') {
  const { events, outcome } = await made.run(document);
  expect(ofType(events, 'step-failed')).toEqual([]);
  expect(outcome).toBe('done');
  const finished = ofType(events, 'step-finished').find(({ step }) => step === `${node}#0`)!;
  const image = (finished.outputs as Outputs)[port]![0] as ImageRef;
  return { image, bytes: await sharp(made.engine.pictureFile(image.hash)).png().toBuffer() };
}

async function pixels(bytes: Buffer): Promise<Buffer> {
  return sharp(bytes).toColourspace('srgb').removeAlpha().raw().toBuffer();
}

/** How many pixels inside and outside the hole are others than before. */
async function changed(before: Buffer, after: Buffer): Promise<{ inside: number; outside: number }> {
  const [one, other] = [await pixels(before), await pixels(after)];
  expect(other).toHaveLength(one.length);
  const counts = { inside: 0, outside: 0 };
  for (let at = 0; at < one.length / 3; at += 1) {
    const [x, y] = [at % size.width, Math.floor(at / size.width)];
    const isInside =
      x >= hole.left && x < hole.left + hole.width && y >= hole.top && y < hole.top + hole.height;
    if ([0, 1, 2].some((channel) => one[at * 3 + channel] !== other[at * 3 + channel]))
      counts[isInside ? 'inside' : 'outside'] += 1;
  }
  return counts;
}

const area = hole.width * hole.height;

describe('a part of a picture painted anew', () => {
  it.each(['sandbox/picture', 'comfyui/flux-fill', 'comfyui/sd-1.5'])(
    'on %s only what was clear changes',
    async (route) => {
      const made = await bench();
      const before = await writePicture(made.folder, true);
      const { image, bytes } = await outputOf(made, inpainting(route), 'paint');
      expect(image).toMatchObject(size);
      const { inside, outside } = await changed(before, bytes);
      expect(outside).toBe(0);
      expect(inside).toBeGreaterThan(area * 0.9);
    },
  );

  it.each(['sandbox/picture', 'comfyui/flux-fill'])(
    'on %s a mask turned round keeps the part instead',
    async (route) => {
      const made = await bench();
      const before = await writePicture(made.folder, false);
      const green = { from: 'color', color: '#00ff00', tolerance: 0.1, invert: true };
      const { bytes } = await outputOf(made, inpainting(route, green), 'paint');
      const { inside, outside } = await changed(before, bytes);
      expect(inside).toBe(0);
      expect(outside).toBeGreaterThan((size.width * size.height - area) * 0.9);
    },
  );

  it('goes to ComfyUI as a picture that is white where it is to be painted, not by its alpha', async () => {
    const made = await bench();
    await writePicture(made.folder, true);
    const document = inpainting('comfyui/flux-fill');
    const { image } = await outputOf(made, document, 'mask', 'mask');
    const { prompt } = made.pod.requests.find(({ points }) => points.includes('submit'))!.body as {
      prompt: Record<string, { class_type: string; inputs: Record<string, unknown> }>;
    };
    const file = String(prompt['mask-input']!.inputs['image']);
    expect(file).toBe(`seedloom/${image.hash}.png`);
    const [subfolder, filename] = file.split('/');
    const answer = await fetch(`${made.pod.url}/view?filename=${filename}&subfolder=${subfolder}&type=input`);
    const mask = await pixels(Buffer.from(await answer.arrayBuffer()));
    const at = (x: number, y: number) => [...mask.subarray((y * size.width + x) * 3).subarray(0, 3)];
    expect(at(hole.left + 5, hole.top + 5)).toEqual([255, 255, 255]);
    expect(at(5, 5)).toEqual([0, 0, 0]);
    // Output 1 of LoadImage is the alpha turned round: nothing of an opaque mask would be left there.
    expect(prompt['mask']).toMatchObject({ class_type: 'ImageToMask', inputs: { channel: 'red' } });
    const taken = Object.values(prompt).flatMap(({ inputs }) => Object.values(inputs));
    expect(taken).not.toContainEqual(['mask-input', 1]);
  });

  it('is the same again, and nothing is sent for it', async () => {
    const made = await bench();
    await writePicture(made.folder, true);
    const document = inpainting('comfyui/flux-fill');
    const { image } = await outputOf(made, document, 'paint');
    expect((await outputOf(made, document, 'paint')).image).toEqual(image);
    expect(made.pod.requests.filter(({ points }) => points.includes('submit'))).toHaveLength(1);
    const free = inpainting('sandbox/picture');
    const first = await outputOf(made, free, 'paint');
    const other = await bench();
    await writePicture(other.folder, true);
    expect((await outputOf(other, free, 'paint')).image).toEqual(first.image);
  });

  it('is not sent with a mask of another shape: that is said, and the pod hears nothing', async () => {
    const made = await bench();
    await writePicture(made.folder, true);
    const document = workflow(
      [
        picture,
        ['square', 'resize', { width: 256, height: 256, fit: 'fill' }],
        ['mask', 'mask'],
        ['paint', 'inpaint', { prompt: 'moss' }],
      ],
      [
        'picture.image > square.image',
        'square.image > mask.image',
        'picture.image > paint.image',
        'mask.mask > paint.mask',
      ],
      'comfyui/flux-fill',
      'paint',
    );
    const { events, outcome, spent } = await made.run(document);
    expect(outcome).not.toBe('done');
    expect(spent).toBe(0);
    expect(ofType(events, 'step-failed')).toMatchObject([
      {
        step: 'paint#0',
        failure: {
          code: 'refused-mask',
          charge: 'none',
          message: expect.stringContaining('256 × 256 pixels and the picture 320 × 256') as string,
        },
      },
    ]);
    expect(made.pod.requests.filter(({ points }) => points.includes('submit'))).toEqual([]);
    expect(made.pod.requests.filter(({ points }) => points.includes('upload'))).toEqual([]);
  });
});

describe('a picture enlarged by ESRGAN on the pod', () => {
  it.each([2, 4])('has exactly %i times the size, whatever the model makes', async (factor) => {
    const made = await bench();
    await writePicture(made.folder, false);
    const document = workflow(
      [picture, ['large', 'upscale', { factor }]],
      ['picture.image > large.image'],
      'comfyui/esrgan',
      'large',
    );
    const plan = await made.engine.plan(made.request(document));
    expect(plan.nodes.find(({ id }) => id === 'large')!.notes.map(({ effect }) => effect)).toEqual(
      factor === 4 ? [] : ['adapted'],
    );
    const { image } = await outputOf(made, document, 'large');
    expect(image).toMatchObject({ width: size.width * factor, height: size.height * factor });
  });
});
