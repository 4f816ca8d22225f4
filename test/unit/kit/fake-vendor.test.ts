import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFakeComfyui } from '../../kit/fake-comfyui';
import { createFakeFal } from '../../kit/fake-fal';
import { otherPicture } from '../../kit/fake-other-job';
import type { FakeVendor } from '../../kit/fake-vendor';

const submitPath = '/fal-ai/bytedance/seedream/v4.5/text-to-image';

let fal: FakeVendor;
beforeEach(async () => {
  fal = await createFakeFal({ picture: async () => Buffer.from(onePixel, 'base64') });
});
afterEach(() => fal.close());

// A real PNG of one pixel.
const onePixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

function submit(vendor = fal, headers: Record<string, string> = { authorization: 'Key test-key' }) {
  return fetch(vendor.url + submitPath, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ prompt: 'a red bicycle' }),
  });
}

describe('what a fake records', () => {
  it('keeps method, path, query and body, and of the key only the scheme', async () => {
    await submit();
    expect(fal.requests).toHaveLength(1);
    expect(fal.requests[0]).toMatchObject({
      method: 'POST',
      path: submitPath,
      body: { prompt: 'a red bicycle' },
      authorized: true,
      points: ['submit'],
    });
    expect(fal.requests[0]?.headers['authorization']).toBe('Key [redacted]');
    expect(JSON.stringify(fal.requests)).not.toContain('test-key');
  });

  it('lets only its own key in', async () => {
    const refused = await submit(fal, { authorization: 'Key another' });
    expect(refused.status).toBe(401);
    expect(fal.requests[0]?.authorized).toBe(false);
    expect((await submit(fal, { authorization: 'Bearer test-key' })).status).toBe(401);
    expect(fal.charges).toHaveLength(0);

    const other = await createFakeFal({ key: 'a secret' });
    expect((await submit(other)).status).toBe(401);
    expect((await submit(other, { authorization: 'Key a secret' })).status).toBe(200);
    await other.close();

    const open = await createFakeFal({ key: null });
    expect((await submit(open, {})).status).toBe(200);
    await open.close();
  });
});

describe('faults of the transport', () => {
  it('refuses with the status, body and headers it is told, and charges nothing', async () => {
    const date = 'Wed, 21 Oct 2026 07:28:00 GMT';
    fal.fail({ on: 'submit', kind: 'refuse', status: 429, headers: { 'retry-after': '2' } });
    fal.fail({ on: 'submit', kind: 'refuse', status: 429, headers: { 'retry-after': date } });
    fal.fail({ on: 'submit', kind: 'refuse', status: 418, body: { detail: 'teapot' } });
    expect((await submit()).headers.get('retry-after')).toBe('2');
    expect((await submit()).headers.get('retry-after')).toBe(date);
    const third = await submit();
    expect([third.status, await third.json()]).toEqual([418, { detail: 'teapot' }]);
    expect(fal.charges).toHaveLength(0);
    expect(fal.faults).toHaveLength(0);
    expect((await submit()).status).toBe(200);
  });

  it('can refuse and have taken the job', async () => {
    fal.fail({ on: 'submit', kind: 'refuse', status: 503, taken: true });
    const answer = await submit();
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({
      detail: 'Refused with 503',
      error_type: 'runner_scheduling_failure',
    });
    expect(fal.charges).toHaveLength(1);
  });

  it('cuts before: nothing is charged', async () => {
    fal.fail({ on: 'submit', kind: 'cut-before' });
    await expect(submit()).rejects.toThrow('fetch failed');
    expect(fal.requests).toHaveLength(1);
    expect(fal.charges).toHaveLength(0);
  });

  it('cuts during: charged, and no answer', async () => {
    fal.fail({ on: 'submit', kind: 'cut-during' });
    await expect(submit()).rejects.toThrow('fetch failed');
    expect(fal.charges).toHaveLength(1);
  });

  it('cuts after: charged, the headers and half of the body arrive', async () => {
    fal.fail({ on: 'submit', kind: 'cut-after' });
    const answer = await submit();
    expect(answer.status).toBe(200);
    const announced = Number(answer.headers.get('content-length'));
    let arrived = 0;
    const reading = (async () => {
      for await (const chunk of answer.body ?? []) arrived += chunk.length;
    })();
    await expect(reading).rejects.toThrow('terminated');
    expect(arrived).toBe(Math.floor(announced / 2));
    expect(fal.charges).toHaveLength(1);
  });

  it('spoils the answer: html, nothing, half, other types', async () => {
    fal.fail({ on: 'submit', kind: 'html' });
    fal.fail({ on: 'submit', kind: 'empty' });
    fal.fail({ on: 'submit', kind: 'truncated-json' });
    fal.fail({ on: 'submit', kind: 'wrong-types' });
    const html = await submit();
    expect(html.headers.get('content-type')).toBe('text/html');
    expect(await html.text()).toMatch(/^<!doctype html>/);
    const empty = await submit();
    expect([empty.status, await empty.text()]).toEqual([200, '']);
    const truncated = await (await submit()).text();
    expect(truncated).toMatch(/^\{"status":"IN_QUEUE"/);
    expect(() => JSON.parse(truncated)).toThrow(SyntaxError);
    const wrong: unknown = await (await submit()).json();
    expect(wrong).toMatchObject({ status: expect.any(Number), queue_position: expect.any(Array) });
    // All four were taken.
    expect(fal.charges).toHaveLength(4);
  });

  it('answers about another job, where the answer names one', async () => {
    const taken = (await (await submit()).json()) as { request_id: string; status_url: string };
    const ask = async () => fetch(taken.status_url, { headers: { authorization: 'Key test-key' } });
    fal.fail({ on: 'status', kind: 'other-job' });
    fal.fail({ on: 'submit', kind: 'other-job' });
    const other: unknown = await (await ask()).json();
    expect(other).toMatchObject({ response_url: `${fal.url}${otherPicture}` });
    expect(other).toMatchObject({ request_id: expect.not.stringContaining(taken.request_id) });
    expect(await (await ask()).json()).toMatchObject({ request_id: taken.request_id });
    // The answer to an order names no job that was asked for.
    expect(await (await submit()).json()).toMatchObject({
      response_url: expect.stringContaining('/requests/'),
    });
    expect(fal.requests.map(({ fault }) => fault)).toEqual([undefined, 'other-job', undefined, undefined]);
    expect(fal.faults).toEqual([]);
  });

  it('holds an answer until it is released', async () => {
    fal.fail({ on: 'submit', kind: 'slow' });
    let answered = false;
    const asking = submit().then((answer) => {
      answered = true;
      return answer;
    });
    await fal.held();
    // Another request passes in the meantime, so the held one is late and not merely slow.
    expect((await submit()).status).toBe(200);
    expect(answered).toBe(false);
    expect(fal.charges).toHaveLength(2);
    fal.release();
    expect((await asking).status).toBe(200);
  });

  it('closes with a held answer', async () => {
    fal.fail({ on: 'submit', kind: 'slow' });
    const asking = submit().catch(() => undefined);
    await fal.held();
    await fal.close();
    await asking;
    await expect(fetch(fal.url)).rejects.toThrow('fetch failed');
    fal = await createFakeFal();
  });
});

describe('the queue of faults', () => {
  it('uses the oldest matching one up, as often as told', async () => {
    fal.fail({ on: 'status', kind: 'refuse', status: 500 });
    fal.fail({ on: 'submit', kind: 'refuse', status: 500, times: 2 });
    expect([(await submit()).status, (await submit()).status, (await submit()).status]).toEqual([
      500, 500, 200,
    ]);
    expect(fal.faults).toHaveLength(1);
    expect(fal.requests.map(({ fault }) => fault)).toEqual(['refuse', 'refuse', undefined]);
  });

  it("waits with 'any' for a request where the kind can show", async () => {
    fal.fail({ on: 'any', kind: 'expired' });
    expect((await submit()).status).toBe(200);
    expect(fal.faults).toHaveLength(1);
    fal.fail({ on: 'any', kind: 'refuse', status: 500 });
    expect((await submit()).status).toBe(500);
  });

  it('refuses a fault that would never show', async () => {
    expect(() => fal.fail({ on: 'upload', kind: 'moderation' })).toThrow("no 'moderation' on 'upload'");
    expect(fal.can('no-balance', 'submit')).toBe(true);
    const comfyui = await createFakeComfyui();
    expect(comfyui.can('moderation', 'any')).toBe(false);
    expect(comfyui.can('no-balance', 'any')).toBe(false);
    expect(() => comfyui.fail({ on: 'any', kind: 'moderation' })).toThrow("no 'moderation'");
    await comfyui.close();
  });

  it('speaks with the words of the vendor for a wrong key and an empty account', async () => {
    fal.fail({ on: 'submit', kind: 'bad-key' });
    fal.fail({ on: 'submit', kind: 'no-balance' });
    fal.fail({ on: 'submit', kind: 'no-balance', status: 402 });
    expect((await submit()).status).toBe(401);
    const locked = await submit();
    expect([locked.status, await locked.json()]).toEqual([
      403,
      { detail: 'User is locked. Reason: Exhausted balance. Top up your balance.' },
    ]);
    expect((await submit()).status).toBe(402);
    expect(fal.charges).toHaveLength(0);
  });
});
