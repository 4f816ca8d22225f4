import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDocument } from '#core/document/create';
import { addNode, connect, newNode, setParam, setRoute } from '#core/document/edit';
import type { WorkflowDocument } from '#core/document/schema';
import { canConnect } from '#core/plan/can-connect';
import { checkTask } from '#core/plan/check-task';
import { planWorkflow } from '#core/plan/plan';
import type { ModelSpec } from '#core/provider';
import { providerInfo } from '#core/provider-info';
import type { TaskOf } from '#core/task';
import type { ImageRef } from '#core/values';
import { nodes } from '#nodes/catalogue';
import { providers } from '#providers/catalogue';
import { hashOf, pictureOf, SmallWorld } from '#test/kit/small-knowledge';

const editors = [...providers.values()].flatMap((provider) =>
  provider.models
    .filter(({ tasks }) => tasks.includes('edit'))
    .map((model) => [`${provider.id}/${model.id}`, model] as const),
);
const sized = (width: number, height: number): ImageRef => ({ ...pictureOf('any'), width, height });

function masked(picture: ImageRef, mask: ImageRef): TaskOf<'edit'> {
  const size = { width: 1024, height: 1024 };
  const model = { provider: 'any', model: 'any' };
  return { kind: 'edit', model, prompt: 'moss', images: [picture], mask, size, count: 1, loras: [] };
}

describe.each(editors)('a mask on %s', (_route, model: ModelSpec) => {
  const said = (picture: ImageRef, mask: ImageRef) =>
    checkTask(masked(picture, mask), model).filter(({ field }) => field === 'mask');
  const sides = fc.integer({ min: 16, max: 6000 });

  it('is refused, or goes with every picture of its proportions', () =>
    fc.assert(
      fc.property(sides, sides, fc.double({ min: 0.1, max: 4, noNaN: true }), (width, height, scale) => {
        const mask = sized(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
        const notes = said(sized(width, height), mask);
        const isSame = mask.width === width && mask.height === height;
        if (!model.takes.mask) expect(notes).toMatchObject([{ effect: 'refused' }]);
        else expect(notes.map(({ effect }) => effect)).toEqual(isSame ? [] : ['adapted']);
      }),
    ));

  it('of other proportions is refused in words', () => {
    const [note] = said(sized(1024, 768), sized(512, 512));
    expect(note).toMatchObject({ effect: 'refused' });
    if (model.takes.mask) expect(note!.message).toContain('512 × 512 pixels and the picture 1024 × 768');
  });

  it('that is not made yet is no trouble', () => {
    if (model.takes.mask) expect(said(sized(1024, 768), sized(0, 0))).toEqual([]);
  });
});

describe('the plan of an Inpaint node', () => {
  function workflow(route: string): WorkflowDocument {
    let document = createDocument('masks');
    for (const type of ['image', 'mask', 'inpaint'])
      document = addNode(document, type, newNode(nodes.get(type)!), [0, 0]);
    document = setParam(document, 'image', 'file', { name: 'a.png', path: 'a.png' });
    document = setParam(document, 'inpaint', 'prompt', 'moss');
    const wires = [
      ['image.image', 'mask.image'],
      ['image.image', 'inpaint.image'],
      ['mask.mask', 'inpaint.mask'],
    ] as const;
    for (const [from, to] of wires) document = connect(document, { from, to }, { replace: true });
    return setRoute(document, 'inpaint', route);
  }
  const plan = (route: string, width = 1024, height = 768) => {
    const world = new SmallWorld();
    world.files.set('a.png', sized(width, height));
    return planWorkflow({
      document: workflow(route),
      catalogue: nodes,
      providers: new Map([...providers].map(([id, provider]) => [id, providerInfo(provider)])),
      known: { ...world.knowledge(), hash: hashOf },
    });
  };

  it.each(['sandbox/picture', 'comfyui/flux-fill', 'comfyui/sdxl'])('runs on %s', (route) =>
    expect(plan(route)).toMatchObject({ issues: [], counts: { willRun: 2, blocked: 0 } }),
  );

  it('tells who wires a picture to its mask what is missing', () =>
    expect(
      canConnect(
        workflow('sandbox/picture'),
        nodes,
        { node: 'image', port: 'image' },
        { node: 'inpaint', port: 'mask' },
      ),
    ).toBe('It gives image, this takes mask; put Mask between'));

  it('says where the whole picture becomes another size', () => {
    const notes = (route: string, width: number, height: number) =>
      plan(route, width, height).nodes.find(({ id }) => id === 'inpaint')!.notes;
    expect(notes('comfyui/flux-fill', 1024, 768)).toEqual([]);
    expect(notes('sandbox/picture', 4000, 3000)).toEqual([]);
    expect(notes('comfyui/flux-fill', 4000, 3000)).toMatchObject([
      { effect: 'adapted', field: 'size', message: expect.stringContaining('4000 × 3000') as string },
    ]);
  });

  it('is stopped on a route without masks, before anything is sent', () =>
    expect(plan('fal/seedream-4.5').issues).toMatchObject([
      {
        code: 'refused-mask',
        severity: 'error',
        message: expect.stringContaining('takes no mask; choose a route that does') as string,
        place: { node: 'inpaint' },
      },
    ]));
});

describe('what is enlarged', () => {
  const upscale = (route: [string, string], width: number, height: number, factor: number) => {
    const model = providers.get(route[0])!.models.find(({ id }) => id === route[1])!;
    const image = sized(width, height);
    return checkTask(
      { kind: 'upscale', model: { provider: route[0], model: route[1] }, image, factor },
      model,
    );
  };
  const esrgan: [string, string] = ['comfyui', 'esrgan'];
  const lanczos: [string, string] = ['local', 'lanczos'];

  it('ESRGAN says that it comes to another factor by scaling', () => {
    expect(upscale(esrgan, 1024, 1024, 4)).toEqual([]);
    expect(upscale(esrgan, 1024, 1024, 2)).toEqual([
      {
        effect: 'adapted',
        field: 'factor',
        message: 'ESRGAN 4× enlarges 4 times; the picture is then brought to 2 times by Lanczos.',
      },
    ]);
  });

  it('goes no further than can be made and read, and says so before the run', () => {
    expect(upscale(esrgan, 2500, 2500, 4)).toEqual([]);
    expect(upscale(esrgan, 2501, 2500, 4)).toMatchObject([{ effect: 'refused', field: 'size' }]);
    expect(upscale(esrgan, 4200, 1000, 4)).toMatchObject([
      { effect: 'refused', message: expect.stringContaining('at most 16384') as string },
    ]);
    expect(upscale(esrgan, 5000, 5000, 2)).toMatchObject([{ effect: 'adapted' }]);
    expect(upscale(esrgan, 6000, 5000, 1)).toMatchObject([
      { effect: 'refused', message: expect.stringContaining('480.0 million pixels') as string },
    ]);
    expect(upscale(lanczos, 5000, 5000, 2)).toEqual([]);
    expect(upscale(lanczos, 5000, 5000, 4)).toMatchObject([{ effect: 'refused', field: 'size' }]);
  });

  it('is no trouble while its size is not known', () => expect(upscale(lanczos, 0, 0, 4)).toEqual([]));
});
