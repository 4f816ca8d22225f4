import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FailureError, type Failure } from '#core/failure';
import { checkTask } from '#core/plan/check-task';
import type { RemoteResult } from '#core/provider';
import type { ImageTask, TaskOf } from '#core/task';
import type { ImageRef } from '#core/values';
import byteplus from '#providers/byteplus.provider';
import { createFakeArk } from '#test/kit/fake-ark';
import type { FakeVendor } from '#test/kit/fake-vendor';
import { expectExplained } from './kit-explained';
import { answer, picture, recordingTools, server, thrown, type RecordingTools } from './kit-recording-tools';

const path = 'https://ark.ap-southeast.bytepluses.com/api/v3/images/generations';
let vendor: FakeVendor;
let tools: RecordingTools;
beforeEach(async () => {
  vendor = await createFakeArk();
  tools = recordingTools(byteplus, server(vendor.url, byteplus.hosts), { key: 'test-key' });
});
afterEach(() => vendor.close());

function generate(model: string, changes: Partial<TaskOf<'generate'>> = {}): TaskOf<'generate'> {
  return {
    kind: 'generate',
    model: { provider: 'byteplus', model },
    prompt: 'a red bicycle',
    size: { width: 2048, height: 2048 },
    count: 1,
    loras: [],
    extra: undefined,
    ...changes,
  };
}
function edit(model: string, images: ImageRef[], changes: Partial<TaskOf<'edit'>> = {}): TaskOf<'edit'> {
  const { kind: _kind, ...made } = generate(model);
  return { ...made, kind: 'edit', images, ...changes };
}
async function result(task: ImageTask, by: RecordingTools = tools): Promise<RemoteResult> {
  const made = await byteplus.submit(task, by);
  if (made.state !== 'done') throw new Error('the answer is the result');
  return made.result;
}
const url = (link: string) => ({ from: 'url', request: { method: 'GET', url: link } });
const linksSent = () => (tools.calls[0]!.json as { image: string[] }).image;
/** What comes of a 200 with this body. */
const answering = (body: unknown, headers?: Record<string, string>) =>
  recordingTools(byteplus, () => answer(200, body, headers), { key: 'k' });

describe('the request', () => {
  test.each([
    ['seedream-4.0', 'seedream-4-0-250828'],
    ['seedream-4.5', 'seedream-4-5-251128'],
    ['seedream-5-lite', 'seedream-5-0-260128'],
  ])('%s from words', async (model, name) => {
    await result(generate(model, { seed: 7, negative: 'blur' }));
    expect(tools.calls).toEqual([
      {
        by: 'spend',
        method: 'POST',
        url: path,
        headers: { authorization: 'Bearer test-key' },
        timeout: 300_000,
        json: {
          watermark: false,
          model: name,
          prompt: 'a red bicycle',
          size: '2048x2048',
          response_format: 'url',
          stream: false,
        },
      },
    ]);
  });

  test('a set is asked for as one', async () => {
    const { pictures } = await result(generate('seedream-4.5', { count: 4 }));
    expect(pictures).toHaveLength(4);
    expect(tools.calls[0]).toMatchObject({
      silence: 240_000,
      json: {
        sequential_image_generation: 'auto',
        sequential_image_generation_options: { max_images: 4 },
        stream: true,
      },
    });
    expect(vendor.charges).toMatchObject([{ pictures: 4 }]);
  });

  test('references go along as they are, in their order', async () => {
    const images = [];
    for (const color of ['#ff0000', '#00ff00', '#0000ff'])
      images.push(await tools.keep(await picture(640, 480, color)));
    await result(edit('seedream-4.5', images));
    const links = linksSent();
    for (const [index, image] of images.entries()) {
      const bytes = Buffer.from(links[index]!.slice('data:image/png;base64,'.length), 'base64');
      expect(bytes.equals(await tools.pictures.read(image)), `image ${index + 1}`).toBe(true);
    }
    expect(tools.calls.map(({ by }) => by)).toEqual(['spend']);
  });

  test('a file too heavy goes as WebP; a size that is not taken goes nowhere', async () => {
    const heavy = { ...(await tools.keep(await picture(64, 48, '#abcdef'))), bytes: 10_000_001 };
    await result(edit('seedream-4.5', [heavy]));
    expect(linksSent()[0]).toMatch(/^data:image\/webp;base64,/);
    const thin = await tools.keep(await picture(400, 20, '#fff'));
    expect(await thrown(result(edit('seedream-4.5', [heavy, thin])))).toMatchObject({
      code: 'reference-size',
      charge: 'none',
    });
    expect(tools.calls).toHaveLength(1);
  });

  test('what a document says besides is sent, and cannot ask for an answer of another kind', async () => {
    await result(
      generate('seedream-5-lite', {
        extra: { watermark: true, output_format: 'png', stream: true, response_format: 'b64_json' },
      }),
    );
    expect(tools.calls[0]?.json).toMatchObject({
      watermark: true,
      output_format: 'png',
      stream: false,
      response_format: 'url',
    });
  });

  test('everything that is asked is sent, or the plan says that it is not', async () => {
    const sent = await expectExplained(byteplus, {
      respond: () => answer(200, { data: [{ url: 'https://pictures.example/1.jpeg' }] }),
      carried: (body) => {
        const [width, height] = (body['size'] as string).split('x').map(Number);
        const set = body['sequential_image_generation_options'] as { max_images: number } | undefined;
        const known = ['watermark', 'model', 'prompt', 'image', 'size', 'response_format', 'stream'];
        const others = Object.keys(body).filter((name) => !known.includes(name));
        expect(others.filter((name) => !name.startsWith('sequential_image_generation'))).toEqual([]);
        return {
          prompt: body['prompt'],
          size: { width, height },
          count: set?.max_images ?? 1,
          ...(body['image'] === undefined ? {} : { images: (body['image'] as unknown[]).length }),
        };
      },
    });

    expect(sent).toBeGreaterThan(20);
  });
});

describe('the limits', () => {
  const image: ImageRef = { hash: 'h', format: 'png', width: 64, height: 64, bytes: 1 };
  const images = (count: number) => Array.from({ length: count }, () => image);
  const fields = (task: ImageTask) =>
    checkTask(
      task,
      byteplus.models.find(({ id }) => id === task.model.model)!,
    ).map(({ effect, field }) => `${effect} ${field}`);

  test.each([
    [edit('seedream-4.5', images(14)), []],
    [edit('seedream-4.5', images(15)), ['refused images', 'refused count']],
    [edit('seedream-4.5', images(10), { count: 5 }), []],
    [edit('seedream-4.5', images(10), { count: 6 }), ['refused count']],
    [generate('seedream-4.0', { count: 15 }), []],
    [generate('seedream-4.0', { count: 16 }), ['refused count', 'refused count']],
    [generate('seedream-4.0', { size: { width: 1280, height: 720 } }), []],
    [generate('seedream-4.5', { size: { width: 1280, height: 720 } }), ['refused size']],
    [generate('seedream-5-lite', { size: { width: 5504, height: 3040 } }), []],
    [generate('seedream-4.5', { size: { width: 4096, height: 4097 } }), ['refused size']],
    [generate('seedream-4.5', { size: { width: 10_240, height: 600 } }), ['refused size']],
    [generate('seedream-4.5', { seed: 1, negative: 'blur' }), ['ignored seed', 'ignored negative']],
  ])('%#', (task, notes) => expect(fields(task)).toEqual(notes));

  test('the smallest of each is taken by the vendor too', async () => {
    for (const [model, size] of [
      ['seedream-4.0', { width: 960, height: 960 }],
      ['seedream-4.5', { width: 2560, height: 1440 }],
      ['seedream-5-lite', { width: 1440, height: 2560 }],
    ] as const)
      expect((await result(generate(model, { size }))).pictures).toHaveLength(1);
  });
});

describe('the answer', () => {
  const task = generate('seedream-4.5', { count: 2 });
  const held = { code: 'OutputImageSensitiveContentDetected', message: 'may contain sensitive information.' };
  const internal = { code: 'InternalServiceError', message: 'The service encountered an error.' };

  test('links need no key', async () => {
    const { pictures } = await result(task);
    for (const made of pictures) {
      if (made.from !== 'url') throw new Error('links were asked for');
      expect(made.request.headers).toBeUndefined();
      expect((await fetch(made.request.url)).headers.get('content-type')).toBe('image/jpeg');
    }
  });

  test('of a set that is partly refused each refusal is told in its place, and not charged', async () => {
    const body = { data: [{ error: held }, { url: 'https://p.example/1' }], usage: { generated_images: 1 } };
    expect(await result(task, answering(body, { 'x-request-id': 'r1' }))).toEqual({
      pictures: [
        {
          from: 'nowhere',
          failure: expect.objectContaining({ code: 'moderation', charge: 'none' }) as Failure,
        },
        url('https://p.example/1'),
      ],
      charged: { certain: 1, possible: 0, of: 2 },
      vendorId: 'r1',
    });
  });

  test('a picture inside the answer is taken too', async () => {
    const bytes = await picture(8, 8, '#fff');
    const { pictures } = await result(task, answering({ data: [{ b64_json: bytes.toString('base64') }] }));
    expect(pictures).toMatchObject([{ from: 'bytes' }]);
    expect(Buffer.from((pictures[0] as { bytes: Uint8Array }).bytes).equals(bytes)).toBe(true);
  });

  test.each([
    ['all held back', { data: [{ error: held }, { error: held }] }, ['moderation', 'moderation']],
    ['all failed', { data: [{ error: internal }], usage: { generated_images: 0 } }, ['job-failed']],
    ['a refusal under a 200', { error: { code: 'InputTextSensitiveContentDetected' } }, ['moderation']],
    ['no money under a 200', { error: { code: 'AccountOverdueError', message: 'x' } }, ['no-balance']],
    ['a wrong key under a 200', { error: { code: 'AuthenticationError' } }, ['bad-key']],
    ['nothing at all', { data: [], usage: null }, undefined],
    ['nothing, and yet billed', { data: [{ error: held }], usage: { generated_images: 1 } }, undefined],
    ['no picture in the list', { data: [{ url: '' }, { url: 7, b64_json: '???' }] }, undefined],
    ['a failure under a 200', { error: internal }, undefined],
    ['an unknown error under a 200', { error: { code: 'NewThing', message: 'x' } }, undefined],
  ])('%s', async (_name, body, codes) => {
    if (codes === undefined) {
      // Nobody can tell whether that was charged: the person decides.
      expect(await thrown(result(task, answering(body)))).toMatchObject({ charge: 'possible' });
      return;
    }
    const { pictures } = await result(task, answering(body));
    const failures = pictures.map((made) => (made.from === 'nowhere' ? made.failure : undefined));
    expect(failures.map((failure) => failure?.code)).toEqual(codes);
    expect(failures.every((failure) => failure?.charge === 'none')).toBe(true);
  });
});

describe('a set that comes as events', () => {
  const task = generate('seedream-4.5', { count: 4 });
  const made = (index: number, more = {}) => {
    const type = 'image_generation.partial_succeeded';
    return { type, image_index: index, url: `https://p.example/${index}`, size: '8x8', ...more };
  };
  const failed = (index: number, code: string) => ({
    type: 'image_generation.partial_failed',
    image_index: index,
    error: { code, message: 'x' },
  });
  const completed = (generated?: number) => ({
    type: 'image_generation.completed',
    usage: generated === undefined ? null : { generated_images: generated },
  });
  const done = '[DONE]';
  const streaming = (events: readonly (object | string)[]) => {
    const body = events.map(
      (event) => `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`,
    );
    return recordingTools(byteplus, () => answer(200, body.join('')), { key: 'k' });
  };
  const links = ({ pictures }: RemoteResult) =>
    pictures.map((each) =>
      each.from === 'url'
        ? Number(each.request.url.at(-1))
        : each.from === 'nowhere'
          ? each.failure.code
          : each.from,
    );

  test.each<[string, (object | string)[], (number | string)[], RemoteResult['charged']]>([
    ['all of it', [made(0), made(1), made(2), made(3), completed(4), done], [0, 1, 2, 3], undefined],
    ['in any order', [made(3), made(1), completed(4), made(0), made(2), done], [0, 1, 2, 3], undefined],
    [
      'without numbers',
      [0, 1, 2, 3].map((index) => made(index, { image_index: null })).concat(completed(4) as never),
      [0, 1, 2, 3],
      undefined,
    ],
    [
      'under one number',
      [0, 1, 2, 3].map((index) => made(index, { image_index: 0 })).concat(completed(4) as never),
      [0, 1, 2, 3],
      undefined,
    ],
    ['told twice', [made(0), made(0), made(1), completed(2)], [0, 1], { certain: 2, possible: 0, of: 4 }],
    [
      'fewer than asked for',
      [made(0), made(1), completed(2), done],
      [0, 1],
      { certain: 2, possible: 0, of: 4 },
    ],
    ['fewer, and no usage', [made(0), made(1), done], [0, 1], { certain: 2, possible: 0, of: 4 }],
    [
      'some refused',
      [
        made(0),
        failed(1, 'OutputImageSensitiveContentDetected'),
        failed(2, 'InternalServiceError'),
        made(3),
        completed(2),
        done,
      ],
      [0, 'moderation', 'job-failed', 3],
      { certain: 2, possible: 0, of: 4 },
    ],
    ['cut after two', [made(0), made(1)], [0, 1, 'cut-short'], { certain: 2, possible: 2, of: 4 }],
    ['cut after the last', [made(0), made(1), made(2), made(3)], [0, 1, 2, 3], undefined],
    [
      'cut with one refused',
      [made(0), failed(1, 'InternalServiceError'), made(2)],
      [0, 'job-failed', 2, 'cut-short'],
      { certain: 2, possible: 1, of: 4 },
    ],
    [
      'one unread, and in the usage',
      [made(0), made(1), made(2), '{"type":', completed(4), done],
      [0, 1, 2, 'cut-short'],
      undefined,
    ],
    [
      'one unread, and no usage',
      [made(0), '{"type":', made(2), made(3), done],
      [0, 2, 3, 'cut-short'],
      { certain: 3, possible: 1, of: 4 },
    ],
    [
      'events of another kind',
      [
        made(0),
        { type: 'image_generation.partial_image', b64: 'x' },
        made(1),
        made(2),
        made(3),
        completed(4),
      ],
      [0, 1, 2, 3],
      undefined,
    ],
    [
      'stopped by the service',
      [made(0), { error: { code: 'InternalServiceError', message: 'x' } }],
      [0, 'cut-short'],
      { certain: 1, possible: 3, of: 4 },
    ],
    [
      'stopped by the account',
      [made(0), { error: { code: 'AccountOverdueError', message: 'x' } }],
      [0, 'no-balance'],
      { certain: 1, possible: 0, of: 4 },
    ],
    [
      'refused before the first',
      [{ error: { code: 'InputTextSensitiveContentDetected' } }],
      ['moderation'],
      undefined,
    ],
    [
      'all held back',
      [0, 1, 2, 3]
        .map((index) => failed(index, 'OutputImageSensitiveContentDetected'))
        .concat(completed(0) as never),
      Array.from({ length: 4 }, () => 'moderation'),
      undefined,
    ],
  ])('%s', async (_name, events, expected, charged) => {
    const got = await result(task, streaming(events));
    expect(links(got)).toEqual(expected);
    if (charged === undefined) expect(got).not.toHaveProperty('charged');
    else expect(got.charged).toEqual(charged);
  });

  test.each([
    ['nothing', []],
    ['the end only', [completed(0), done]],
    ['one refusal, then cut', [failed(0, 'InternalServiceError')]],
    ['a failure of the service before the first', [{ error: { code: 'InternalServiceError' } }]],
    ['only what cannot be read', ['{"type":', '7', '"image_generation.completed"']],
  ])('%s: nobody can tell what was charged', async (_name, events) => {
    expect(await thrown(result(task, streaming(events)))).toMatchObject({ charge: 'possible' });
  });

  test('each picture is told as it comes, as if it were the last', async () => {
    const by = streaming([made(1), failed(0, 'InternalServiceError'), made(2), made(3), completed(3), done]);
    await result(task, by);
    expect(by.soFar.map((soFar) => [links(soFar), soFar.charged])).toEqual([
      [[1, 'cut-short'], { certain: 1, possible: 3, of: 4 }],
      [['job-failed', 1, 'cut-short'], { certain: 1, possible: 2, of: 4 }],
      [['job-failed', 1, 2, 'cut-short'], { certain: 2, possible: 1, of: 4 }],
      [['job-failed', 1, 2, 3], { certain: 3, possible: 0, of: 4 }],
      [['job-failed', 1, 2, 3], { certain: 3, possible: 0, of: 4 }],
    ]);
  });

  test('what is missing is told in words', async () => {
    const { pictures } = await result(task, streaming([made(0), made(1), made(2)]));
    const [, , , missing] = pictures;
    expect(missing).toMatchObject({
      failure: {
        charge: 'possible',
        message: expect.stringMatching(/gave 3 of 4 pictures, then.*may have made 1 more.*console/) as string,
      },
    });
  });

  test('any events whatever lose no picture and count none twice', async () => {
    const event = fc.oneof(
      fc.nat({ max: 5 }).map((index) => made(index)),
      fc.nat({ max: 5 }).map((index) => failed(index, 'InternalServiceError')),
      fc.constantFrom<(object | string)[]>(
        '{"a":',
        'null',
        {},
        { type: 'new' },
        { type: 7 },
        { error: null },
      ),
    );
    const end = fc.constantFrom<(object | string)[]>(
      completed(),
      completed(0),
      completed(4),
      completed(9),
      done,
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { maxLength: 8 }),
        fc.array(end, { maxLength: 2 }),
        async (events, ends) => {
          const told = new Set(
            events.flatMap((each) => (typeof each === 'object' && 'url' in each ? [String(each.url)] : [])),
          );
          const got = await result(task, streaming([...events, ...ends])).catch((error: unknown) => {
            expect(error).toBeInstanceOf(FailureError);
            return undefined;
          });
          const kept = (got?.pictures ?? []).flatMap((each) =>
            each.from === 'url' ? [each.request.url] : [],
          );
          expect(kept.toSorted()).toEqual([...told].toSorted());
          if (got?.charged === undefined) return;
          const { certain, possible, of } = got.charged;
          expect(of).toBe(4);
          expect(certain).toBeGreaterThanOrEqual(kept.length);
          expect(possible).toBeGreaterThanOrEqual(0);
          // What may be charged besides was asked for, and never more than that.
          if (possible > 0) expect(certain + possible).toBeLessThanOrEqual(of);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('what an error means', () => {
  const said = (code: string, message = 'The request failed. Request ID: 0217') => ({
    error: { code, message, param: '', type: 'BadRequest' },
  });
  test.each([
    [400, said('MissingParameter'), 'refused', 'user', 'none'],
    [400, said('InvalidParameter'), 'refused', 'user', 'none'],
    [400, said('SensitiveContentDetected'), 'moderation', 'user', 'none'],
    [400, said('SensitiveContentDetected.SevereViolation'), 'moderation', 'user', 'none'],
    [400, said('SensitiveContentDetected.Violence'), 'moderation', 'user', 'none'],
    [400, said('InputTextSensitiveContentDetected'), 'moderation', 'user', 'none'],
    [400, said('InputImageSensitiveContentDetected.PrivacyInformation'), 'moderation', 'user', 'none'],
    [400, said('OutputImageSensitiveContentDetected'), 'moderation', 'user', 'none'],
    [400, said('InputImageRiskDetection'), 'moderation', 'user', 'none'],
    [400, said('InvalidEndpoint.ClosedEndpoint'), 'model-closed', 'user', 'none'],
    [401, said('AuthenticationError'), 'bad-key', 'user', 'none'],
    [403, said('AccountOverdueError'), 'no-balance', 'user', 'none'],
    [403, said('OperationDenied.ServiceOverdue'), 'no-balance', 'user', 'none'],
    [403, said('OperationDenied.ServiceNotOpen'), 'model-closed', 'user', 'none'],
    [403, said('AccessDenied'), 'forbidden', 'user', 'none'],
    [404, said('InvalidEndpoint.NotFound'), 'model-closed', 'user', 'none'],
    [404, said('ModelNotOpen'), 'model-closed', 'user', 'none'],
    [404, said('InvalidEndpointOrModel.ModelIDAccessDisabled'), 'model-closed', 'user', 'none'],
    [404, '<html>nothing here</html>', 'not-found', 'user', 'none'],
    [413, 'too large', 'too-large', 'user', 'none'],
    [429, said('RateLimitExceeded.EndpointRPMExceeded'), 'busy', 'wait', 'none'],
    [429, said('QuotaExceeded'), 'quota', 'user', 'none'],
    [429, { error: null }, 'busy', 'wait', 'none'],
    [500, said('InternalServiceError'), 'vendor-down', 'wait', 'possible'],
    [503, '', 'vendor-down', 'wait', 'possible'],
    [302, '', 'unreadable', 'vendor', 'possible'],
  ])('%i %o is %s', (status, body, code, act, charge) => {
    expect(byteplus.readError(answer(status, body))).toMatchObject({ code, act, charge });
  });

  test('says what the vendor found wrong, and who is in the picture', () => {
    const wrong = byteplus.readError(
      answer(400, said('InvalidParameter', 'The parameter size is not valid.')),
    );
    expect(wrong.message).toContain('The parameter size is not valid.');
    const person = byteplus.readError(
      answer(400, said('InputImageSensitiveContentDetected.PrivacyInformation')),
    );
    expect(person.message).toContain('a real person');
  });
});
