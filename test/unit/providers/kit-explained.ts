import fc from 'fast-check';
import { expect } from 'vitest';
import type { JsonObject } from '#core/json';
import { checkTask } from '#core/plan/check-task';
import type { HttpAnswer, HttpRequest, Provider } from '#core/provider';
import type { ImageTask } from '#core/task';
import type { LoraRef } from '#core/values';
import { picture, recordingTools } from './kit-recording-tools';

/** What a paid request carries, read back in the words of a task; a field that it has nothing for is left out. */
export type Carried = Partial<
  Record<
    'prompt' | 'size' | 'count' | 'seed' | 'negative' | 'images' | 'loras' | 'mask' | 'strength',
    unknown
  >
>;

/**
 * Sends tasks with every field over its range and holds each request against what the plan says of the task: what is
 * neither refused nor ignored is carried as it was asked, and what is ignored is not there.
 */
export async function expectExplained(
  provider: Provider,
  given: {
    respond(request: HttpRequest): HttpAnswer;
    carried(body: JsonObject): Carried;
    settings?: Record<string, string>;
    /** How many tasks are tried, 400 unless told: for a vendor of many models, most of which refuse most sizes. */
    runs?: number;
  },
): Promise<number> {
  let sent = 0;
  const tools = recordingTools(provider, (request) => given.respond(request), {
    key: 'k',
    settings: given.settings ?? {},
  });
  const image = await tools.keep(await picture(32, 32, '#123456'));
  const side = fc.oneof(fc.integer({ min: 16, max: 16_384 }), {
    weight: 3,
    arbitrary: fc.constantFrom(1440, 2048, 2560, 3040, 4096),
  });
  const made = {
    prompt: fc.oneof(fc.string(), fc.string({ unit: 'grapheme', minLength: 1 })),
    size: fc.oneof(
      fc.record({ width: side, height: side }),
      fc.constantFrom(
        { width: 2048, height: 2048 },
        { width: 2560, height: 1440 },
        { width: 1440, height: 2560 },
      ),
    ),
    count: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 16 })),
    seed: fc.option(fc.nat(), { nil: undefined }),
    loras: fc.oneof(
      { weight: 9, arbitrary: fc.constant<LoraRef[]>([]) },
      { weight: 1, arbitrary: fc.constant<LoraRef[]>([{ name: 'a', strength: 1 }]) },
    ),
  };
  const task = fc.constantFrom(...provider.models).chain(({ id, tasks }) =>
    fc
      .oneof(
        ...tasks.map((kind) =>
          kind === 'edit'
            ? fc.record({
                kind: fc.constant(kind),
                ...made,
                images: fc.array(fc.constant(image), { minLength: 1, maxLength: 16 }),
                mask: fc.option(fc.constant(image), { nil: undefined, freq: 10 }),
                strength: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
              })
            : fc.record({
                kind: fc.constant('generate'),
                ...made,
                negative: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
              }),
        ),
      )
      .map((fields) => ({ ...fields, model: { provider: provider.id, model: id } }) as ImageTask),
  );
  await fc.assert(
    fc.asyncProperty(task, async (asked) => {
      const model = provider.models.find(({ id }) => id === asked.model.model)!;
      const notes = checkTask(asked, model);
      if (notes.some(({ effect }) => effect === 'refused')) return;
      tools.calls.length = 0;
      await provider.submit(asked, tools);
      const bodies = tools.calls.filter(({ by }) => by === 'spend').map(({ json }) => json as JsonObject);
      expect(bodies).toHaveLength(1);
      const ignored = new Set(notes.map(({ field }) => field));
      const { kind: _kind, model: _model, loras: _loras, ...fields } = asked as JsonObject;
      const expected = Object.entries({
        ...fields,
        images: (fields['images'] as unknown[] | undefined)?.length,
      });
      expect(given.carried(bodies[0]!)).toEqual(
        Object.fromEntries(expected.filter(([name, value]) => value !== undefined && !ignored.has(name))),
      );
      sent += 1;
    }),
    { numRuns: given.runs ?? 400 },
  );
  return sent;
}
