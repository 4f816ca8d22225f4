import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { rejoiningSocket } from '#engine/network/rejoining-socket';
import { LeapingClock } from '#test/kit/engine-bench';

let server: WebSocketServer;
afterEach(() => {
  for (const client of server.clients) client.terminate();
  server.close();
});

async function start() {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await new Promise<void>((resolve) => server.once('listening', () => resolve()));
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
const nextClient = () =>
  new Promise<{ socket: WebSocket; headers: Record<string, unknown> }>((resolve) =>
    server.once('connection', (socket, { headers }) => resolve({ socket, headers })),
  );

describe('a socket that is joined anew', () => {
  it('says so at every joining and every cut, and hears both kinds of message', async () => {
    const url = await start();
    const heard: string[] = [];
    let tell = () => {};
    const until = async (length: number) => {
      while (heard.length < length) await new Promise<void>((resolve) => (tell = resolve));
    };
    const note = (word: string) => {
      heard.push(word);
      tell();
    };
    const clock = new LeapingClock();
    const first = nextClient();
    const socket = rejoiningSocket(
      url,
      {
        onOpen: () => note('joined'),
        onText: (text) => note(text),
        onBinary: (data) => note(`${data.byteLength} bytes`),
        onClose: () => note('cut'),
      },
      { authorization: 'Bearer key' },
      clock,
    );
    const before = await first;
    expect(before.headers['authorization']).toBe('Bearer key');
    before.socket.send('one');
    await until(2);
    const second = nextClient();
    before.socket.terminate();
    const after = await second;
    expect(after.headers['authorization']).toBe('Bearer key');
    after.socket.send(Buffer.alloc(5));
    await until(5);
    expect(heard).toEqual(['joined', 'one', 'cut', 'joined', '5 bytes']);
    const said = new Promise<string>((resolve) =>
      after.socket.once('message', (data: Buffer) => resolve(String(data))),
    );
    socket.send('hello');
    expect(await said).toBe('hello');
    const ended = new Promise((resolve) => after.socket.once('close', resolve));
    socket.close();
    await ended;
    await until(6);
    expect(server.clients.size).toBe(0);
    expect(clock.slept).toHaveLength(1);
  });

  it('waits ever longer for a server that is away, and calls nobody until it is there', async () => {
    const url = await start();
    const { port } = server.address() as AddressInfo;
    await new Promise<void>((resolve) => server.close(() => resolve()));
    const events: string[] = [];
    let enough = () => {};
    const waited = new Promise<void>((resolve) => (enough = resolve));
    class CountingClock extends LeapingClock {
      override async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
        if (this.slept.length === 5) {
          enough();
          await back;
        }
        await super.sleep(milliseconds, signal);
      }
    }
    let goOn = () => {};
    const back = new Promise<void>((resolve) => (goOn = resolve));
    const clock = new CountingClock();
    let joined = () => {};
    const opened = new Promise<void>((resolve) => (joined = resolve));
    const socket = rejoiningSocket(
      url,
      {
        onOpen: () => joined(),
        onText: () => {},
        onClose: () => events.push('cut'),
      },
      {},
      clock,
    );
    await waited;
    expect(clock.slept).toEqual([...clock.slept].sort((left, right) => left - right));
    expect(clock.slept[4]).toBeGreaterThanOrEqual(8_000);
    expect(events).toEqual([]);
    server = new WebSocketServer({ port, host: '127.0.0.1' });
    await new Promise<void>((resolve) => server.once('listening', () => resolve()));
    goOn();
    await opened;
    socket.close();
  });
});
