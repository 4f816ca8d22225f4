import { describe, expect, onTestFinished, test } from 'vitest';
import { checkTask } from '#core/plan/check-task';
import type { RemoteResult } from '#core/provider';
import type { ImageTask, TaskOf } from '#core/task';
import abacus from '#providers/abacus.provider';
import { createFakeAbacus, type FakeAbacusOptions } from '#test/kit/fake-abacus';
import { expectExplained } from './kit-explained';
import { answer, picture, recordingTools, server, thrown, type RecordingTools } from './kit-recording-tools';

async function start(options: FakeAbacusOptions = {}, model = 'seedream') {
  const vendor = await createFakeAbacus(options);
  onTestFinished(() => vendor.close());
  const tools = recordingTools(abacus, server(vendor.url, abacus.hosts), {
    key: 'test-key',
    settings: { model },
  });
  return { vendor, tools };
}
function generate(changes: Partial<TaskOf<'generate'>> = {}): TaskOf<'generate'> {
  return {
    kind: 'generate',
    model: { provider: 'abacus', model: 'seedream' },
    prompt: 'a red bicycle',
    size: { width: 2048, height: 2048 },
    count: 1,
    loras: [],
    extra: undefined,
    ...changes,
  };
}
async function result(task: ImageTask, tools: RecordingTools): Promise<RemoteResult> {
  const made = await abacus.submit(task, tools);
  if (made.state !== 'done') throw new Error('the answer is the result');
  return made.result;
}
const list = { data: [{ id: 'seedream' }] };
/** What comes of a 200 with this body. */
const answering = (body: unknown) =>
  recordingTools(abacus, ({ method }) => answer(200, method === 'GET' ? list : body), {
    key: 'k',
    settings: { model: 'seedream' },
  });

describe('the route is off', () => {
  test.each([
    ['until the model is named', '', {}, 'route-off', 'is off'],
    ['while it is blank', '  ', {}, 'route-off', 'is off'],
    ['where the account has no Seedream', 'seedream', { models: ['flux2'] }, 'model-closed', 'no Seedream'],
    [
      'where it has another name',
      'seedream',
      { models: ['Seedream_4_5'] },
      'model-closed',
      'lists Seedream_4_5',
    ],
  ])('%s: nothing is sent that costs', async (_name, model, options, code, says) => {
    const { vendor, tools } = await start(options, model);
    const failure = await thrown(abacus.submit(generate(), tools));
    expect(failure).toMatchObject({ code, act: 'user', charge: 'none' });
    expect(failure.message).toContain(says);
    expect(vendor.requests.some(({ points }) => points.includes('submit'))).toBe(false);
  });

  test.each(['html', 'empty', 'truncated-json', 'wrong-types'] as const)(
    'while the list of models is no list: %s',
    async (kind) => {
      const { vendor, tools } = await start();
      vendor.fail({ kind, on: 'catalogue' });
      expect(await thrown(abacus.submit(generate(), tools))).toMatchObject({ code: 'unreadable' });
      expect(vendor.charges).toEqual([]);
    },
  );
});

describe('the request', () => {
  test('asks for the model first, then for an aspect', async () => {
    const { tools } = await start({}, ' seedream ');
    await result(generate({ size: { width: 1440, height: 2560 }, seed: 7 }), tools);
    expect(tools.calls).toEqual([
      {
        by: 'ask',
        method: 'GET',
        url: 'https://routellm.abacus.ai/v1/models',
        headers: { authorization: 'Bearer test-key' },
      },
      {
        by: 'spend',
        method: 'POST',
        url: 'https://routellm.abacus.ai/v1/chat/completions',
        headers: { authorization: 'Bearer test-key' },
        timeout: 300_000,
        json: {
          model: 'seedream',
          modalities: ['image'],
          image_config: { aspect_ratio: '9:16' },
          messages: [{ role: 'user', content: [{ type: 'text', text: 'a red bicycle' }] }],
          stream: false,
        },
      },
    ]);
  });

  test('everything that is asked is sent, or the plan says that it is not', async () => {
    const sent = await expectExplained(abacus, {
      settings: { model: 'seedream' },
      respond: ({ method }) =>
        answer(
          200,
          method === 'GET' ? list : { choices: [{ message: { images: [{ url: 'https://p.example/1' }] } }] },
        ),
      carried: ({ model, modalities, stream, image_config: _aspect, messages, ...others }) => {
        expect({ model, modalities, stream, others }).toEqual({
          model: 'seedream',
          modalities: ['image'],
          stream: false,
          others: {},
        });
        const [{ content }] = messages as [{ content: { type: string; text?: string }[] }];
        const images = content.filter(({ type }) => type === 'image_url').length;
        return { prompt: content[0]?.text, count: 1, ...(images === 0 ? {} : { images }) };
      },
    });
    expect(sent).toBeGreaterThan(20);
  });

  test.each([
    [{ width: 2048, height: 2048 }, 'ignored', '1:1 only'],
    [{ width: 1366, height: 768 }, 'ignored', '16:9 only'],
    [{ width: 2000, height: 1500 }, 'refused', 'makes 1:1, 16:9, 9:16 only'],
  ])('the plan says what becomes of %o', (size, effect, says) => {
    const notes = checkTask(generate({ size }), abacus.models[0]!);
    expect(notes).toMatchObject([{ effect, field: 'size' }]);
    expect(notes[0]?.message).toContain(says);
  });
});

describe('the answer', () => {
  test('pictures are read wherever they are, and once each', async () => {
    const bytes = await picture(8, 8, '#fff');
    const data = `data:image/png;base64,${bytes.toString('base64')}`;
    const image = { type: 'image_url', image_url: { url: data } };
    for (const message of [
      { images: [image] },
      { images: [{ url: data }], content: null },
      { content: [{ type: 'text', text: 'Here:' }, image] },
      { content: `Here: ![it](${data})`, images: [image] },
      { content: '', images: [7, image] },
    ]) {
      const { pictures } = await result(generate(), answering({ choices: [{ message }] }));
      expect(pictures).toMatchObject([{ from: 'bytes' }]);
      expect(Buffer.from((pictures[0] as { bytes: Uint8Array }).bytes).equals(bytes)).toBe(true);
    }
  });

  test('links get no key', async () => {
    const { tools } = await start({ pictures: 'links' });
    const { pictures, vendorId } = await result(generate(), tools);
    expect(vendorId).toMatch(/^chatcmpl-/);
    expect(pictures).toMatchObject([{ from: 'url' }]);
    expect(pictures[0]).not.toHaveProperty('request.headers');
  });

  test.each([
    [{ choices: [] }],
    [{ choices: [{ message: { content: 'I cannot draw that.' } }] }],
    [{ choices: [{ message: { images: [{ image_url: { url: 'data:image/png;base64,?' } }] } }] }],
    [{ choices: {} }],
    [{ error: 'Something broke' }],
    [{ error: { message: 'Something broke' } }],
  ])('without a picture nobody can tell whether it was charged: %o', async (body) =>
    expect(await thrown(result(generate(), answering(body)))).toMatchObject({ charge: 'possible' }),
  );

  test('a refusal under a 200 costs nothing', async () => {
    const { pictures } = await result(generate(), answering({ success: false, error: 'Flagged as NSFW' }));
    expect(pictures).toMatchObject([{ from: 'nowhere', failure: { code: 'moderation', charge: 'none' } }]);
  });
});

test.each([
  [400, { error: { message: 'Invalid request', code: 400 } }, 'refused', 'user', 'none'],
  [400, { error: { message: 'Rejected by the safety system' } }, 'moderation', 'user', 'none'],
  [400, { error: 'Content policy violation' }, 'moderation', 'user', 'none'],
  [401, { error: { type: 'invalid_api_key' } }, 'bad-key', 'user', 'none'],
  [402, { error: 'You have run out of credits' }, 'no-balance', 'user', 'none'],
  [403, { error: 'No access' }, 'forbidden', 'user', 'none'],
  [429, { error: 'Quota exceeded; sensitive users wait' }, 'busy', 'wait', 'none'],
  [500, { error: {} }, 'vendor-down', 'wait', 'possible'],
  [502, '<html>', 'vendor-down', 'wait', 'possible'],
  [503, { success: false, error: 'Flagged' }, 'moderation', 'user', 'possible'],
])('%i %o is %s', (status, body, code, act, charge) => {
  expect(abacus.readError(answer(status, body))).toMatchObject({ code, act, charge });
});
