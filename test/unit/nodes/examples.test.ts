import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { freeRoutes } from '#core/document/create';
import { parseDocument } from '#core/document/parse';
import type { WorkflowDocument } from '#core/document/schema';
import { serializeDocument } from '#core/document/serialize';
import { fileRefSchema } from '#core/param';
import { planWorkflow } from '#core/plan/plan';
import type { ModelSpec, ProviderInfo } from '#core/provider';
import { nodes } from '#nodes/catalogue';
import { smallModel, smallProvider } from '#test/kit/small-catalogue';
import { hashOf, SmallWorld } from '#test/kit/small-knowledge';

const folder = join(import.meta.dirname, '..', '..', '..', 'examples');
const names = readdirSync(folder).filter((name) => name.endsWith('.seedloom'));

const free: ModelSpec = {
  id: 'picture',
  label: 'Drawn picture',
  tasks: ['generate', 'edit'],
  pinned: true,
  maxCount: 8,
  takes: { seed: true, negative: true, loras: true, mask: true, strength: true },
  price: { perPicture: 0, asOf: '2026-11-21', source: 'it is free' },
  seconds: { low: 0, high: 1 },
};
const providers = new Map<string, ProviderInfo>([
  ['sandbox', { ...smallProvider, id: 'sandbox', label: 'Sandbox', models: [free] }],
  [
    'local',
    {
      ...smallProvider,
      id: 'local',
      label: 'This computer',
      models: [{ ...smallModel, ...free, id: 'lanczos', tasks: ['upscale'], factors: [2, 4] }],
    },
  ],
]);

function textOf(name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}

function documentOf(name: string): WorkflowDocument {
  const parsed = parseDocument(textOf(name), nodes);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.document;
}

/** The picture files a document refers to. */
function filesOf(document: WorkflowDocument) {
  return Object.values(document.nodes)
    .flatMap(({ params }) => Object.values(params))
    .flatMap((value) => fileRefSchema.safeParse(value).data ?? []);
}

async function planOf(document: WorkflowDocument) {
  const world = new SmallWorld();
  for (const { path } of filesOf(document)) {
    const bytes = readFileSync(join(folder, path!));
    const { width, height } = await sharp(bytes).metadata();
    const hash = createHash('sha256').update(bytes).digest('hex');
    world.files.set(path!, { hash, format: 'jpeg', width, height, bytes: bytes.byteLength });
  }
  return planWorkflow({
    document,
    catalogue: nodes,
    providers,
    known: { ...world.knowledge(), hash: hashOf },
  });
}

describe.each(names)('%s', (name) => {
  const document = documentOf(name);

  it('is written as the program writes it', () => expect(serializeDocument(document)).toBe(textOf(name)));

  it('names every param of its nodes, and runs where nothing costs', () => {
    for (const [id, node] of Object.entries(document.nodes)) {
      const definition = nodes.get(node.type)!;
      expect(Object.keys(node.params).sort(), id).toEqual(Object.keys(definition.params).sort());
      expect(node.version, id).toBe(definition.version);
      expect(node.route, id).toBeUndefined();
    }
    expect(document.routes).toEqual(freeRoutes);
  });

  it('plans without an issue, for nothing', async () => {
    const plan = await planOf(document);
    expect(plan.issues).toEqual([]);
    expect(plan.nodes.flatMap(({ notes }) => notes)).toEqual([]);
    expect(plan.counts.willRun).toBeGreaterThan(0);
    expect(plan.forecast.price.high).toBe(0);
  });

  it('refers to pictures that lie beside it, as they are', () => {
    for (const { name: file, path, hash } of filesOf(document)) {
      expect(path).toBe(`pictures/${file}`);
      const bytes = readFileSync(join(folder, path!));
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(hash);
      expect(bytes.byteLength).toBeLessThan(300_000);
    }
  });

  it('says what to try', () => {
    const notes = Object.values(document.nodes).filter(({ type }) => type === 'note');
    expect(notes).toHaveLength(1);
    expect(String(notes[0]!.params['text']).length).toBeGreaterThan(80);
  });

  it('has its cards side by side, wires from left to right, in one window', () => {
    const places = Object.entries(document.layout);
    expect(Object.keys(document.layout).sort()).toEqual(Object.keys(document.nodes).sort());
    for (const [id, [x, y]] of places)
      for (const [other, [otherX, otherY]] of places)
        if (id < other && Math.abs(x - otherX) < 320) {
          const upper = y < otherY ? id : other;
          const height = { prompt: 320, lora: 240, note: 360 }[document.nodes[upper]!.type] ?? 440;
          expect(Math.abs(y - otherY), `${id} and ${other}`).toBeGreaterThanOrEqual(height);
        }
    for (const { from, to } of document.edges) {
      const [left, right] = [from, to].map((end) => document.layout[end.split('.')[0]!]!);
      expect(left![0], `${from} → ${to}`).toBeLessThan(right![0]);
    }
    const [xs, ys] = [0, 1].map((axis) => places.map(([, point]) => point[axis]!));
    // 1400 × 850 at a zoom of 0.7, with a card at the far end.
    expect(Math.max(...xs!) + 300).toBeLessThanOrEqual(2000);
    expect(Math.max(...ys!) + 440).toBeLessThanOrEqual(1214);
  });
});

describe('the examples', () => {
  it('are six', () =>
    expect(names.sort()).toEqual([
      'character-sheet.seedloom',
      'first-picture.seedloom',
      'lora-portraits.seedloom',
      'new-glass.seedloom',
      'product-scenes.seedloom',
      'survivor-funnel.seedloom',
    ]));

  const steps = async (name: string) => {
    const plan = await planOf(documentOf(`${name}.seedloom`));
    return Object.fromEntries(plan.nodes.map((node) => [node.id, node.steps.willRun]));
  };

  it('make ten poses of one portrait, one sheet, and save both', async () =>
    expect(await steps('character-sheet')).toMatchObject({
      character: 10,
      'save-poses': 10,
      sheet: 1,
      'save-sheet': 1,
    }));

  it('place one product in six scenes', async () =>
    expect(await steps('product-scenes')).toMatchObject({ place: 6, upscale: 6, save: 6 }));

  it('make six small drafts, and what is chosen of them large', async () => {
    const { nodes: planned, later } = await planOf(documentOf('survivor-funnel.seedloom'));
    expect(planned.find(({ id }) => id === 'choose')?.choice).toMatchObject({
      open: true,
      fewest: 1,
      most: 6,
    });
    expect(later?.steps).toEqual({ low: 2, high: 12 });
  });

  it('paint a part of one product in three kinds', async () =>
    expect(await steps('new-glass')).toMatchObject({ glass: 1, paint: 3, save: 3 }));

  it('make two portraits of each of four people', async () =>
    expect(await steps('lora-portraits')).toMatchObject({ generate: 8, 'save-portraits': 8, sheet: 1 }));
});
