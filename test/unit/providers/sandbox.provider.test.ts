import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { remoteJobSchema, type ProviderTools } from '#core/provider';
import type { ImageTask, TaskOf } from '#core/task';
import type { ImageRef } from '#core/values';
import sandbox from '#providers/sandbox.provider';
import { distance, noise, pixel, twoColors } from '#test/fixtures/pictures/make-pictures';
import { offlineTools, storedPictures } from '#test/fixtures/pictures/provider-tools';

let offline: ReturnType<typeof offlineTools>;
let red: ImageRef;
let green: ImageRef;
let gray: ImageRef;

beforeAll(async () => {
  offline = offlineTools();
  const plain = async (background: string) =>
    offline.pictures.store(
      await sharp({ create: { width: 300, height: 200, channels: 3, background } })
        .png()
        .toBuffer(),
    );
  [red, green, gray] = [await plain('#e01010'), await plain('#10e010'), await plain('#808080')];
});
afterAll(() => offline.close());

const model = { provider: 'sandbox', model: 'picture' };

function generate(change: Partial<TaskOf<'generate'>> = {}): TaskOf<'generate'> {
  const size = { width: 320, height: 320 };
  return { kind: 'generate', model, prompt: 'A quiet lake', size, count: 1, loras: [], ...change };
}

function edit(images: ImageRef[], change: Partial<TaskOf<'edit'>> = {}): TaskOf<'edit'> {
  return { ...generate(), kind: 'edit', images, ...change };
}

async function drawAll(task: ImageTask, tools: ProviderTools = offline.tools()): Promise<ImageRef[]> {
  const submitted = await sandbox.submit(task, tools);
  if (submitted.state !== 'done') throw new Error('it is not done');
  expect(submitted.result.price).toBe(0);
  return storedPictures(submitted.result);
}

async function draw(task: ImageTask): Promise<ImageRef> {
  const [image] = await drawAll(task);
  return image!;
}

const bytesOf = (image: ImageRef) => offline.pictures.read(image);

/** Mean difference of all channels of two pictures of one size, 0 to 255. */
async function difference(one: ImageRef, other: ImageRef): Promise<number> {
  const [left, right] = await Promise.all(
    [one, other].map(async (image) =>
      sharp(await bytesOf(image))
        .removeAlpha()
        .raw()
        .toBuffer(),
    ),
  );
  return left!.reduce((sum, value, index) => sum + Math.abs(value - right![index]!), 0) / left!.length;
}

describe('a generated sandbox picture', () => {
  it('is the same for the same task', async () => {
    expect(await draw(generate({ seed: 4 }))).toEqual(await draw(generate({ seed: 4 })));
  });

  it.each([
    [1024, 1024],
    [1536, 640],
    [512, 2048],
    [333, 777],
    [64, 48],
    [16, 16],
  ])('has exactly %i × %i pixels', async (width, height) => {
    const image = await draw(generate({ size: { width, height } }));
    expect(image).toMatchObject({ format: 'png', width, height });
    expect(await sharp(await bytesOf(image)).metadata()).toMatchObject({ width, height, hasAlpha: false });
  });

  it.each<[string, Partial<TaskOf<'generate'>>]>([
    ['prompt', { prompt: 'A burning forest' }],
    ['seed', { seed: 5 }],
    ['negative prompt', { negative: 'people' }],
    ['LoRA', { loras: [{ name: 'film', strength: 0.5 }] }],
  ])('looks different with another %s', async (_name, change) => {
    expect(await difference(await draw(generate()), await draw(generate(change)))).toBeGreaterThan(3);
  });

  it('looks different with another strength of a LoRA', async () => {
    const [weak, strong] = [0.5, 1].map((strength) => generate({ loras: [{ name: 'film', strength }] }));
    expect(await difference(await draw(weak!), await draw(strong!))).toBeGreaterThan(3);
  });

  it('takes its colours from the words', async () => {
    const mean = async (prompt: string) => {
      const { channels } = await sharp(await bytesOf(await draw(generate({ prompt })))).stats();
      return channels.map((channel) => channel.mean) as [number, number, number];
    };
    const sunset = await mean('Sunset over mountains');
    expect(sunset[0]).toBeGreaterThan(sunset[2] + 15);
    const sea = await mean('The blue sea');
    expect(sea[2]).toBeGreaterThan(sea[0] + 30);
    const forest = await mean('A green forest');
    expect(forest[1]).toBeGreaterThan(Math.max(forest[0], forest[2]) + 8);
    const night = await mean('A night sky');
    const snow = await mean('A snow field');
    expect(Math.max(...night)).toBeLessThan(100);
    expect(Math.min(...snow)).toBeGreaterThan(180);
  });

  it('makes as many different ones as are asked for', async () => {
    const images = await drawAll(generate({ count: 3, size: { width: 256, height: 256 } }));
    expect(new Set(images.map(({ hash }) => hash)).size).toBe(3);
  });

  it('is marked as what it is, on the picture and in its metadata', async () => {
    const image = await draw(generate({ prompt: 'A fox' }));
    const { exif } = await sharp(await bytesOf(image)).metadata();
    expect(exif?.toString('latin1')).toContain('sandbox picture, not made by a model. Prompt: A fox');
    expect(exif?.toString('latin1')).toContain('Seedloom');
    // The mark is white on black in the top left corner.
    const mark = await sharp(await bytesOf(image))
      .extract({ left: 24, top: 12, width: 55, height: 14 })
      .toColourspace('b-w')
      .raw()
      .toBuffer();
    expect(mark.filter((light) => light < 30).length / mark.length).toBeGreaterThan(0.4);
    expect(mark.filter((light) => light > 200).length / mark.length).toBeGreaterThan(0.05);
  });

  it.each([
    '',
    '  \n\n ',
    '"/><script>&amp;</text>]]>',
    '漢字と絵文字 👩🏽‍🚀',
    'x'.repeat(5000),
    'word '.repeat(4000),
    '\u0000\u0001\ud800',
  ])('is drawn for any prompt: %j', async (prompt) => {
    expect(await draw(generate({ prompt }))).toMatchObject({ width: 320, height: 320 });
  });
});

describe('an edited sandbox picture', () => {
  it('shows its first picture, less the stronger the edit', async () => {
    const at = async (strength: number) => {
      const image = await draw(edit([red], { strength, prompt: 'The blue sea' }));
      return pixel(await bytesOf(image), 160, 60);
    };
    expect(distance(await at(0), [224, 16, 16])).toBeLessThan(3);
    const [weak, strong] = [await at(0.3), await at(0.9)];
    expect(distance(weak, [224, 16, 16])).toBeLessThan(distance(strong, [224, 16, 16]));
    expect(distance(strong, [224, 16, 16])).toBeGreaterThan(60);
  });

  it('changes with the order of its pictures', async () => {
    const one = await draw(edit([gray, red, green]));
    expect(await difference(one, await draw(edit([gray, green, red])))).toBeGreaterThan(1);
    expect(await difference(one, await draw(edit([red, gray, green])))).toBeGreaterThan(5);
  });

  it('shows every further picture in order', async () => {
    const image = await draw(edit([gray, red, green, red], { size: { width: 1000, height: 1000 } }));
    const { data, info } = await sharp(await bytesOf(image))
      .raw()
      .toBuffer({ resolveWithObject: true });
    const pure = (channel: number, x: number, y: number) => {
      const at = (y * info.width + x) * info.channels;
      return [0, 1, 2].every((other) =>
        other === channel ? data[at + other]! > 200 : data[at + other]! < 40,
      );
    };
    const columns = (channel: number) =>
      Array.from({ length: 1000 }, (_, x) => x).filter((x) =>
        Array.from({ length: 1000 }, (_, y) => y).some((y) => pure(channel, x, y)),
      );
    const [reds, greens] = [columns(0), columns(1)];
    // Red, green, red: the green stands in the gap between the two.
    expect(greens.length).toBeGreaterThan(60);
    expect(reds.some((x) => x < greens[0]!)).toBe(true);
    expect(reds.some((x) => x > greens.at(-1)!)).toBe(true);
    expect(reds.filter((x) => x >= greens[0]! && x <= greens.at(-1)!)).toEqual([]);
  });

  it('takes fourteen references', async () => {
    const images = Array.from({ length: 14 }, (_, index) => [red, green, gray][index % 3]!);
    expect(await draw(edit(images, { size: { width: 640, height: 480 } }))).toMatchObject({
      width: 640,
      height: 480,
    });
  });
});

describe('an inpainted sandbox picture', () => {
  const size = { width: 300, height: 200 };
  /** White within an ellipse. */
  const round = async (left: number, top: number, width: number, height: number) => {
    const [x, y, rx, ry] = [left + width / 2, top + height / 2, width / 2, height / 2];
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><rect width="300" height="200"/><ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="#fff"/></svg>`;
    return offline.pictures.store(await sharp(Buffer.from(svg)).removeAlpha().png().toBuffer());
  };
  const raw = async (image: ImageRef) =>
    sharp(await bytesOf(image))
      .removeAlpha()
      .raw()
      .toBuffer();

  it.each([
    [40, 30, 200, 140],
    [0, 0, 60, 200],
    [280, 180, 20, 20],
  ])('differs within the mask only: %i, %i, %i × %i', async (left, top, width, height) => {
    const base = await offline.pictures.store(await noise(300, 200).png().toBuffer());
    const mask = await round(left, top, width, height);
    const made = await draw(edit([base], { mask, size, prompt: 'A red rose' }));
    expect(made).toMatchObject(size);
    const [before, after, marks] = await Promise.all([base, made, mask].map(raw));
    let [painted, marked, strayed] = [0, 0, 0];
    for (let at = 0; at < before!.length; at += 3) {
      const isSame = [0, 1, 2].every((channel) => before![at + channel] === after![at + channel]);
      if (marks![at] === 0 && !isSame) strayed += 1;
      if (marks![at] === 255) {
        marked += 1;
        if (!isSame) painted += 1;
      }
    }
    expect(strayed).toBe(0);
    expect(painted / marked).toBeGreaterThan(0.95);
  });

  it('is the same for the same task, another for another prompt, and says what it is', async () => {
    const mask = await round(40, 30, 200, 140);
    const task = edit([gray], { mask, size, seed: 4 });
    const image = await draw(task);
    expect(await draw(task)).toEqual(image);
    expect((await draw({ ...task, prompt: 'A bottle' })).hash).not.toBe(image.hash);
    expect((await sharp(await bytesOf(image)).metadata()).exif?.toString('latin1')).toContain('sandbox');
  });

  it('takes a mask of half the size, and one that marks nothing', async () => {
    const small = await offline.pictures.resize(await round(40, 30, 200, 140), {
      width: 150,
      height: 100,
      fit: 'fill',
    });
    const at = async (image: ImageRef, x: number, y: number) => pixel(await bytesOf(image), x, y);
    const made = await draw(edit([red], { mask: small, size }));
    expect(await at(made, 5, 5)).toEqual([224, 16, 16]);
    expect(distance(await at(made, 100, 60), [224, 16, 16])).toBeGreaterThan(20);
    const black = await round(0, 0, 0, 0);
    expect(await difference(await draw(edit([red], { mask: black, size })), red)).toBe(0);
  });

  it('keeps what is clear outside the mask clear', async () => {
    const clear = await offline.pictures.store(await twoColors(300, 200).ensureAlpha(0.5).png().toBuffer());
    const mask = await round(100, 50, 100, 100);
    const alphaAt = async (x: number, y: number) =>
      (await pixel(await bytesOf(await draw(edit([clear], { mask, size }))), x, y))[3];
    expect(await alphaAt(10, 10)).toBe((await pixel(await bytesOf(clear), 10, 10))[3]);
    expect(await alphaAt(150, 100)).toBe(255);
  });
});

describe('an upscaled sandbox picture', () => {
  it('is exactly the factor larger, by Lanczos, and marked in one corner', async () => {
    const source = await noise(120, 90).png().toBuffer();
    const image = await draw({
      kind: 'upscale',
      model,
      image: await offline.pictures.store(source),
      factor: 2.5,
    });
    expect(image).toMatchObject({ format: 'png', width: 300, height: 225 });
    const region = { left: 0, top: 60, width: 300, height: 165 };
    const made = await sharp(await bytesOf(image))
      .extract(region)
      .raw()
      .toBuffer();
    const lanczos = sharp(
      await sharp(source).resize(300, 225, { kernel: 'lanczos3', fit: 'fill' }).png().toBuffer(),
    );
    expect(made.equals(await lanczos.clone().extract(region).raw().toBuffer())).toBe(true);
    expect((await bytesOf(image)).length).toBeGreaterThan(1000);
    expect(distance(await pixel(await bytesOf(image), 60, 10), [17, 17, 19])).toBeLessThan(40);
    expect((await sharp(await bytesOf(image)).metadata()).exif?.toString('latin1')).toContain('sandbox');
  });

  it('keeps alpha, and adds none', async () => {
    const clear = await offline.pictures.store(await twoColors().ensureAlpha(0.5).png().toBuffer());
    const opaque = await offline.pictures.store(await twoColors().jpeg().toBuffer());
    const hasAlpha = async (image: ImageRef) =>
      (await sharp(await bytesOf(await draw({ kind: 'upscale', model, image, factor: 2 }))).metadata())
        .hasAlpha;
    expect(await hasAlpha(clear)).toBe(true);
    expect(await hasAlpha(opaque)).toBe(false);
  });
});

describe('a rehearsal', () => {
  it('is as slow as it is told, and the ticket alone is enough to collect', async () => {
    const tools = offline.tools({ delay: '1000' });
    const submitted = await sandbox.submit(generate({ seed: 9 }), tools);
    if (submitted.state !== 'accepted') throw new Error('it was not accepted');
    const job = remoteJobSchema.parse(JSON.parse(JSON.stringify(submitted.job)));
    expect(job).toMatchObject({ ...model, id: 'request-1' });
    expect(await sandbox.check!(job, tools)).toEqual({ state: 'waiting' });
    offline.pass(500);
    expect(await sandbox.check!(job, tools)).toEqual({ state: 'running', fraction: 0.5 });
    offline.pass(499);
    expect(await sandbox.check!(job, tools)).toMatchObject({ state: 'running' });
    offline.pass(1);
    const done = await sandbox.check!(job, tools);
    if (done.state !== 'done') throw new Error('it is not done');
    expect(storedPictures(done.result)).toEqual([await draw(generate({ seed: 9 }))]);
  });

  it('fails on a word, at once or after the delay, and nothing was charged', async () => {
    const failure = { code: 'rehearsed-failure', act: 'vendor', charge: 'none' };
    const fast = offline.tools({ failOn: 'LAKE' });
    await expect(sandbox.submit(generate(), fast)).rejects.toMatchObject({ failure });
    expect(await sandbox.submit(generate({ prompt: 'A hill' }), fast)).toMatchObject({ state: 'done' });
    const slow = offline.tools({ failOn: '*', delay: '10' });
    const submitted = await sandbox.submit(generate(), slow);
    if (submitted.state !== 'accepted') throw new Error('it was not accepted');
    offline.pass(10);
    expect(await sandbox.check!(submitted.job, slow)).toMatchObject({ state: 'failed', failure });
  });

  it('says so when the delay is no number', async () => {
    await expect(sandbox.submit(generate(), offline.tools({ delay: 'slow' }))).rejects.toMatchObject({
      failure: { code: 'bad-setting', act: 'user' },
    });
  });
});
