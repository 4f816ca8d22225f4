import fc from 'fast-check';
import { expect } from 'vitest';
import { checkTask } from '#core/plan/check-task';
import type { HttpRequest, ModelSpec, Provider } from '#core/provider';
import type { ImageTask } from '#core/task';
import type { ImageRef, LoraRef, Size } from '#core/values';
import type { RecordingTools } from './kit-recording-tools';

/** What a request asks for, read back from it; a field that is not in the request is left out. */
export interface Asked {
  kind: 'generate' | 'edit';
  model: string;
  prompt: string;
  /** Not of a model that is asked for an aspect. */
  width?: number;
  height?: number;
  count: number;
  seed?: number;
  negative?: string;
  /** Hashes, in their order. */
  images?: string[];
}

type MadeTask = Exclude<ImageTask, { kind: 'upscale' }>;

const side = fc.oneof(
  fc.constantFrom(1, 64, 480, 512, 960, 1024, 1440, 1920, 2048, 2560, 4096, 8192, 16_384, 16_385),
  fc.integer({ min: 1, max: 17_000 }),
);
const usual = (
  [
    [2048, 2048],
    [2560, 1440],
    [1440, 2560],
    [4096, 4096],
    [3137, 1345],
  ] as const
).map(([width, height]) => ({ width, height }));

/** Any task the form can make for this model, within its limits and well beyond them. */
function anyTask(provider: Provider, model: ModelSpec, images: readonly ImageRef[]) {
  const made = fc.record(
    {
      prompt: fc.oneof(fc.string(), fc.constantFrom('a red bicycle', ' ', 'x'.repeat(2_000))),
      size: fc.oneof<fc.Arbitrary<Size>[]>(
        fc.constantFrom(...usual),
        fc.record({ width: side, height: side }),
      ),
      count: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 16 })),
      seed: fc.oneof(
        fc.constantFrom(0, 7, 2 ** 31, Number.MAX_SAFE_INTEGER),
        fc.nat({ max: Number.MAX_SAFE_INTEGER }),
      ),
      loras: fc.constantFrom<LoraRef[][]>([], [], [{ name: 'style', strength: 0.7 }]),
      extra: fc.constant(undefined),
    },
    { requiredKeys: ['prompt', 'size', 'count', 'loras', 'extra'] },
  );
  const route = { provider: provider.id, model: model.id };
  const generate = fc
    .tuple(made, fc.option(fc.constantFrom('', 'blur'), { nil: undefined }))
    .map(([task, negative]): MadeTask => {
      const told = negative === undefined ? {} : { negative };
      return { ...task, ...told, kind: 'generate', model: route };
    });
  const edit = fc
    .tuple(
      made,
      fc.array(fc.constantFrom(...images), { minLength: 1, maxLength: 16 }),
      fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
      fc.constantFrom(undefined, undefined, undefined, images[0]),
    )
    .map(([task, given, strength, mask]): MadeTask => {
      const told = { ...(strength === undefined ? {} : { strength }), ...(mask ? { mask } : {}) };
      return { ...task, ...told, kind: 'edit', model: route, images: given };
    });
  return fc.oneof(generate, edit);
}

/** What must be in the request when the plan says nothing against a field. */
function promised(task: MadeTask, ignored: ReadonlySet<string>): Asked {
  const { kind, prompt, size, count, seed } = task;
  return {
    kind,
    model: task.model.model,
    prompt,
    ...(ignored.has('size') ? {} : size),
    count,
    ...(seed === undefined || ignored.has('seed') ? {} : { seed }),
    ...(task.kind === 'generate' && task.negative && !ignored.has('negative')
      ? { negative: task.negative }
      : {}),
    ...(task.kind === 'edit' ? { images: task.images.map(({ hash }) => hash) } : {}),
  };
}

/**
 * Sets every param over its range: what the plan refuses is not sent; of the rest exactly what the plan does not call ignored
 * is in the request, unchanged. `read` throws for a field it does not know. Gives how many were sent.
 */
export async function sendsWhatThePlanSays(
  provider: Provider,
  model: ModelSpec,
  images: readonly ImageRef[],
  start: () => RecordingTools,
  read: (request: HttpRequest) => Asked,
): Promise<{ generate: number; edit: number }> {
  const sent = { generate: 0, edit: 0 };
  await fc.assert(
    fc.asyncProperty(anyTask(provider, model, images), async (task) => {
      const notes = checkTask(task, model);
      if (notes.some(({ effect }) => effect === 'refused')) return;
      const tools = start();
      await provider.submit(task, tools);
      const spent = tools.calls.filter(({ by }) => by === 'spend');
      expect(spent).toHaveLength(1);
      const ignored = new Set(notes.map(({ field }) => field));
      expect(read(spent[0]!)).toEqual(promised(task, ignored));
      sent[task.kind] += 1;
    }),
    { numRuns: 1500, endOnFailure: true },
  );
  return sent;
}
