import { describe, expect, it } from 'vitest';
import type { LoraFacts } from '#core/lora/lora';
import { checkLoras } from '#core/plan/check-loras';
import { compareRoutes } from '#core/plan/compare-routes';
import { planRun } from '#core/plan/plan';
import { providerInfo } from '#core/provider-info';
import type { ImageTask } from '#core/task';
import type { WorkflowDocument } from '#core/document/schema';
import { nodes } from '#nodes/catalogue';
import comfyui from '#providers/comfyui.provider';
import { SmallWorld } from '#test/kit/small-knowledge';

const provider = providerInfo(comfyui);
const model = (id: string) => provider.models.find((one) => one.id === id)!;
const facts = (base: LoraFacts['base'], baseSaid?: string): LoraFacts => ({
  triggers: [],
  frequent: [],
  ...(base === undefined ? {} : { base }),
  ...(baseSaid === undefined ? {} : { baseSaid }),
});
const task = (...names: string[]): ImageTask => ({
  kind: 'generate',
  model: { provider: 'comfyui', model: 'sdxl' },
  prompt: 'a cat',
  size: { width: 1024, height: 1024 },
  count: 1,
  loras: names.map((name) => ({ name, strength: 1 })),
});
const check = (known: LoraFacts | undefined, id = 'flux-dev', asked = task('grain.safetensors')) =>
  checkLoras({ id: 'make', provider, model: model(id) }, asked, { lora: () => known });

describe('a LoRA and the model of its route', () => {
  it('is said when its header names another family, with its own words', () => {
    expect(check(facts('sdxl', 'sdxl_base_v1-0'))).toEqual([
      {
        code: 'lora-base',
        severity: 'error',
        message:
          'The LoRA grain.safetensors is made for Stable Diffusion XL (sdxl_base_v1-0), says its header; FLUX.1 dev takes those for FLUX.1. Choose another one, or another route.',
        place: { node: 'make' },
      },
    ]);
  });

  it('is said once for each, however often it is in the chain', () => {
    const chain = task('a.safetensors', 'a.safetensors', 'b.safetensors');
    expect(check(facts('sd-1'), 'qwen-image', chain).map(({ message }) => message.slice(9, 22))).toEqual([
      'a.safetensors',
      'b.safetensors',
    ]);
  });

  it.each([
    ['of the same family', facts('flux-1'), 'flux-kontext'],
    ['of which nothing is known', undefined, 'flux-dev'],
    ['whose header does not say', facts(undefined), 'flux-dev'],
    ['whose header says something unknown', facts(undefined, 'a-new-model'), 'flux-dev'],
  ])('is nothing to speak of: %s', (_what, known, id) => expect(check(known, id)).toEqual([]));

  it('is not judged where the model names no family', () => {
    expect(
      checkLoras(
        { id: 'make', provider, model: { ...model('sdxl'), loraBase: undefined as never } },
        task('a'),
        {
          lora: () => facts('flux-1'),
        },
      ),
    ).toEqual([]);
  });

  it('every recipe that takes LoRAs names a family', () => {
    for (const { id, takes, loraBase } of provider.models)
      expect([id, loraBase !== undefined]).toEqual([id, takes.loras === true]);
  });
});

describe('in a plan', () => {
  const document: WorkflowDocument = {
    seedloom: 1,
    id: 'one',
    title: 'One',
    routes: { generate: 'comfyui/flux-dev' },
    nodes: {
      first: { type: 'lora', version: 1, params: { name: 'grain' } },
      second: { type: 'lora', version: 1, params: { name: 'face.safetensors', strength: 0.5 } },
      make: { type: 'generate', version: 1, params: { prompt: 'a cat' } },
    },
    edges: [
      { from: 'first.loras', to: 'second.loras' },
      { from: 'second.loras', to: 'make.loras' },
    ],
    layout: {},
  };
  const world = new SmallWorld();
  world.loras.set('comfyui/grain', facts('flux-1'));
  world.loras.set('comfyui/face.safetensors', facts('sdxl'));
  const context = {
    document,
    catalogue: nodes,
    providers: new Map([['comfyui', provider]]),
    known: world.knowledge(),
  };

  it('stands in the way of the step that would use it, and of nothing else', () => {
    const { plan } = planRun(context);
    expect(plan.issues.map(({ code, place }) => [code, place.node])).toEqual([['lora-base', 'make']]);
    expect(plan.issues[0]?.message).toContain('face.safetensors');
    expect(plan.nodes.find(({ id }) => id === 'make')).toMatchObject({ verdict: 'blocked' });
  });

  it('is told of each route in the comparison', () => {
    const { rows } = compareRoutes(context, 'make', () => undefined);
    const notes = (id: string) =>
      rows.find(({ route }) => route === `comfyui/${id}`)?.answer?.notes.map(({ message }) => message) ?? [];
    expect(notes('flux-dev').join()).toContain('face.safetensors is made for Stable Diffusion XL');
    expect(notes('sdxl').join()).toContain('grain is made for FLUX.1');
    expect(notes('sdxl').join()).not.toContain('face.safetensors');
  });

  it('a strength of its own for the text encoder is left out where LoRAs change none, and said so', () => {
    const apart = structuredClone(document);
    apart.nodes['second']!.params = { name: 'mine', ownClip: true, clip: 0.2 };
    const notesOf = (route: string) =>
      planRun({
        ...context,
        document: { ...apart, routes: { generate: route } },
        known: new SmallWorld().knowledge(),
      })
        .plan.nodes.find(({ id }) => id === 'make')
        ?.notes.map(({ message }) => message) ?? [];
    expect(notesOf('comfyui/flux-dev').join()).toContain('LoRAs change no text encoder of FLUX.1 dev');
    expect(notesOf('comfyui/sdxl').join()).not.toContain('text encoder');
  });
});
