import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ImageTask } from '#core/task';
import local from '#providers/local.provider';
import { noise } from '#test/fixtures/pictures/make-pictures';
import { offlineTools, storedPictures } from '#test/fixtures/pictures/provider-tools';

let offline: ReturnType<typeof offlineTools>;
beforeAll(() => {
  offline = offlineTools();
});
afterAll(() => offline.close());

const model = { provider: 'local', model: 'lanczos' };

it.each([1, 1.5, 3, 8])(
  'enlarges %s times with the very pixels of Lanczos, and without a mark',
  async (factor) => {
    const source = await noise(64, 40).png().toBuffer();
    const task: ImageTask = { kind: 'upscale', model, image: await offline.pictures.store(source), factor };
    const submitted = await local.submit(task, offline.tools());
    if (submitted.state !== 'done') throw new Error('it is not done');
    expect(submitted.result.price).toBe(0);
    const [image] = storedPictures(submitted.result);
    expect(image).toMatchObject({ format: 'png', width: 64 * factor, height: 40 * factor });
    const made = sharp(await offline.pictures.read(image!));
    const expected = sharp(source).resize(64 * factor, 40 * factor, { kernel: 'lanczos3', fit: 'fill' });
    expect((await made.raw().toBuffer()).equals(await expected.raw().toBuffer())).toBe(true);
  },
);

it('refuses over 100 million pixels before it works', async () => {
  const image = { hash: '0'.repeat(64), format: 'png', width: 4096, height: 4096, bytes: 1 } as const;
  await expect(
    local.submit({ kind: 'upscale', model, image, factor: 4 }, offline.tools()),
  ).rejects.toMatchObject({
    failure: { code: 'picture-too-large', act: 'user', charge: 'none' },
  });
});

it('does nothing but enlarge', async () => {
  const size = { width: 64, height: 64 };
  const task: ImageTask = { kind: 'generate', model, prompt: 'A fox', size, count: 1, loras: [] };
  await expect(local.submit(task, offline.tools())).rejects.toMatchObject({
    failure: { code: 'wrong-task' },
  });
});
