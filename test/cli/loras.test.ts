import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFakeComfyui, type FakeComfyui } from '../kit/fake-comfyui';
import { safetensorsFile } from '../kit/safetensors';
import { commandLine, planOf, refusal, workflow, type CommandLine } from './command-line';

let line: CommandLine;
let comfyui: FakeComfyui;
beforeEach(async () => {
  line = commandLine();
  comfyui = await createFakeComfyui({
    stepsPerJob: 1,
    loras: [
      {
        name: 'film/grain.safetensors',
        metadata: {
          ss_base_model_version: 'flux1',
          'modelspec.trigger_phrase': 'flm\u001b[2Jgrn',
          ss_network_dim: '16',
        },
      },
      { name: 'bare.safetensors' },
    ],
  });
});
afterEach(async () => {
  await comfyui.close();
  line.remove();
});
const environment = () => ({ SEEDLOOM_COMFYUI_URL: comfyui.url });

describe('seedloom loras', () => {
  it('lists what is there, in words and as JSON', async () => {
    const words = await line.start(['loras'], environment());
    expect(words.code).toBe(0);
    expect(words.out).toMatch(/^ComfyUI \(your GPU\): 2 LoRAs$/m);
    expect(words.out).toMatch(/^ {2}film\/grain\.safetensors +FLUX\.1 +rank 16 +151\.0 MB +flm \[2Jgrn$/m);
    expect(words.out).toMatch(/^ {2}bare\.safetensors +not said +151\.0 MB$/m);
    const json = await line.start(['loras', 'comfyui', '--json'], environment());
    expect(JSON.parse(json.out)).toMatchObject([
      { provider: 'comfyui', loras: [{ name: 'bare.safetensors' }, { facts: { base: 'flux-1' } }] },
    ]);
    expect(comfyui.charges).toEqual([]);
  });

  it('says what cannot be listed, and where nobody answers', async () => {
    const vendor = await line.start(['loras', 'fal', '--json'], environment());
    expect(vendor.code).toBe(2);
    expect(refusal(vendor)).toMatchObject([{ code: 'no-lora-list' }]);
    const away = await line.start(['loras', 'comfyui'], { SEEDLOOM_COMFYUI_URL: 'http://127.0.0.1:1' });
    expect(away.code).toBe(1);
    expect(away.errors).toContain('cannot be reached');
  });

  it('reads a file of this computer by its header', async () => {
    const file = join(line.folder, 'mine.safetensors');
    writeFileSync(file, safetensorsFile({ ss_base_model_version: 'sd_v1', 'modelspec.title': 'Mine' }));
    const words = await line.seedloom('loras', 'mine.safetensors');
    expect(words.out).toMatch(/^Title +Mine\nMade for +Stable Diffusion 1$/m);
    writeFileSync(file, 'no LoRA at all, but some words');
    const none = await line.seedloom('loras', 'mine.safetensors', '--json');
    expect(none.code).toBe(2);
    expect(refusal(none)).toMatchObject([{ code: 'not-safetensors', place: { path: 'mine.safetensors' } }]);
  });
});

describe('a LoRA for another model', () => {
  it('is said by the plan and refused by the run; nothing is sent', async () => {
    const file = line.write(
      'one.seedloom',
      workflow(
        [
          ['lora', 'lora', { name: 'grain' }],
          ['make', 'generate', { prompt: 'a cat', size: { width: 512, height: 512 } }],
        ],
        ['lora.loras > make.loras'],
        { routes: { generate: 'comfyui/sdxl' } },
      ),
    );
    const plan = await line.start(['plan', file, '--json'], environment());
    expect(plan.code).toBe(2);
    expect(planOf(plan).issues).toMatchObject([{ code: 'lora-base', place: { node: 'make' } }]);
    const run = await line.start(['run', file, '--json'], environment());
    expect(run.code).toBe(2);
    expect(refusal(run)[0]?.message).toContain('grain is made for FLUX.1 (flux1), says its header');
    expect(comfyui.charges).toEqual([]);
    const there = await line.start(['plan', file, '--route', 'comfyui/flux-dev'], environment());
    expect(there.code).toBe(0);
  });
});
