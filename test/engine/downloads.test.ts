import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engineFixture, ofType, prompts } from '#test/kit/engine-fixture';
import { shopPicture } from '#test/kit/fake-shop';

const fixture = engineFixture();

/**
 * A place of pictures: `/picture` is one, `/to?URL` leads elsewhere, `/circle` to itself, `/huge` says that it has 300 MB,
 * `/endless` never stops.
 */
interface Place {
  origin: string;
  /** Bytes that were sent of `/endless`. */
  sent: number;
  asked: { path: string; key: string | undefined }[];
  server: Server;
}

async function startPlace(): Promise<Place> {
  const bytes = await shopPicture('a cat');
  const asked: Place['asked'] = [];
  const megabyte = Buffer.alloc(1_000_000);
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push({ path, key: request.headers['x-key'] as string | undefined });
    if (path === '/circle') response.writeHead(302, { location: '/circle' }).end();
    else if (path.startsWith('/to?'))
      response.writeHead(302, { location: decodeURIComponent(path.slice(4)) }).end();
    else if (path === '/huge')
      response.writeHead(200, { 'content-type': 'image/png', 'content-length': 300_000_000 }).write(megabyte);
    else if (path === '/endless') {
      response.writeHead(200, { 'content-type': 'image/png' });
      const more = () => {
        while (!response.destroyed && response.write(megabyte)) place.sent += megabyte.length;
      };
      response.on('drain', more);
      more();
    } else response.writeHead(200, { 'content-type': 'image/png' }).end(bytes);
  });
  const place: Place = { origin: '', sent: 0, asked, server };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  place.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return place;
}

let own: Place;
let other: Place;
beforeEach(async () => {
  own = await startPlace();
  other = await startPlace();
});
afterEach(() => {
  for (const { server } of [own, other]) {
    server.close();
    server.closeAllConnections();
  }
});

/** A run whose picture the vendor says is at `url`; only `trusted` places are the person's own. */
async function runWith(url: string, trusted: readonly Place[]) {
  fixture.vendor.provider.hosts = trusted.map(({ origin }) => origin);
  // Without an address of its own set, nothing of the provider's is rewritten.
  fixture.vendor.provider.settings = [];
  fixture.vendor.provider.check = async () => ({
    state: 'done',
    result: { pictures: [{ from: 'url', request: { method: 'GET', url, headers: { 'x-key': 'secret' } } }] },
  });
  const { run } = await fixture.bench();
  return run(prompts('a cat'));
}

describe('a picture', () => {
  it('is fetched through a redirect, and the key stays with the host it is for', async () => {
    const { outcome } = await runWith(`${own.origin}/to?${encodeURIComponent(`${other.origin}/picture`)}`, [
      own,
      other,
    ]);
    expect(outcome).toBe('done');
    expect(own.asked.map(({ key }) => key)).toEqual(['secret']);
    expect(other.asked).toEqual([{ path: '/picture', key: undefined }]);
  });

  it('is not fetched from a host inside the own network that nobody has configured', async () => {
    const { outcome, events } = await runWith(`${other.origin}/picture`, [own]);
    expect(outcome).toBe('failed');
    expect(ofType(events, 'step-failed')[0]?.failure).toMatchObject({
      act: 'vendor',
      charge: 'certain',
      message: expect.stringContaining('inside your own network'),
    });
    expect(other.asked).toEqual([]);
  });

  it('is not fetched there by a redirect either', async () => {
    const { outcome } = await runWith(`${own.origin}/to?${encodeURIComponent(`${other.origin}/picture`)}`, [
      own,
    ]);
    expect(outcome).toBe('failed');
    expect(other.asked).toEqual([]);
  });

  it('that leads in circles comes to an end', async () => {
    const { outcome } = await runWith(`${own.origin}/circle`, [own]);
    expect(outcome).toBe('failed');
    expect(own.asked.length).toBeLessThan(20);
  });

  it.each(['/huge', '/endless'])(
    'at %s, larger than any picture is, is not read to its end',
    async (path) => {
      const { outcome, events } = await runWith(`${own.origin}${path}`, [own]);
      expect(outcome).toBe('failed');
      expect(ofType(events, 'step-failed')[0]?.failure).toMatchObject({
        charge: 'certain',
        message: expect.stringContaining('larger than 256 MB'),
      });
      // Once more by a fresh link, which might have been the trouble.
      expect(own.asked).toHaveLength(2);
      expect(own.sent).toBeLessThan(2 * 300_000_000);
    },
  );
});

describe('a result that is paid for', () => {
  it('stays open while there is no network to fetch it by', async () => {
    const gone = await startPlace();
    const { origin } = gone;
    await new Promise((resolve) => gone.server.close(resolve));
    const waiting = await runWith(`${origin}/picture`, [gone]);
    expect(waiting.outcome).toBe('waiting');
    const { run, engine } = await fixture.bench();
    expect(engine.lateJobs()).toHaveLength(1);
    fixture.vendor.provider.hosts = [own.origin];
    fixture.vendor.provider.check = async () => ({
      state: 'done',
      result: { pictures: [{ from: 'url', request: { method: 'GET', url: `${own.origin}/picture` } }] },
    });
    expect((await run(prompts('a cat'))).outcome).toBe('done');
    expect(fixture.vendor.shop.charges).toHaveLength(1);
  });

  it('stays open while one of its pictures cannot be had, and then has them all', async () => {
    const { shop } = fixture.vendor;
    const bytes = await shopPicture('another');
    fixture.vendor.provider.check = async (job) => ({
      state: 'done',
      result: {
        pictures: [
          { from: 'url', request: { method: 'GET', url: `${shop.url}/pictures/${job.id}` } },
          { from: 'bytes', bytes },
        ],
      },
    });
    shop.pictureStatus = 503;
    const { run, engine } = await fixture.bench();
    const waiting = await run(prompts('a cat'));
    expect(waiting.outcome).toBe('waiting');
    expect(ofType(waiting.events, 'step-waiting')).toMatchObject([{ for: 'vendor' }]);
    expect(engine.lateJobs()).toHaveLength(1);
    shop.pictureStatus = 200;
    const { events, outcome } = await run(prompts('a cat'));
    expect(outcome).toBe('done');
    expect(ofType(events, 'step-finished').at(-1)!.outputs['image']).toHaveLength(2);
    expect(shop.charges).toHaveLength(1);
  });

  it('goes on with what there is when a picture cannot be had the second time either', async () => {
    const { shop } = fixture.vendor;
    const bytes = await shopPicture('another');
    fixture.vendor.provider.check = async (job) => ({
      state: 'done',
      result: {
        pictures: [
          { from: 'url', request: { method: 'GET', url: `${shop.url}/pictures/${job.id}` } },
          { from: 'bytes', bytes },
        ],
      },
    });
    shop.pictureStatus = 503;
    const { run, engine } = await fixture.bench();
    await run(prompts('a cat'));
    const { events, outcome } = await run(prompts('a cat'));
    expect(outcome).toBe('done');
    expect(ofType(events, 'step-finished').at(-1)!.outputs['image']).toHaveLength(1);
    expect(engine.lateJobs()).toEqual([]);
  });
});
