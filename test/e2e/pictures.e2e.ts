import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createDocument } from '#core/document/create';
import { addNode, connect, newNode, setParam } from '#core/document/edit';
import { pictureAddress, type ChosenPicture } from '#core/ipc';
import type { WorkflowDocument } from '#core/document/schema';
import { nodes } from '#nodes/catalogue';
import { hasElectron, launchApp, type TestApp } from './kit/app';
import { samplePictures, type SamplePicture } from './kit/sample-pictures';

interface FormatResult {
  reads: boolean;
  writes: boolean;
  size?: [number, number];
  mean?: number;
}

/** The process that does the image work; another number later means that it crashed in between. */
function engineProcess(test: TestApp): Promise<number | undefined> {
  return test.app.evaluate(
    ({ app }) => app.getAppMetrics().find(({ name }) => name === 'Seedloom engine')?.pid,
  );
}

/** What the sharp that the engine host has can read and write, tried in a process of the same kind. */
async function tryFormats(test: TestApp, file: string): Promise<Record<string, FormatResult>> {
  const script = fileURLToPath(new URL('kit/try-sharp.cjs', import.meta.url));
  const answer = await test.app.evaluate(
    ({ app, utilityProcess }, given) =>
      new Promise<{ value?: Record<string, FormatResult>; error?: string }>((resolve) => {
        const child = utilityProcess.fork(given.script);
        child.once('message', (message) => {
          child.kill();
          resolve(message);
        });
        child.once('exit', (code) => resolve({ error: `it ended with ${code}` }));
        const engineHost = `${app.getAppPath()}/out/engine-host/engine-host.cjs`;
        child.postMessage({ engineHost, file: given.file });
      }),
    { script, file },
  );
  if (answer.value === undefined) throw new Error(answer.error);
  return answer.value;
}

async function writeSamples(folder: string, samples: readonly SamplePicture[]): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  return Promise.all(
    samples.map(async ({ name, bytes, format }) => {
      const file = join(folder, `${name}.${format}`);
      await writeFile(file, bytes);
      return file;
    }),
  );
}

function sizeInWindow(test: TestApp, address: string): Promise<[number, number]> {
  return test.page.evaluate(async (source) => {
    const image = new Image();
    image.src = source;
    await image.decode();
    return [image.naturalWidth, image.naturalHeight];
  }, address);
}

/** For every picture: image → resize → save, as JPEG, PNG and WebP in turn. */
function savingWorkflow(pictures: readonly ChosenPicture[]): WorkflowDocument {
  const fresh = (type: string) => newNode(nodes.get(type)!);
  let document = createDocument('every-type');
  for (const [index, { file }] of pictures.entries()) {
    const [image, resize, save] = [`image-${index}`, `resize-${index}`, `save-${index}`];
    document = addNode(document, image, fresh('image'), [0, 0]);
    document = addNode(document, resize, fresh('resize'), [0, 0]);
    document = addNode(document, save, fresh('save'), [0, 0]);
    document = setParam(document, image, 'file', file);
    document = setParam(document, resize, 'width', 160);
    document = setParam(document, resize, 'height', 160);
    document = setParam(document, save, 'name', file.name.replace('.', '-'));
    document = setParam(document, save, 'format', ['jpeg', 'png', 'webp'][index % 3] ?? '');
    document = connect(document, { from: `${image}.image`, to: `${resize}.image` }, { replace: true });
    document = connect(document, { from: `${resize}.image`, to: `${save}.image` }, { replace: true });
  }
  return document;
}

async function runToEnd(test: TestApp, document: WorkflowDocument): Promise<string | undefined> {
  const started = await test.value('run.start', { document, path: null, budget: null });
  if ('issues' in started) throw new Error(started.issues.map(({ message }) => message).join('\n'));
  const summary = async () =>
    (await test.value('run.list', {})).find(({ run }) => run === started.run)?.outcome;
  await expect.poll(summary).toBeDefined();
  return summary();
}

describe.skipIf(!hasElectron)('pictures in the engine host', () => {
  it('of every type are read, shown, resized and written', async () => {
    const test = await launchApp();
    const outFolder = join(test.home, 'out');
    await test.value('settings.change', { outFolder });
    const all = await samplePictures();
    const [first = ''] = await writeSamples(join(test.home, 'in'), all);
    const formats = await tryFormats(test, first);
    const engine = await engineProcess(test);

    // Only AVIF is not in every build.
    const samples = all.filter(({ format }) => format !== 'avif' || formats['avif']?.reads === true);
    const files = await writeSamples(join(test.home, 'in'), samples);
    const pictures = await test.value('picture.import', { path: null, files });
    expect(pictures.map(({ image: { format, width, height } }) => ({ format, width, height }))).toEqual(
      samples.map(({ format, width, height }) => ({ format, width, height })),
    );

    for (const { image } of pictures) {
      for (const width of [256, 512, 1024] as const) {
        const [shown, high] = await sizeInWindow(test, pictureAddress(image.hash, width));
        expect(shown).toBe(Math.min(width, image.width));
        expect(Math.abs(high - (shown * image.height) / image.width)).toBeLessThanOrEqual(1);
      }
      await test.value('picture.copy', { hash: image.hash });
    }

    expect(await runToEnd(test, savingWorkflow(pictures))).toBe('done');
    expect(await readdir(outFolder)).toHaveLength(samples.length);
    for (const name of await readdir(outFolder)) {
      const { width, height } = await sharp(join(outFolder, name)).metadata();
      expect(Math.max(width, height)).toBe(160);
      expect(Math.min(width, height)).toBe(100);
    }
    expect(await engineProcess(test)).toBe(engine);
    await test.close();
  });

  it('of every type that this build has are encoded as they were', async () => {
    const test = await launchApp();
    const [png] = (await samplePictures()).filter(({ name }) => name === 'png');
    const [file = ''] = await writeSamples(test.home, png === undefined ? [] : [png]);
    const formats = await tryFormats(test, file);
    const { data } = await sharp(file).resize(320, 200).raw().toBuffer({ resolveWithObject: true });
    const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
    for (const name of ['png', 'jpeg', 'webp', 'gif', 'tiff']) expect(formats[name]?.writes).toBe(true);
    for (const [name, format] of Object.entries(formats)) {
      if (!format.writes) continue;
      expect([name, format.size]).toEqual([name, [320, 200]]);
      expect(Math.abs((format.mean ?? 0) - mean)).toBeLessThan(3);
    }
    await test.close();
  });

  it('that are damaged are refused in words, and the engine lives on', async () => {
    const test = await launchApp();
    const samples = await samplePictures();
    const [first] = await writeSamples(test.home, samples);
    const formats = await tryFormats(test, first ?? '');
    const engine = await engineProcess(test);
    const readable = samples.filter(({ format }) => format !== 'avif' || formats['avif']?.reads === true);
    for (const sample of readable) {
      for (const part of [0.05, 0.5]) {
        const bytes = sample.bytes.subarray(0, Math.floor(sample.bytes.length * part));
        const [file = ''] = await writeSamples(join(test.home, 'cut'), [{ ...sample, bytes }]);
        const answer = await test.call('picture.import', { path: null, files: [file] });
        // A cut animation may hold its first frame whole, which is the one that counts.
        if (sample.name.includes('animated') && answer.ok) continue;
        expect([sample.name, part, answer]).toMatchObject([
          sample.name,
          part,
          { ok: false, failure: { code: 'picture-damaged' } },
        ]);
      }
    }
    const file = join(test.home, 'words.png');
    await writeFile(file, 'These are words.');
    expect(await test.call('picture.import', { path: null, files: [file] })).toMatchObject({
      ok: false,
      failure: { code: 'picture-type' },
    });
    const whole = await test.value('picture.import', { path: null, files: [first ?? ''] });
    expect(whole).toHaveLength(1);
    expect(await engineProcess(test)).toBe(engine);
    await test.close();
  });
});
