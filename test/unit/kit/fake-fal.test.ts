import sharp from 'sharp';
import { afterEach, describe, expect, it } from 'vitest';
import { createFakeFal, type FakeFalOptions } from '../../kit/fake-fal';
import type { FakeVendor } from '../../kit/fake-vendor';

const v4 = '/fal-ai/bytedance/seedream/v4/text-to-image';
const v4Edit = '/fal-ai/bytedance/seedream/v4/edit';
const v45 = '/fal-ai/bytedance/seedream/v4.5/text-to-image';
const v45Edit = '/fal-ai/bytedance/seedream/v4.5/edit';
const v5 = '/bytedance/seedream/v5/lite/text-to-image';
const v5Edit = '/bytedance/seedream/v5/lite/edit';
const small = { width: 960, height: 960 };

interface Ticket {
  status: string;
  request_id: string;
  response_url: string;
  status_url: string;
  cancel_url: string;
}
interface Result {
  images: { url: string; width: number; height: number; file_size: number; content_type: string }[];
  seed?: number;
}

let fal: FakeVendor;
afterEach(() => fal.close());

async function start(options?: FakeFalOptions) {
  fal = await createFakeFal(options);
}

const authorization = 'Key test-key';

function post(path: string, input: object) {
  return fetch(fal.url + path, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
}

async function ticketOf(path: string, input: object): Promise<Ticket> {
  const answer = await post(path, input);
  expect(answer.status).toBe(200);
  return (await answer.json()) as Ticket;
}

function get(url: string, method = 'GET') {
  return fetch(url, { method, headers: { authorization } });
}

async function status(ticket: Ticket): Promise<string> {
  return ((await (await get(ticket.status_url)).json()) as Ticket).status;
}

async function resultOf(path: string, input: object): Promise<Result> {
  const ticket = await ticketOf(path, input);
  expect(await status(ticket)).toBe('COMPLETED');
  const answer = await get(ticket.response_url);
  expect(answer.status).toBe(200);
  return (await answer.json()) as Result;
}

async function bytesOf(url: string): Promise<Buffer> {
  return Buffer.from(await (await fetch(url)).arrayBuffer());
}

async function detailOf(path: string, input: object) {
  const answer = await post(path, input);
  expect(answer.status).toBe(422);
  const { detail } = (await answer.json()) as { detail: { loc: unknown[]; type: string; url: string }[] };
  return detail;
}

describe('the queue', () => {
  it('answers a submit with a ticket whose links drop the sub-path', async () => {
    await start();
    const ticket = await ticketOf(v45Edit, { prompt: 'x', image_urls: ['https://example.org/a.png'] });
    const base = `${fal.url}/fal-ai/bytedance/requests/${ticket.request_id}`;
    expect(ticket).toEqual({
      status: 'IN_QUEUE',
      request_id: ticket.request_id,
      queue_position: 0,
      response_url: base,
      status_url: `${base}/status`,
      cancel_url: `${base}/cancel`,
    });
    const lite = await ticketOf(v5, { prompt: 'x' });
    expect(lite.status_url).toBe(`${fal.url}/bytedance/seedream/requests/${lite.request_id}/status`);
  });

  it('knows a job under its own owner and alias only', async () => {
    await start();
    const { request_id: id } = await ticketOf(v45, { prompt: 'x' });
    expect((await get(`${fal.url}${v45}/requests/${id}/status`)).status).toBe(404);
    expect((await get(`${fal.url}/bytedance/seedream/requests/${id}/status`)).status).toBe(404);
    expect((await get(`${fal.url}/fal-ai/bytedance/requests/${id}/status`)).status).toBe(200);
  });

  it('goes through the three states and gives the result only at the end', async () => {
    await start({ pollsUntilDone: 3 });
    const ticket = await ticketOf(v4, { prompt: 'x', image_size: small });
    const early = await get(ticket.response_url);
    expect([early.status, await early.json()]).toEqual([
      400,
      { detail: 'Request is still in progress', error_type: 'bad_request' },
    ]);
    expect([await status(ticket), await status(ticket), await status(ticket)]).toEqual([
      'IN_QUEUE',
      'IN_PROGRESS',
      'COMPLETED',
    ]);
    const answer = await get(ticket.response_url);
    expect(answer.headers.get('x-fal-request-id')).toBe(ticket.request_id);
  });

  it('has no other endpoints', async () => {
    await start();
    const answer = await post('/fal-ai/flux/dev', { prompt: 'x' });
    expect(answer.status).toBe(404);
    expect(fal.charges).toHaveLength(0);
  });

  it('charges a job by its pictures, and not when it is cancelled in the queue', async () => {
    await start({ pollsUntilDone: 3 });
    const ticket = await ticketOf(v45, { prompt: 'x', num_images: 2, max_images: 3 });
    expect(fal.charges).toEqual([{ jobId: ticket.request_id, pictures: 6, at: expect.any(Number) }]);
    const cancelled = await get(ticket.cancel_url, 'PUT');
    expect([cancelled.status, await cancelled.json()]).toEqual([200, { status: 'OK' }]);
    expect(fal.charges).toHaveLength(0);
    expect(await status(ticket)).toBe('COMPLETED');
    const result = await get(ticket.response_url);
    expect(result.status).toBe(499);
    expect(result.headers.get('x-fal-error-type')).toBe('client_cancelled');
  });

  it('only notes the wish to cancel a job in progress, and says when it is too late', async () => {
    await start({ pollsUntilDone: 2 });
    const ticket = await ticketOf(v4, { prompt: 'x', image_size: small });
    expect(await status(ticket)).toBe('IN_PROGRESS');
    const wished = await get(ticket.cancel_url, 'PUT');
    expect([wished.status, await wished.json()]).toEqual([202, { status: 'CANCELLATION_REQUESTED' }]);
    expect(await status(ticket)).toBe('COMPLETED');
    const late = await get(ticket.cancel_url, 'PUT');
    expect([late.status, await late.json()]).toEqual([400, { status: 'ALREADY_COMPLETED' }]);
    const unknown = await get(`${fal.url}/fal-ai/bytedance/requests/nobody/cancel`, 'PUT');
    expect([unknown.status, await unknown.json()]).toEqual([404, { status: 'NOT_FOUND' }]);
    expect(fal.charges).toHaveLength(1);
  });
});

describe('the pictures', () => {
  it('are PNGs of the size asked, downloadable without a key', async () => {
    await start();
    const result = await resultOf(v4, { prompt: 'x', image_size: { width: 1200, height: 900 } });
    const [image] = result.images;
    expect(image).toMatchObject({ content_type: 'image/png', width: 1200, height: 900 });
    const bytes = await bytesOf(image?.url ?? '');
    expect(bytes.length).toBe(image?.file_size);
    const { format, width, height } = await sharp(bytes).metadata();
    expect([format, width, height]).toEqual(['png', 1200, 900]);
  });

  it('come in the largest size too', async () => {
    await start();
    const result = await resultOf(v45, { prompt: 'x', image_size: 'auto_4K' });
    const { width, height } = await sharp(await bytesOf(result.images[0]?.url ?? '')).metadata();
    expect([width, height]).toEqual([4096, 4096]);
  });

  it('differ by prompt, seed, index and references, and repeat by seed', async () => {
    await start();
    const draw = async (path: string, input: object) => {
      const { images } = await resultOf(path, { image_size: small, ...input });
      return Promise.all(images.map(async ({ url }) => (await bytesOf(url)).toString('base64')));
    };
    const first = await draw(v4, { prompt: 'a', seed: 1, num_images: 2 });
    const others = [
      ...(await draw(v4, { prompt: 'b', seed: 1 })),
      ...(await draw(v4, { prompt: 'a', seed: 2 })),
      ...(await draw(v4Edit, { prompt: 'a', seed: 1, image_urls: ['https://example.org/1.png'] })),
      ...(await draw(v4Edit, { prompt: 'a', seed: 1, image_urls: ['https://example.org/2.png'] })),
      ...(await draw(v4, { prompt: 'a' })),
    ];
    expect(new Set([...first, ...others]).size).toBe(7);
    expect(await draw(v4, { prompt: 'a', seed: 1, num_images: 2 })).toEqual(first);
  });

  it('name a seed, but not for the edit of 4.5', async () => {
    await start();
    expect((await resultOf(v4, { prompt: 'x', seed: 7, image_size: small })).seed).toBe(7);
    const edit = await resultOf(v45Edit, { prompt: 'x', image_urls: ['https://example.org/1.png'] });
    expect(edit).not.toHaveProperty('seed');
    // v5 lite takes no seed and chooses its own.
    expect((await resultOf(v5, { prompt: 'x', seed: 7 })).seed).not.toBe(7);
  });

  it('depend on the last ten references only', async () => {
    await start();
    const urls = Array.from({ length: 11 }, (_, index) => `https://example.org/${index}.png`);
    const draw = async (image_urls: string[]) => {
      const { images } = await resultOf(v4Edit, { prompt: 'x', seed: 1, image_size: small, image_urls });
      return bytesOf(images[0]?.url ?? '');
    };
    expect((await draw(urls)).equals(await draw(urls.slice(1)))).toBe(true);
    expect((await draw(urls)).equals(await draw(urls.slice(2)))).toBe(false);
  });

  it('come as a data URI in sync mode', async () => {
    await start();
    const { images } = await resultOf(v4, { prompt: 'x', image_size: small, sync_mode: true });
    expect(images[0]?.url).toMatch(/^data:image\/png;base64,iVBOR/);
  });
});

describe('the rules for inputs', () => {
  it('name what is missing', async () => {
    await start();
    expect(await detailOf(v45, {})).toEqual([
      {
        loc: ['body', 'prompt'],
        msg: 'Field required',
        type: 'missing',
        url: 'https://docs.fal.ai/errors/#missing',
      },
    ]);
    const [missing] = await detailOf(v5Edit, { prompt: 'x' });
    expect(missing?.loc).toEqual(['body', 'image_urls']);
    expect(fal.charges).toHaveLength(0);
  });

  it.each([
    [v45, 1024, 1024, false],
    [v45, 1920, 1920, true],
    [v45, 2560, 1440, true],
    [v45, 5504, 3040, true],
    [v45, 5000, 4000, false],
    [v4, 959, 960, false],
    [v4, 960, 960, true],
    [v4, 4097, 4096, false],
    [v4Edit, 512, 512, true],
    [v5, 512, 512, true],
  ])('size on %s: %i × %i is taken: %s', async (path, width, height, taken) => {
    await start();
    const image_urls = ['https://example.org/1.png'];
    const answer = await post(path, { prompt: 'x', image_urls, image_size: { width, height } });
    expect(answer.status).toBe(taken ? 200 : 422);
    if (!taken) {
      expect(await answer.json()).toMatchObject({ detail: [{ loc: ['body', 'image_size'] }] });
      expect(answer.headers.get('x-fal-retryable')).toBe('false');
    }
  });

  it('rescale what v5 lite and the edit of v4 find too small', async () => {
    await start();
    const lite = await resultOf(v5, { prompt: 'x', image_size: { width: 512, height: 512 } });
    expect([lite.images[0]?.width, lite.images[0]?.height]).toEqual([1920, 1920]);
    const edit = await resultOf(v4Edit, {
      prompt: 'x',
      image_urls: ['https://example.org/1.png'],
      image_size: { width: 480, height: 480 },
    });
    expect([edit.images[0]?.width, edit.images[0]?.height]).toEqual([960, 960]);
  });

  it('know different names of sizes for each model', async () => {
    await start();
    const taken = async (path: string, image_size: string) =>
      (await post(path, { prompt: 'x', image_size })).status === 200;
    expect(await taken(v4, 'auto')).toBe(true);
    expect(await taken(v45, 'auto')).toBe(false);
    expect(await taken(v5, 'auto_3K')).toBe(true);
    expect(await taken(v45, 'auto_3K')).toBe(false);
    expect(await taken(v45, '2048x2048')).toBe(false);
  });

  it('bound the numbers of pictures', async () => {
    await start();
    const [many] = await detailOf(v45, { prompt: 'x', num_images: 7 });
    expect(many).toMatchObject({ loc: ['body', 'num_images'], type: 'less_than_equal' });
    const image_urls = Array.from({ length: 10 }, () => 'https://example.org/1.png');
    const [sum] = await detailOf(v45Edit, { prompt: 'x', image_urls, max_images: 6 });
    expect(sum?.loc).toEqual(['body', 'max_images']);
  });

  it('can come to light as the result instead', async () => {
    await start({ validatesAt: 'result' });
    const ticket = await ticketOf(v45, {});
    expect(await status(ticket)).toBe('COMPLETED');
    expect((await get(ticket.response_url)).status).toBe(422);
  });
});

describe('the storage', () => {
  async function upload(bytes: Buffer) {
    const initiated = await fetch(`${fal.url}/storage/upload/initiate?storage_type=fal-cdn-v3`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ content_type: 'image/png', file_name: 'a b.png' }),
    });
    const links = (await initiated.json()) as { file_url: string; upload_url: string };
    const put = async () =>
      (
        await fetch(links.upload_url, {
          method: 'PUT',
          headers: { 'content-type': 'image/png' },
          body: new Uint8Array(bytes),
        })
      ).status;
    return { ...links, put };
  }

  it('takes a file in two steps', async () => {
    await start();
    const bytes = Buffer.from([1, 2, 3, 250]);
    const { file_url, put } = await upload(bytes);
    expect((await fetch(file_url)).status).toBe(404);
    expect(await put()).toBe(200);
    const file = await fetch(file_url);
    expect(file.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await file.arrayBuffer())).toEqual(bytes);
    expect(fal.requests.find(({ method }) => method === 'PUT')?.body).toEqual(bytes);
    expect((await fetch(`${fal.url}/upload/made-up`, { method: 'PUT', body: 'x' })).status).toBe(403);
  });

  it('fails a job whose own link was never uploaded', async () => {
    await start();
    const { file_url, put } = await upload(Buffer.from('x'));
    const input = { prompt: 'x', image_urls: [file_url], image_size: small };
    const early = await ticketOf(v4Edit, input);
    await put();
    const late = await ticketOf(v4Edit, input);
    await status(early);
    await status(late);
    const failed = await get(early.response_url);
    expect([failed.status, await failed.json()]).toMatchObject([
      422,
      { detail: [{ loc: ['body', 'image_urls'], type: 'file_download_error' }] },
    ]);
    expect((await get(late.response_url)).status).toBe(200);
  });
});

describe('what can become of a job', () => {
  it('moderation at the submit and as the result', async () => {
    await start();
    fal.fail({ on: 'submit', kind: 'moderation' });
    const [refused] = await detailOf(v4, { prompt: 'x' });
    expect(refused?.type).toBe('content_policy_violation');
    expect(fal.charges).toHaveLength(0);
    const ticket = await ticketOf(v4, { prompt: 'x' });
    fal.fail({ on: 'result', kind: 'moderation' });
    expect(await status(ticket)).toBe('COMPLETED');
    expect((await get(ticket.response_url)).status).toBe(422);
    expect(fal.charges).toHaveLength(1);
  });

  it('a failure: COMPLETED, the model’s error as result, nothing billed for a 5xx', async () => {
    await start();
    fal.fail({ on: 'submit', kind: 'job-failed', message: 'It broke' });
    const ticket = await ticketOf(v4, { prompt: 'x' });
    expect(await status(ticket)).toBe('COMPLETED');
    const result = await get(ticket.response_url);
    expect([result.status, await result.json()]).toMatchObject([500, { detail: [{ msg: 'It broke' }] }]);
    expect(result.headers.get('x-fal-retryable')).toBe('true');
    expect(fal.charges).toHaveLength(0);
  });

  it('a partial batch', async () => {
    await start();
    fal.fail({ on: 'submit', kind: 'partial', pictures: 2 });
    const { images } = await resultOf(v4, { prompt: 'x', image_size: small, num_images: 4 });
    expect(images).toHaveLength(2);
    expect(fal.charges[0]?.pictures).toBe(2);
  });

  it('a job that is forgotten', async () => {
    await start();
    const ticket = await ticketOf(v4, { prompt: 'x' });
    fal.fail({ on: 'status', kind: 'lost' });
    expect((await get(ticket.status_url)).status).toBe(404);
    expect((await get(ticket.response_url)).status).toBe(404);
    expect(fal.charges).toHaveLength(1);
  });

  it('a dead link, and a link to something else', async () => {
    await start();
    const { images } = await resultOf(v4, { prompt: 'x', image_size: small });
    fal.fail({ on: 'download', kind: 'expired', status: 410 });
    fal.fail({ on: 'download', kind: 'not-a-picture' });
    const url = images[0]?.url ?? '';
    expect((await fetch(url)).status).toBe(410);
    const text = await fetch(url);
    expect(text.headers.get('content-type')).toBe('image/png');
    await expect(sharp(await text.arrayBuffer()).metadata()).rejects.toThrow('unsupported image format');
    expect((await fetch(url)).status).toBe(200);
  });
});
