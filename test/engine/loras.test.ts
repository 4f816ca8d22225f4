import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WorkflowDocument } from '#core/document/schema';
import type { RunRequest } from '#engine/contract';
import { readLoraFile } from '#engine/files/lora-file';
import { nodes } from '#nodes/catalogue';
import comfyui from '#providers/comfyui.provider';
import local from '#providers/local.provider';
import { drawPicture } from '../kit/draw-picture';
import { engineBench, type EngineBench } from '../kit/engine-bench';
import { temporaryFolder } from '../kit/temporary-folder';
import { createFakeComfyui, type FakeComfyui } from '../kit/fake-comfyui';
import type { FakeLora } from '../kit/fake-comfyui-loras';
import { safetensorsFile } from '../kit/safetensors';

const forSdxl = { ss_base_model_version: 'sdxl_base_v1-0' };
const forFlux = { 'modelspec.architecture': 'flux-1-dev/lora' };

let folder: ReturnType<typeof temporaryFolder>;
let fake: FakeComfyui;
let loras: FakeLora[];
const open: EngineBench[] = [];
beforeEach(async () => {
  folder = temporaryFolder();
  loras = [
    { name: 'film/grain.safetensors', metadata: forSdxl },
    { name: 'face.safetensors', metadata: forFlux },
  ];
  fake = await createFakeComfyui({ stepsPerJob: 1, loras });
});
afterEach(async () => {
  for (const { engine } of open.splice(0)) await engine.close();
  await fake.close();
  folder.remove();
});

async function bench(url = () => fake.url): Promise<EngineBench> {
  const made = await engineBench(folder.path, [comfyui, local], {
    nodes,
    setting: (provider, name) => (provider === 'comfyui' && name === 'baseUrl' ? url() : undefined),
  });
  open.push(made);
  return made;
}

function drawing(lora: string, route = 'comfyui/sdxl'): WorkflowDocument {
  return {
    seedloom: 1,
    id: 'one',
    title: 'One',
    routes: { generate: route },
    nodes: {
      lora: { type: 'lora', version: 1, params: { name: lora } },
      make: {
        type: 'generate',
        version: 1,
        params: { prompt: 'a cat', size: { width: 512, height: 512 }, seed: 7 },
      },
    },
    edges: [{ from: 'lora.loras', to: 'make.loras' }],
    layout: {},
  };
}

const asked = (path: string) => fake.requests.filter((request) => request.path.startsWith(path)).length;
const codes = async ({ engine }: EngineBench, request: RunRequest) =>
  (await engine.plan(request)).issues.map(({ code }) => code);

describe('a LoRA for another model', () => {
  it('is refused before anything is sent, also when nobody ever looked at the list', async () => {
    const made = await bench();
    const request = made.request(drawing('face'));
    // The plan itself asks nobody.
    expect(await codes(made, request)).toEqual([]);
    expect(fake.requests).toEqual([]);
    const started = await made.engine.start(request);
    expect(started).toMatchObject({ ok: false, issues: [{ code: 'lora-base', place: { node: 'make' } }] });
    expect(asked('/object_info') + asked('/prompt')).toBe(0);
    expect(fake.charges).toEqual([]);
    // From now on it is known, without a question.
    const before = fake.requests.length;
    expect(await codes(made, request)).toEqual(['lora-base']);
    expect(fake.requests).toHaveLength(before);
  });

  it('is refused by the queue, and said by the plan that is made to run', async () => {
    const made = await bench();
    const request = made.request(drawing('face'));
    expect(await made.engine.queue.add(request)).toMatchObject({
      ok: false,
      issues: [{ code: 'lora-base' }],
    });
    expect((await made.engine.planToRun(request)).issues).toMatchObject([{ code: 'lora-base' }]);
  });

  it('runs on the route it was made for, and one that is fine runs', async () => {
    const made = await bench();
    expect((await made.run(drawing('grain'))).outcome).toBe('done');
    expect(fake.charges).toHaveLength(1);
  });

  it('is asked for anew where the file is another one now', async () => {
    const made = await bench();
    await made.run(drawing('grain'));
    loras[0] = { name: 'film/grain.safetensors', metadata: forFlux, modified: 1_763_800_000 };
    const other = drawing('grain');
    other.nodes['make']!.params['seed'] = 8;
    expect(await made.engine.start(made.request(other))).toMatchObject({ ok: false });
    expect(fake.charges).toHaveLength(1);
  });

  it('is not known at another address, nor when its file is gone', async () => {
    let url = fake.url;
    const made = await bench(() => url);
    await made.engine.start(made.request(drawing('face')));
    url = 'http://127.0.0.1:1';
    expect(await codes(made, made.request(drawing('face')))).toEqual([]);
    url = fake.url;
    expect(await codes(made, made.request(drawing('face')))).toEqual(['lora-base']);
    loras.pop();
    await made.engine.planToRun(made.request(drawing('face')));
    expect(await codes(made, made.request(drawing('face')))).toEqual([]);
  });

  it('of the same name in two folders is judged only by its whole name', async () => {
    loras.push({ name: 'other/face.safetensors', metadata: forSdxl });
    const made = await bench();
    await made.engine.readLoras('comfyui', await made.engine.listLoras('comfyui'));
    expect(await codes(made, made.request(drawing('face')))).toEqual([]);
    expect(await codes(made, made.request(drawing('face.safetensors')))).toEqual(['lora-base']);
    expect(await codes(made, made.request(drawing('other/face.safetensors')))).toEqual([]);
  });

  it('is not asked for when the picture is there already: the server may be away', async () => {
    let url = fake.url;
    const made = await bench(() => url);
    await made.run(drawing('grain'));
    const before = fake.requests.length;
    const again = await made.run(drawing('grain'));
    expect(again.outcome).toBe('done');
    expect(fake.requests).toHaveLength(before);
    url = 'http://127.0.0.1:1';
    const unknown = await made.engine.planToRun(made.request(drawing('never-seen')));
    expect(unknown.issues).toEqual([]);
  });
});

describe('the LoRAs where models run', () => {
  it('are listed with what is known already; each is read once, with its preview', async () => {
    const preview = await drawPicture({ width: 900, height: 600, from: 'preview' });
    loras.splice(0, 1, { name: 'film/grain.safetensors', metadata: forSdxl, preview });
    loras.push({ name: 'bare.safetensors', preview: Buffer.from('no picture') });
    const made = await bench();
    const listed = await made.engine.listLoras('comfyui');
    expect(listed.map(({ name, facts }) => [name, facts])).toEqual([
      ['bare.safetensors', undefined],
      ['face.safetensors', undefined],
      ['film/grain.safetensors', undefined],
    ]);
    const read = await made.engine.readLoras('comfyui', listed);
    expect(read).toMatchObject([
      { name: 'bare.safetensors' },
      { name: 'face.safetensors', facts: { base: 'flux-1' } },
      { name: 'film/grain.safetensors', facts: { base: 'sdxl' } },
    ]);
    expect(read.map((one) => one.preview !== undefined)).toEqual([false, false, true]);
    expect(await made.engine.previewFile(read[2]!.preview!, 256)).toBeDefined();
    expect((await made.engine.listLoras('comfyui')).map(({ facts }) => facts?.base)).toEqual([
      undefined,
      'flux-1',
      'sdxl',
    ]);
    const metadata = asked('/view_metadata');
    await made.engine.readLoras('comfyui', listed);
    expect(asked('/view_metadata')).toBe(metadata);
    expect(fake.charges).toEqual([]);
  });

  it('are told in words where they cannot be listed', async () => {
    const made = await bench(() => 'http://127.0.0.1:1');
    await expect(made.engine.listLoras('comfyui')).rejects.toMatchObject({ failure: { charge: 'none' } });
    await expect(made.engine.listLoras('local')).rejects.toMatchObject({ failure: { code: 'no-lora-list' } });
    await expect(made.engine.listLoras('nobody')).rejects.toMatchObject({
      failure: { code: 'unknown-provider' },
    });
  });
});

describe('a LoRA file on this computer', () => {
  const write = (name: string, bytes: Uint8Array) => {
    mkdirSync(folder.path, { recursive: true });
    const path = join(folder.path, name);
    writeFileSync(path, bytes);
    return path;
  };

  it('is read by its header alone', async () => {
    const path = write('a.safetensors', safetensorsFile(forSdxl, { 'x.lora_A.weight': [4, 2048] }));
    expect(await readLoraFile(path)).toMatchObject({ ok: true, value: { base: 'sdxl', rank: 4 } });
  });

  it('that is none, cut or not there is told in words', async () => {
    const whole = safetensorsFile({}, { 'x.lora_A.weight': [4, 2048] });
    const codeOf = async (path: string) => {
      const read = await readLoraFile(path);
      return read.ok ? 'fine' : read.failure.code;
    };
    expect(await codeOf(write('cut.safetensors', whole.subarray(0, -1)))).toBe('file-cut');
    expect(await codeOf(write('words.safetensors', Buffer.from('Hello, this is no LoRA.')))).toBe(
      'not-safetensors',
    );
    expect(await codeOf(write('empty.safetensors', new Uint8Array()))).toBe('not-safetensors');
    expect(await codeOf(join(folder.path, 'nowhere.safetensors'))).toBe('unreadable-file');
    expect(await codeOf(folder.path)).toBe('unreadable-file');
  });
});
