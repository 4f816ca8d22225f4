import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterEach, describe, expect, it } from 'vitest';
import { createFakeComfyui } from '../kit/fake-comfyui';
import { createFakeFal } from '../kit/fake-fal';
import type { FakeVendor } from '../kit/fake-vendor';
import { commandLine, failures, finished, sent, workflow } from './command-line';

const photographs = fileURLToPath(new URL('../../../shared/photos', import.meta.url));
const hasPhotographs = existsSync(join(photographs, 'chelsea.png'));
if (!hasPhotographs) console.log('The runs on photographs are skipped: ../shared/photos is not there.');

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

interface Place {
  name: string;
  routes: { edit: string; upscale: string };
  /** How many references its model takes. */
  references: 1 | 2;
  start?: () => Promise<FakeVendor>;
  environment?: (url: string) => Record<string, string>;
  /** Charges: one for each paid picture. */
  charges: number;
}

const places: Place[] = [
  {
    name: 'the sandbox',
    routes: { edit: 'sandbox/picture', upscale: 'local/lanczos' },
    references: 2,
    charges: 0,
  },
  {
    name: 'fal, enlarged on this machine',
    routes: { edit: 'fal/seedream-4.5', upscale: 'local/lanczos' },
    references: 2,
    start: () => createFakeFal(),
    environment: (url) => ({ SEEDLOOM_FAL_KEY: 'test-key', SEEDLOOM_FAL_URL: url }),
    charges: 2,
  },
  {
    name: 'a ComfyUI',
    routes: { edit: 'comfyui/sdxl', upscale: 'comfyui/esrgan' },
    references: 1,
    start: () => createFakeComfyui({ stepsPerJob: 1 }),
    environment: (url) => ({ SEEDLOOM_COMFYUI_URL: url }),
    charges: 3,
  },
];

describe.runIf(hasPhotographs)('a photograph, edited, put together, enlarged and saved', () => {
  it.each(places)('on $name', async ({ routes, references, start, environment, charges }) => {
    const line = commandLine();
    closing.push(line.remove);
    const vendor = await start?.();
    if (vendor !== undefined) closing.push(() => vendor.close());
    const variables = vendor === undefined ? {} : (environment?.(vendor.url) ?? {});
    copyFileSync(join(photographs, 'chelsea.png'), join(line.folder, 'chelsea.png'));
    const file = line.write(
      'photograph.seedloom',
      workflow(
        [
          ['photo', 'image', { file: { name: 'chelsea.png', path: 'chelsea.png' } }],
          ['change', 'edit', { prompt: 'in the snow' }],
          [
            'together',
            'multi-reference',
            { prompt: 'the cat of image 1 at the sea', size: { width: 1024, height: 1024 } },
          ],
          ['larger', 'upscale', { factor: 2 }],
          ['save', 'save', { name: 'cat', format: 'jpeg' }],
        ],
        [
          'photo.image > change.image',
          'change.image > together.references',
          ...(references === 2 ? ['photo.image > together.references'] : []),
          'together.image > larger.image',
          'larger.image > save.image',
        ],
        { routes },
      ),
    );
    // Seedream makes nothing as small as the others can.
    const side = routes.edit.startsWith('fal') ? 2048 : 1024;
    const given = ['run', file, '--json', '--set', `together.size=${side}x${side}`, '--out', 'made'];

    const first = await line.start(given, variables);
    expect(failures(first)).toEqual([]);
    expect(first.code).toBe(0);
    expect(finished(first).map(({ node }) => node)).toEqual(['change', 'together', 'larger', 'save']);
    expect(vendor?.charges.length ?? 0).toBe(charges);
    const saved = await sharp(join(line.folder, 'made', 'cat.jpg')).metadata();
    expect(saved).toMatchObject({ format: 'jpeg', width: side * 2, height: side * 2 });

    const second = await line.start(given, variables);
    expect(finished(second).map(({ reused }) => reused)).toEqual([true, true, true, true]);
    expect(sent(second)).toEqual([]);
    expect(vendor?.charges.length ?? 0).toBe(charges);
  });
});
