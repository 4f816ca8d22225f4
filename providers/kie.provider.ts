import { z } from 'zod';
import { aspectOf, tierOf, type Aspect } from '#core/aspect';
import type { JsonObject } from '#core/json';
import type { ModelSpec, ProviderTools } from '#core/provider';
import type { ImageTask } from '#core/task';
import type { ImageRef } from '#core/values';
import { marketProvider, type MarketOrder, type MarketVendor } from './kit/market-tasks';
import { ofEach, postReference, type ReferenceLimits, type ReferencePicture } from './kit/reference-picture';
import { seedream, seedreamReferences, seedreamReferencesAndCount } from './kit/seedream';
import { bearer, readAnswer } from './kit/vendor-answer';

/**
 * kie.ai. Sources: docs.kie.ai (market/seedream and bytedance pages, market/common/get-task-detail, file-upload-api) and a
 * copy of them, felores/kie-ai-mcp-server. A size cannot be asked for, only an aspect and one of two or three tiers.
 *
 * More than one picture in one task, which 4.0 alone can do, is a set: the prompt must name their number as well.
 *
 * Unverified: the field of an upload's link, and how long it lives (one page says 24 hours, another three days: the shorter
 * is taken); fourteen references for 4.5; whether a task that fails costs anything: it is taken to, unless the record says
 * that no credits went. Its own safety check stays as it is by default.
 */
const host = 'https://api.kie.ai';
const files = 'https://kieai.redpandaai.co';
const vendor: MarketVendor = {
  name: 'kie.ai',
  keys: 'kie.ai/api-key',
  billing: 'kie.ai/billing',
  host,
  question: {},
  failsFree: false,
};

/** Aspect → its name at 4.0; the later ones take the aspect itself. */
const imageSizes = {
  '1:1': 'square_hd',
  '4:3': 'landscape_4_3',
  '3:4': 'portrait_4_3',
  '16:9': 'landscape_16_9',
  '9:16': 'portrait_16_9',
  '3:2': 'landscape_3_2',
  '2:3': 'portrait_3_2',
  '21:9': 'landscape_21_9',
} as const satisfies Partial<Record<Aspect, string>>;
type KieAspect = keyof typeof imageSizes;
const aspects = Object.keys(imageSizes) as KieAspect[];

const tiers = {
  '1K': { name: '1K', side: 1024 },
  '2K': { name: '2K', side: 2048 },
  '3K': { name: '3K', side: 3072 },
  '4K': { name: '4K', side: 4096 },
} as const;

const shared = {
  tasks: ['generate', 'edit'],
  pinned: false,
  maxReferencesAndCount: seedreamReferencesAndCount,
  price: {
    perPicture: 0.05,
    asOf: '2026-11-21',
    source: 'an upper estimate: kie.ai charges credits, and no page with their price was found; set your own',
  },
  seconds: { low: 8, high: 90 },
} as const satisfies Partial<ModelSpec>;

interface KieModel {
  spec: ModelSpec;
  /** The vendor's names. */
  generate: string;
  edit: string;
  ask(task: Exclude<ImageTask, { kind: 'upscale' }>, aspect: KieAspect): JsonObject;
}

/** 4.5 and later: `quality` is one of two tiers. */
function byQuality(basic: keyof typeof tiers, high: keyof typeof tiers) {
  const both = [tiers[basic], tiers[high]] as const;
  const ask: KieModel['ask'] = ({ size }, aspect) => {
    return { aspect_ratio: aspect, quality: tierOf(size, both) === both[0] ? 'basic' : 'high' };
  };
  return { both, ask };
}

const four5 = byQuality('2K', '4K');
const five = byQuality('2K', '3K');
const fourTiers = [tiers['1K'], tiers['2K'], tiers['4K']] as const;

const models: readonly KieModel[] = [
  {
    spec: {
      id: 'seedream-4.5',
      ...shared,
      ...seedream['4.5'],
      size: { ...seedream['4.5'].size, aspects, tiers: four5.both },
      maxReferences: 14,
      maxCount: 1,
      maxPromptLength: 3000,
      takes: {},
    },
    generate: 'seedream/4.5-text-to-image',
    edit: 'seedream/4.5-edit',
    ask: four5.ask,
  },
  {
    spec: {
      id: 'seedream-4.0',
      ...shared,
      ...seedream['4.0'],
      size: { ...seedream['4.0'].size, aspects, tiers: fourTiers },
      maxReferences: 10,
      maxCount: 6,
      sets: true,
      maxPromptLength: 5000,
      takes: { seed: true },
    },
    generate: 'bytedance/seedream-v4-text-to-image',
    edit: 'bytedance/seedream-v4-edit',
    ask: ({ size, count, seed }, aspect) => ({
      image_size: imageSizes[aspect],
      image_resolution: tierOf(size, fourTiers).name,
      max_images: count,
      ...(seed === undefined ? {} : { seed }),
    }),
  },
  {
    spec: {
      id: 'seedream-5-lite',
      ...shared,
      ...seedream['5-lite'],
      // The largest of ByteDance's own sizes at 3K, beyond which it does not go here.
      size: { ...seedream['5-lite'].size, maxPixels: 4704 * 2016, aspects, tiers: five.both },
      maxReferences: 14,
      maxCount: 1,
      maxPromptLength: 5000,
      takes: {},
    },
    generate: 'seedream/5-lite-text-to-image',
    edit: 'seedream/5-lite-image-to-image',
    ask: five.ask,
  },
];

const references: ReferenceLimits = { ...seedreamReferences, formats: ['png', 'jpeg', 'webp'] };
const uploadLife = 24 * 3_600_000;
const link = z.string().regex(/^https?:/);
const uploadSchema = z.object({
  data: z.union([
    z.object({ downloadUrl: link }).transform(({ downloadUrl }) => downloadUrl),
    z.object({ fileUrl: link }).transform(({ fileUrl }) => fileUrl),
  ]),
});

function upload(image: ImageRef, place: number, tools: ProviderTools): Promise<string> {
  return tools.uploaded(image.hash, async () => {
    const to = {
      url: `${files}/api/file-stream-upload`,
      headers: bearer(tools),
      besides: ({ name }: ReferencePicture) => [
        { name: 'uploadPath', value: 'seedloom' },
        // Another file of the same name would be overwritten: this one is named by its content.
        { name: 'fileName', value: name },
      ],
    };
    const answer = await postReference(image, place, references, to, tools);
    const { data } = readAnswer(uploadSchema, answer, vendor, 'the upload of a reference');
    return { link: data, until: tools.now() + uploadLife };
  });
}

async function order(task: ImageTask, tools: ProviderTools): Promise<MarketOrder> {
  const model = models.find(({ spec }) => spec.id === task.model.model);
  const aspect = task.kind === 'upscale' ? undefined : aspectOf(task.size, aspects);
  if (task.kind === 'upscale' || model === undefined || aspect === undefined)
    throw new Error('checkTask refuses this');
  const asked = { prompt: task.prompt, ...model.ask(task, aspect) };
  if (task.kind === 'generate') return { model: model.generate, input: asked };
  const links = await ofEach(task.images, (image, place) => upload(image, place, tools));
  return { model: model.edit, input: { ...asked, image_urls: links } };
}

export default marketProvider(
  vendor,
  {
    id: 'kie',
    label: 'kie.ai',
    homepage: 'https://kie.ai',
    summary: 'Seedream 4.0, 4.5 and 5.0 Lite by aspect and 1K to 4K; a task cannot be stopped.',
    hosts: [host, files],
    // Twenty orders in ten seconds are let in; more are refused, and sent again later.
    limits: { together: 8 },
    models: models.map(({ spec }) => spec),
  },
  order,
);
