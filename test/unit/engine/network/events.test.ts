import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { HttpRequest } from '#core/provider';
import { send } from '#engine/network/http';

type Serve = (response: ServerResponse) => void;

async function serve(answer: Serve) {
  const closed: (() => void)[] = [];
  const server = createServer((_request, response) => {
    response.on('close', () => closed.splice(0).forEach((tell) => tell()));
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return { url, closed: new Promise<void>((resolve) => closed.push(resolve)) };
}

/** What comes of an answer, and the events that were read of it. */
async function read(answer: Serve, more: Partial<HttpRequest> = {}, last = '') {
  const { url, closed } = await serve(answer);
  const events: string[] = [];
  const asked = send({ method: 'POST', url, ...more }, url, {
    signal: new AbortController().signal,
    follow: false,
    onEvent: async ({ event, data }) => {
      events.push(`${event} ${data}`);
      return data === last ? 'last' : 'more';
    },
  });
  const ended = await asked.then(
    ({ status, text }) => ({ status, text }),
    (error: unknown) => (error as { failure: unknown }).failure,
  );
  return { events, ended, closed };
}

const begin = (response: ServerResponse, type = 'text/event-stream; charset=utf-8') =>
  response.writeHead(200, { 'content-type': type });
const whole = 'event: a\ndata: 1\n\nevent: b\ndata: 2\n\n';

describe('an answer that comes as events', () => {
  it('is told event by event and has no body', async () => {
    expect(await read((response) => begin(response).end(whole))).toMatchObject({
      events: ['a 1', 'b 2'],
      ended: { status: 200, text: '' },
    });
  });

  it('is told while it comes', async () => {
    const { url } = await serve((response) => {
      begin(response).write('data: 1\n\n');
      response.on('error', () => undefined);
      goOn = () => response.end('data: 2\n\n');
    });
    let goOn = () => undefined as unknown;
    const events: string[] = [];
    await send({ method: 'POST', url }, url, {
      signal: new AbortController().signal,
      follow: false,
      onEvent: async ({ data }) => {
        events.push(data);
        // The second is only sent once the first is here.
        if (data === '1') goOn();
        return 'more';
      },
    });
    expect(events).toEqual(['1', '2']);
  });

  it('is left alone after its last event', async () => {
    const { events, ended, closed } = await read((response) => begin(response).write(whole), {}, '2');
    await closed;
    expect({ events, ended }).toMatchObject({ events: ['a 1', 'b 2'], ended: { status: 200 } });
  });

  it('keeps what had come when it is cut, also an event without its end', async () => {
    const { events, ended } = await read((response) => {
      begin(response).write('data: 1\n\ndata: 2\n', () => setImmediate(() => response.destroy()));
    });
    expect({ events, ended }).toMatchObject({
      events: ['message 1', 'message 2'],
      ended: { code: 'cut', charge: 'possible' },
    });
  });

  it('is cut when nothing comes any more', async () => {
    const { events, ended, closed } = await read((response) => begin(response).write('data: 1\n\n'), {
      silence: 30,
    });
    await closed;
    expect({ events, ended }).toMatchObject({
      events: ['message 1'],
      ended: {
        code: 'no-answer',
        charge: 'possible',
        message: expect.stringContaining('stopped in the middle'),
      },
    });
  });

  it('is JSON where the vendor answers so', async () => {
    expect(await read((response) => begin(response, 'application/json').end('{"data":[]}'))).toMatchObject({
      events: [],
      ended: { status: 200, text: '{"data":[]}' },
    });
  });

  it('is read under another name too', async () => {
    const { events } = await read((response) => begin(response, 'text/plain').end(whole));
    expect(events).toEqual(['a 1', 'b 2']);
  });

  it.each(['<!doctype html><html><body>data: no</body></html>', '', '{"data":'])(
    '%j has no events',
    async (body) => {
      expect(await read((response) => begin(response, 'text/html').end(body))).toMatchObject({
        events: [],
        ended: { status: 200, text: body },
      });
    },
  );

  it('is no stream where it is refused', async () => {
    const { events, ended } = await read((response) =>
      response.writeHead(429, { 'content-type': 'text/event-stream' }).end(whole),
    );
    expect({ events, ended }).toEqual({ events: [], ended: { status: 429, text: whole } });
  });

  it('lets a fault of who listens through as it is', async () => {
    const { url } = await serve((response) => begin(response).write(whole));
    const asked = send({ method: 'POST', url }, url, {
      signal: new AbortController().signal,
      follow: false,
      onEvent: () => Promise.reject(new Error('a bug')),
    });
    await expect(asked).rejects.toThrow(/^a bug$/);
  });
});
