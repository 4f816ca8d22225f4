import { existsSync } from 'node:fs';
import { copyFile, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createDocument } from '#core/document/create';
import { addNode, connect, newNode, setDefaultRoute, setParam } from '#core/document/edit';
import type { WorkflowDocument } from '#core/document/schema';
import { serializeDocument } from '#core/document/serialize';
import type { JsonValue } from '#core/json';
import { nodes } from '#nodes/catalogue';
import { createFakeComfyui } from '#test/kit/fake-comfyui';
import { createFakeFal } from '#test/kit/fake-fal';
import type { FakeVendor } from '#test/kit/fake-vendor';
import { hasElectron, launchApp, makeHome } from './kit/app';
import { editorOf } from './kit/editor';

const photographs = fileURLToPath(new URL('../../../shared/photos', import.meta.url));
const hasPhotographs = existsSync(join(photographs, 'chelsea.png'));
if (!hasPhotographs) console.warn('skipped: ../shared/photos is not there; nothing to run on a photograph');

interface Place {
  name: string;
  routes: { edit: string; upscale: string };
  /** How many references its model takes. */
  references: 1 | 2;
  /** Pixels of a side before it is enlarged. */
  side: number;
  start?: () => Promise<FakeVendor>;
  environment?: (url: string) => Record<string, string>;
  /** Pictures the vendor is to bill. */
  charged: number;
  spent: string;
}

const places: Place[] = [
  {
    name: 'the sandbox',
    routes: { edit: 'sandbox/picture', upscale: 'local/lanczos' },
    references: 2,
    side: 1024,
    charged: 0,
    spent: '$0.00',
  },
  {
    name: 'fal, enlarged on this computer',
    routes: { edit: 'fal/seedream-4.5', upscale: 'local/lanczos' },
    references: 2,
    // Seedream makes nothing as small as the others can.
    side: 2048,
    start: () => createFakeFal({ key: 'key-of-the-photograph' }),
    environment: (url) => ({ SEEDLOOM_FAL_KEY: 'key-of-the-photograph', SEEDLOOM_FAL_URL: url }),
    charged: 2,
    spent: '$0.08',
  },
  {
    name: 'a ComfyUI',
    routes: { edit: 'comfyui/sdxl', upscale: 'comfyui/esrgan' },
    references: 1,
    side: 1024,
    start: () => createFakeComfyui({ stepsPerJob: 1 }),
    environment: (url) => ({ SEEDLOOM_COMFYUI_URL: url }),
    charged: 3,
    spent: '$0.00',
  },
];

function workflow({ routes, references, side }: Place): WorkflowDocument {
  let document = createDocument('photograph', 'Photograph');
  const add = (id: string, type: string, params: Record<string, JsonValue>) => {
    const place = Object.keys(document.nodes).length;
    document = addNode(document, id, newNode(nodes.get(type)!), [place * 330, 0]);
    for (const [name, value] of Object.entries(params)) document = setParam(document, id, name, value);
  };
  add('photo', 'image', {});
  add('change', 'edit', { prompt: 'in the snow' });
  add('together', 'multi-reference', {
    prompt: 'the cat of image 1 at the sea',
    size: { width: side, height: side },
  });
  add('larger', 'upscale', { factor: 2 });
  add('save', 'save', { name: 'cat', format: 'jpeg' });
  const wires = [
    ['photo.image', 'change.image'],
    ['change.image', 'together.references'],
    ...(references === 2 ? [['photo.image', 'together.references']] : []),
    ['together.image', 'larger.image'],
    ['larger.image', 'save.image'],
  ];
  for (const [from = '', to = ''] of wires) document = connect(document, { from, to }, { replace: false });
  document = setDefaultRoute(document, 'edit', routes.edit);
  return setDefaultRoute(document, 'upscale', routes.upscale);
}

const steps = ['change', 'together', 'larger', 'save'];

describe.skipIf(!hasElectron || !hasPhotographs)('a photograph, from the window', () => {
  it.each(places)('is edited, put together, enlarged and saved on $name', async (place) => {
    const home = await makeHome();
    onTestFinished(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));
    const vendor = await place.start?.();
    if (vendor !== undefined) onTestFinished(() => vendor.close());
    const environment = vendor === undefined ? {} : (place.environment?.(vendor.url) ?? {});
    const photo = join(home, 'chelsea.png');
    await copyFile(join(photographs, 'chelsea.png'), photo);
    const file = join(home, 'photograph.seedloom');
    await writeFile(file, serializeDocument(workflow(place)));
    const settings = { outFolder: join(home, 'out') };
    const test = await launchApp({ home, settings, environment, arguments: [file] });
    const editor = editorOf(test);
    await editor.ready();
    expect(await editor.run.textContent()).toMatch(/problem/);

    // The photograph is chosen as a person does it: on its card, from the disk.
    await test.answerDialogs({ open: [[photo]] });
    await editor
      .card('photo')
      .getByRole('button', { name: /choose a picture/ })
      .click();
    expect(await editor.picture('photo')).toMatchObject({ width: 256 });
    await expect.poll(() => editor.run.textContent()).toMatch(/^Run 4/);
    const slug = place.routes.edit.split('/')[0];
    await test.screenshot(`photo-${slug}-1-before`);

    await editor.runToEnd();
    expect(await editor.states()).toMatchObject(Object.fromEntries(steps.map((id) => [id, 'made'])));
    for (const id of steps) expect((await editor.picture(id)).width).toBeGreaterThan(0);
    expect(vendor?.charges.length ?? 0).toBe(place.charged);
    expect(await editor.status.textContent()).toContain(`Spent since start ${place.spent}`);
    const [name = ''] = await readdir(settings.outFolder);
    expect(await sharp(join(settings.outFolder, name)).metadata()).toMatchObject({
      format: 'jpeg',
      width: place.side * 2,
      height: place.side * 2,
    });
    await test.screenshot(`photo-${slug}-2-made`);

    await expect.poll(() => editor.run.textContent()).toMatch(/all reused, free/);
    await editor.runToEnd();
    expect(await editor.states()).toMatchObject(Object.fromEntries(steps.map((id) => [id, 'reused, free'])));
    expect(vendor?.charges.length ?? 0).toBe(place.charged);
    expect(await readdir(settings.outFolder)).toHaveLength(1);
    // The photograph lies beside the workflow: the file says so without a path of this machine.
    await test.page.keyboard.press('Control+s');
    await editor.edited.waitFor({ state: 'detached' });
    const saved = await readFile(file, 'utf8');
    expect(JSON.parse(saved)).toMatchObject({
      nodes: { photo: { params: { file: { path: 'chelsea.png' } } } },
    });
    expect(saved).not.toContain(home);
    await test.answerDialogs({});
    await test.close();
  });
});
