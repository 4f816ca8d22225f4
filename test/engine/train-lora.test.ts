import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDocument } from '#core/document/create';
import type { WorkflowDocument } from '#core/document/schema';
import type { JsonValue } from '#core/json';
import type { RunEvent } from '#core/run';
import type { ImageRef, LoraRef, Outputs } from '#core/values';
import { nodes } from '#nodes/catalogue';
import comfyui from '#providers/comfyui.provider';
import sandbox from '#providers/sandbox.provider';
import { engineBench, type EngineBench } from '#test/kit/engine-bench';
import { temporaryFolder } from '#test/kit/temporary-folder';
import { ofType } from '#test/kit/engine-fixture';
import { createFakeComfyui, type FakeComfyui, type FakeComfyuiOptions } from '#test/kit/fake-comfyui';
import type { MultipartSummary } from '#test/kit/fake-vendor';

const fixture = JSON.parse(
  readFileSync(join(import.meta.dirname, '../fixtures/comfyui-object-info.json'), 'utf8'),
) as Record<string, object>;

interface StrictLoader {
  input: { required: { strength_model: [string, Record<string, unknown>] } };
}

let folder: ReturnType<typeof temporaryFolder>;
let pods: FakeComfyui[];
let open: EngineBench[];
beforeEach(() => {
  folder = temporaryFolder();
  pods = [];
  open = [];
});
afterEach(async () => {
  for (const pod of pods) await pod.close();
  for (const bench of open) await bench.engine.close();
  folder.remove();
});

async function pod(options: FakeComfyuiOptions = {}): Promise<FakeComfyui> {
  const made = await createFakeComfyui({ stepsPerJob: 3, ...options });
  pods.push(made);
  return made;
}
async function bench(url = '', settings: Record<string, string> = {}): Promise<EngineBench> {
  const made = await engineBench(folder.path, [comfyui, sandbox], {
    nodes,
    setting: (provider, name) =>
      provider === 'comfyui' && name === 'baseUrl' ? url : settings[`${provider}.${name}`],
  });
  open.push(made);
  return made;
}

type Params = Record<string, JsonValue>;

/** Pictures of these sizes → train → generate with the LoRA. */
async function workflow(
  { engine }: EngineBench,
  route: string,
  given: { sizes?: [number, number][]; train?: Params; captions?: string; use?: string } = {},
): Promise<WorkflowDocument> {
  const document = createDocument('train-test', 'Training');
  const add = (id: string, type: string, params: Params, own: { route?: string } = {}) => {
    document.nodes[id] = { type, version: 1, params, ...own };
  };
  const {
    sizes = [
      [512, 512],
      [800, 600],
      [512, 512],
    ],
  } = given;
  for (const [place, [width, height]] of sizes.entries()) {
    const background = { r: 40 * place, g: 90, b: 120 };
    const bytes = await sharp({ create: { width, height, channels: 3, background } })
      .png()
      .toBuffer();
    const { file } = await engine.importBytes(bytes, `${place}.png`);
    add(`picture-${place}`, 'image', { file: { ...file } });
    document.edges.push({ from: `picture-${place}.image`, to: 'train.images' });
  }
  const params = { trigger: 'ohwx bottle', steps: 40, rank: 4, resolution: 512, ...given.train };
  add('train', 'train-lora', params, { route });
  add('weaker', 'lora-strength', { strength: 0.7 });
  add(
    'use',
    'generate',
    { prompt: 'ohwx bottle on a beach', size: { width: 512, height: 512 } },
    { route: given.use ?? route },
  );
  if (given.captions !== undefined) {
    add('words', 'sweep', { lines: given.captions });
    document.edges.push({ from: 'words.text', to: 'train.captions' });
  }
  document.edges.push({ from: 'train.lora', to: 'weaker.loras' }, { from: 'weaker.loras', to: 'use.loras' });
  return document;
}

const finished = (events: readonly RunEvent[], node: string): Outputs =>
  ofType(events, 'step-finished').find((event) => event.node === node)!.outputs;
const failureOf = (events: readonly RunEvent[]) => ofType(events, 'step-failed')[0]?.failure;
const submits = (server: FakeComfyui) =>
  server.requests
    .filter(({ points }) => points.includes('submit'))
    .map(({ body }) => body as { prompt: Prompt });
type Prompt = Record<string, { class_type: string; inputs: Record<string, unknown> }>;
const uploads = (server: FakeComfyui) =>
  server.requests
    .filter(({ points }) => points.includes('upload'))
    .map(({ body }) => body as MultipartSummary)
    .map(({ fields, files: [file] }) => ({ ...fields, name: file!.name, bytes: file!.bytes }));

describe('on a ComfyUI', () => {
  it('trains on the pictures, brings the file home, and uses it in the next node without sending it again', async () => {
    const server = await pod();
    const made = await bench(server.url);
    const document = await workflow(made, 'comfyui/sdxl', { train: { written: 'on a table\n\nfrom above' } });
    const plan = await made.engine.plan(made.request(document));
    expect(plan.nodes.find(({ id }) => id === 'train')?.notes).toMatchObject([
      {
        effect: 'adapted',
        message: 'Pictures are scaled and cropped for the training: 2 to 512 × 512, 1 to 576 × 448.',
      },
    ]);
    const first = await made.run(document);
    expect(first.outcome).toBe('done');

    const sent = uploads(server);
    const folders = new Set(sent.map((file) => ('subfolder' in file ? file.subfolder : '')));
    expect(folders.size).toBe(1);
    expect(sent.map(({ name }) => name)).toEqual([
      '0001.png',
      '0001.txt',
      '0002.png',
      '0002.txt',
      '0003.png',
      '0003.txt',
    ]);
    expect(sent.filter(({ name }) => name.endsWith('.txt')).map(({ bytes }) => bytes.toString())).toEqual([
      'ohwx bottle, on a table',
      'ohwx bottle',
      'ohwx bottle, from above',
    ]);
    const sizes = await Promise.all(
      sent.filter(({ name }) => name.endsWith('.png')).map(({ bytes }) => sharp(bytes).metadata()),
    );
    expect(sizes.map(({ width, height }) => [width, height])).toEqual([
      [512, 512],
      [576, 448],
      [512, 512],
    ]);

    const [lora] = finished(first.events, 'train')['lora'] as LoraRef[];
    expect(lora).toMatchObject({
      name: expect.stringMatching(/^ohwx-bottle-[0-9a-f-]{36}_40_steps_00001_\.safetensors$/) as string,
      strength: 1,
      trained: { base: 'sdxl', trigger: 'ohwx bottle', steps: 40, rank: 4, pictures: 3 },
    });
    expect(made.engine.pictureFile(lora!.file!.hash)).toBeDefined();
    const [run] = made.engine.runs();
    const { path } = await made.engine.exportRun(run!.run, made.outFolder);
    expect(readFileSync(join(path, lora!.name)).byteLength).toBe(lora!.file!.bytes);
    expect(lora!.trained?.loss).toEqual(Array.from({ length: 40 }, (_, step) => [0.5, 0.25][step % 2]));
    const samples = finished(first.events, 'train')['samples'] as ImageRef[];
    expect(samples).toMatchObject([{ width: 512, height: 512 }]);
    const [training, using] = submits(server);
    expect(training?.prompt['sample-positive']?.inputs['text']).toBe('ohwx bottle');
    expect(using?.prompt['lora-1']?.inputs).toMatchObject({
      lora_name: lora!.name,
      strength_model: 0.7,
      strength_clip: 0.7,
    });

    const again = await made.run(document);
    expect(again.outcome).toBe('done');
    expect(ofType(again.events, 'step-finished').every(({ reused }) => reused)).toBe(true);
    expect(submits(server)).toHaveLength(2);
  });

  it('is one of a chain: every LoRA of it arrives', async () => {
    const server = await pod();
    const made = await bench(server.url);
    const document = await workflow(made, 'comfyui/sdxl');
    document.nodes['grain'] = { type: 'lora', version: 1, params: { name: 'grain', strength: 0.4 } };
    document.edges = document.edges.filter(({ to }) => to !== 'use.loras');
    document.edges.push(
      { from: 'weaker.loras', to: 'grain.loras' },
      { from: 'grain.loras', to: 'use.loras' },
    );
    expect((await made.run(document)).outcome).toBe('done');
    const { prompt } = submits(server)[1]!;
    expect([prompt['lora-1']?.inputs['strength_model'], prompt['lora-2']?.inputs['lora_name']]).toEqual([
      0.7,
      'film/grain.safetensors',
    ]);
  });

  it('puts the file on another server once, after everything else is known to be there', async () => {
    const [trainer, other] = [await pod(), await pod()];
    const first = await bench(trainer.url);
    const document = await workflow(first, 'comfyui/sdxl');
    await first.run(document);
    await first.engine.close();
    open = [];

    const second = await bench(other.url);
    const changed = structuredClone(document);
    changed.nodes['use']!.params['prompt'] = 'ohwx bottle in snow';
    const moved = await second.run(changed);
    expect(moved.outcome).toBe('done');
    expect(uploads(other)).toMatchObject([{ type: 'output', subfolder: 'loras' }]);
    changed.nodes['use']!.params['prompt'] = 'ohwx bottle in rain';
    await second.run(changed);
    expect(uploads(other)).toHaveLength(1);
    expect(submits(other)).toHaveLength(2);
    expect(submits(trainer)).toHaveLength(2);
  });

  it.each([
    ['takes no file of that size', { maxUpload: 100 }, 'lora-too-large'],
    ['does not look where it can be put', { hidesOutputLoras: true }, 'lora-not-taken'],
  ])('says so of a server that %s', async (_why, options, code) => {
    const [trainer, other] = [await pod(), await pod(options)];
    const first = await bench(trainer.url);
    const document = await workflow(first, 'comfyui/sdxl');
    await first.run(document);
    await first.engine.close();
    open = [];
    const second = await bench(other.url);
    document.nodes['use']!.params['prompt'] = 'ohwx bottle in snow';
    const moved = await second.run(document);
    expect(failureOf(moved.events)).toMatchObject({ code, act: 'user', charge: 'none' });
    expect(submits(other)).toHaveLength(0);
  });

  it('that is out of memory, or restarts, or is interrupted: it is said that the training is lost', async () => {
    const server = await pod({ manual: true });
    const made = await bench(server.url);
    const document = await workflow(made, 'comfyui/sdxl');
    const words = /What was trained until then is lost/;

    server.fail({ kind: 'job-failed', on: 'submit' });
    const full = made.run(document);
    await vi.waitUntil(() => submits(server).length === 1, { timeout: 20_000 });
    await server.advance(3);
    expect(failureOf((await full).events)).toMatchObject({
      code: 'out-of-memory',
      message: expect.stringMatching(words) as string,
    });

    const restarted = made.run(document);
    await vi.waitUntil(() => submits(server).length === 2, { timeout: 20_000 });
    await server.advance(2);
    server.restart();
    expect(failureOf((await restarted).events)).toMatchObject({
      code: 'lost',
      message: expect.stringMatching(words) as string,
    });

    const interrupted = made.run(document);
    await vi.waitUntil(() => submits(server).length === 3, { timeout: 20_000 });
    await server.advance(2);
    await fetch(`${server.url}/interrupt`, { method: 'POST' });
    await server.advance(1);
    expect(failureOf((await interrupted).events)).toMatchObject({
      code: 'cancelled',
      message: expect.stringMatching(words) as string,
    });
  });
});

describe('loss and samples', () => {
  const trainOnly = async (made: EngineBench, params: Params = {}) => {
    const document = await workflow(made, 'comfyui/sdxl', { train: params });
    for (const id of ['weaker', 'use']) delete document.nodes[id];
    document.edges = document.edges.filter(({ to }) => to.startsWith('train.'));
    return document;
  };
  const classesOf = (server: FakeComfyui) =>
    Object.values(submits(server)[0]!.prompt).map(({ class_type: nodeClass }) => nodeClass);
  const lossOf = (events: readonly RunEvent[]) =>
    (finished(events, 'train')['lora'] as LoraRef[])[0]?.trained?.loss;

  it('are kept with the LoRA, and are there after a restart; a loss that is no number is none', async () => {
    const server = await pod({ losses: [0.5, NaN, Infinity, 0.125] });
    const made = await bench(server.url);
    const document = await trainOnly(made, { steps: 4, samples: 3, samplePrompt: 'ohwx bottle in snow' });
    document.nodes['grid'] = { type: 'contact-sheet', version: 1, params: {} };
    document.edges.push({ from: 'train.samples', to: 'grid.images' });
    const plan = await made.engine.plan(made.request(document));
    expect(plan.issues).toEqual([]);
    expect(plan.nodes.find(({ id }) => id === 'train')?.items).toMatchObject({ lora: 1, samples: 3 });
    const { events, outcome } = await made.run(document);
    expect(outcome).toBe('done');
    expect(lossOf(events)).toEqual([0.5, null, null, 0.125]);
    expect(finished(events, 'train')['samples']).toHaveLength(3);
    const { prompt } = submits(server)[0]!;
    expect(prompt['sample-positive']?.inputs['text']).toBe('ohwx bottle in snow');
    await made.engine.close();
    open = [];

    const later = await bench(server.url);
    const again = await later.run(document);
    expect(finished(again.events, 'train')).toEqual(finished(events, 'train'));
    expect(ofType(again.events, 'step-finished').every(({ reused }) => reused)).toBe(true);
  });

  it('other samples, or none, are no other training', async () => {
    const server = await pod();
    const made = await bench(server.url);
    const document = await trainOnly(made);
    await made.run(document);
    Object.assign(document.nodes['train']!.params, { samples: 0, samplePrompt: 'by night' });
    const { events } = await made.run(document);
    expect(ofType(events, 'step-finished').every(({ reused }) => reused)).toBe(true);
    expect(submits(server)).toHaveLength(1);
    document.nodes['train']!.take = 1;
    const other = await made.run(document);
    expect(other.outcome).toBe('done');
    expect(finished(other.events, 'train')['samples']).toEqual([]);
    expect(classesOf(server)).toContain('LoraModelLoader');
    expect(Object.keys(submits(server)[1]!.prompt).some((id) => id.startsWith('sample-'))).toBe(false);
  });

  it('a server that has not the nodes for them trains all the same, and what is missing is said', async () => {
    const { PreviewAny: _text, LoraModelLoader: _loader, ...older } = fixture;
    const server = await pod({ objectInfo: older });
    const made = await bench(server.url);
    const { events, outcome } = await made.run(await trainOnly(made, { samples: 2 }));
    expect(outcome).toBe('done');
    expect(lossOf(events)).toBeUndefined();
    expect(finished(events, 'train')).toMatchObject({ lora: [{ strength: 1 }], samples: [] });
    const missing = {
      code: 'no-sample',
      charge: 'none',
      message: expect.stringContaining('lacks the node LoraModelLoader') as string,
    };
    expect(ofType(events, 'step-finished').find(({ node }) => node === 'train')?.shortfall).toMatchObject([
      missing,
      missing,
    ]);
    expect(classesOf(server)).not.toContain('PreviewAny');
    expect(classesOf(server)).not.toContain('SaveImage');
  });

  it('a server that refuses what comes beside trains all the same', async () => {
    const strict = structuredClone(fixture) as typeof fixture & { LoraModelLoader: StrictLoader };
    strict.LoraModelLoader.input.required.strength_model[1]['max'] = 0.5;
    const server = await pod({ objectInfo: strict });
    const made = await bench(server.url);
    const { events, outcome } = await made.run(await trainOnly(made));
    expect(outcome).toBe('done');
    expect(lossOf(events)).toHaveLength(40);
    expect(finished(events, 'train')).toMatchObject({ lora: [{ strength: 1 }], samples: [] });
    expect(ofType(events, 'step-finished').find(({ node }) => node === 'train')?.shortfall).toMatchObject([
      { code: 'no-sample' },
    ]);
  });

  it('memory that is full while it samples costs the samples, not the LoRA', async () => {
    const server = await pod({ fullAt: 'KSampler' });
    const made = await bench(server.url);
    const document = await trainOnly(made);
    const { events, outcome } = await made.run(document);
    expect(outcome).toBe('done');
    const [lora] = finished(events, 'train')['lora'] as LoraRef[];
    expect(made.engine.pictureFile(lora!.file!.hash)).toBeDefined();
    expect(lossOf(events)).toHaveLength(40);
    expect(ofType(events, 'step-finished').find(({ node }) => node === 'train')?.shortfall).toMatchObject([
      {
        code: 'no-sample',
        message: expect.stringMatching(/The LoRA is trained and here.*memory was full/) as string,
        detail: expect.stringContaining('KSampler') as string,
      },
    ]);
    expect((await made.run(document)).outcome).toBe('done');
    expect(submits(server)).toHaveLength(1);
  });

  it('a restart, or a stop, while it samples leaves the LoRA', async () => {
    const server = await pod({ manual: true });
    const made = await bench(server.url);
    const document = await trainOnly(made);
    const shortfall = (events: readonly RunEvent[]) =>
      ofType(events, 'step-finished').find(({ node }) => node === 'train')?.shortfall?.[0]?.message;
    // One stop before the job, three in the training, and the next is in the sampling.
    const restarted = made.run(document);
    await vi.waitUntil(() => submits(server).length === 1, { timeout: 20_000 });
    await server.advance(5);
    server.restart();
    const first = await restarted;
    expect(first.outcome).toBe('done');
    expect(shortfall(first.events)).toMatch(/was restarted, or ran out of memory, when the LoRA was saved/);

    document.nodes['train']!.take = 1;
    const stopped = made.run(document);
    await vi.waitUntil(() => submits(server).length === 2, { timeout: 20_000 });
    await server.advance(5);
    await fetch(`${server.url}/interrupt`, { method: 'POST' });
    await server.advance(1);
    const second = await stopped;
    expect(second.outcome).toBe('done');
    expect(shortfall(second.events)).toMatch(/was stopped on ComfyUI when the LoRA was saved/);
  });

  it('samples are nothing without their LoRA', async () => {
    const server = await pod({ hidesOutputLoras: true });
    const made = await bench(server.url);
    const { events } = await made.run(await trainOnly(made));
    expect(failureOf(events)).toMatchObject({ code: 'no-lora' });
  });
});

describe('before anything is sent', () => {
  const issuesOf = async (document: WorkflowDocument, made: EngineBench) =>
    (await made.engine.plan(made.request(document))).issues.map(({ code }) => code);

  it('an empty set, captions that do not go with the pictures, and no word at all are issues', async () => {
    const server = await pod();
    const made = await bench(server.url);
    expect(await issuesOf(await workflow(made, 'comfyui/sdxl', { sizes: [] }), made)).toEqual([
      'missing-input',
    ]);
    expect(await issuesOf(await workflow(made, 'comfyui/sdxl', { captions: 'one\ntwo' }), made)).toEqual([
      'refused-captions',
    ]);
    expect(
      await issuesOf(
        await workflow(made, 'comfyui/sdxl', { train: { written: 'one\ntwo\nthree\nfour' } }),
        made,
      ),
    ).toEqual(['refused-captions']);
    expect(await issuesOf(await workflow(made, 'comfyui/sdxl', { train: { trigger: '' } }), made)).toEqual([
      'refused-trigger',
    ]);
    expect(server.requests).toEqual([]);
  });

  it('a LoRA that is going to be trained for another model is refused before it is trained', async () => {
    const made = await bench();
    const use = 'comfyui/flux-dev';
    expect(await issuesOf(await workflow(made, 'comfyui/sdxl', { use }), made)).toEqual(['refused-loras']);
    expect(await issuesOf(await workflow(made, 'sandbox/picture', { use }), made)).toEqual(['refused-loras']);
  });
});

describe('in the sandbox', () => {
  it('loss and samples are rehearsed too', async () => {
    const made = await bench();
    const document = await workflow(made, 'sandbox/picture', { train: { samples: 2 } });
    const { events } = await made.run(document);
    const { lora, samples } = finished(events, 'train') as { lora: LoraRef[]; samples: ImageRef[] };
    expect(samples.map(({ width, height }) => [width, height])).toEqual([
      [512, 512],
      [512, 512],
    ]);
    expect(samples[0]!.hash).not.toBe(samples[1]!.hash);
    const loss = lora[0]!.trained!.loss!;
    expect(loss).toHaveLength(40);
    expect(loss.at(-1)!).toBeLessThan(loss[0]!);
  });

  it.each([{}, { 'sandbox.delay': '40' }])(
    'the whole graph is rehearsed, the same every time: %j',
    async (settings) => {
      const made = await bench('', settings);
      const document = await workflow(made, 'sandbox/picture');
      const first = await made.run(document);
      expect(first).toMatchObject({ outcome: 'done', spent: 0 });
      const [lora] = finished(first.events, 'train')['lora'] as LoraRef[];
      expect(lora).toMatchObject({ trained: { base: 'sandbox', trigger: 'ohwx bottle' } });
      document.nodes['train']!.take = 1;
      const other = finished((await made.run(document)).events, 'train')['lora'] as LoraRef[];
      expect(other[0]!.file!.hash).not.toBe(lora!.file!.hash);
      delete document.nodes['train']!.take;
      const again = await made.run(document);
      expect(finished(again.events, 'train')['lora']).toEqual([lora]);
      expect(ofType(again.events, 'step-finished').every(({ reused }) => reused)).toBe(true);
    },
  );

  it('a clean-up leaves what an open workflow would reuse, and takes the LoRA of one that is closed', async () => {
    const made = await bench();
    const document = await workflow(made, 'sandbox/picture');
    const { events } = await made.run(document);
    const [lora] = finished(events, 'train')['lora'] as LoraRef[];
    const olderThan = new Date('2100-01-01');
    const request = made.request(document);
    await made.engine.storage.cleanUp({ dryRun: false, open: [request], olderThan });
    expect(made.engine.pictureFile(lora!.file!.hash)).toBeDefined();
    await made.engine.storage.cleanUp({ dryRun: false, open: [], olderThan });
    expect(made.engine.pictureFile(lora!.file!.hash)).toBeUndefined();
    expect((await made.engine.plan(request)).nodes.find(({ id }) => id === 'train')?.verdict).toBe(
      'will-run',
    );
  });
});
