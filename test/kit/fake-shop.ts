import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';

type JobState = 'running' | 'done' | 'failed' | 'lost' | 'cancelled';
interface Job {
  id: string;
  requestId: string;
  prompt: string;
  state: JobState;
}

/** What the next `POST /jobs` does instead of what it should. */
export type ShopFault =
  | { kind: 'answer'; status: number; headers?: Record<string, string>; body?: string }
  /** Nothing is taken. */
  | { kind: 'cut-before' }
  /** The job is taken and charged, and no answer comes. */
  | { kind: 'cut-after' };

/** A vendor on loopback that counts what it charges for. */
export interface FakeShop {
  url: string;
  charges: string[];
  /** Every request: method and path. */
  requests: string[];
  jobs: Map<string, Job>;
  faults: ShopFault[];
  /** What a new job is at once; `running` holds it until `finish`. */
  startState: JobState;
  pictureStatus: number;
  finish(state?: JobState): void;
  /** Most jobs that were running at one moment. */
  mostTogether: number;
  close(): Promise<void>;
}

export async function startFakeShop(): Promise<FakeShop> {
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const shop: FakeShop = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    charges: [],
    requests: [],
    jobs: new Map(),
    faults: [],
    startState: 'done',
    pictureStatus: 200,
    mostTogether: 0,
    finish: (state = 'done') => {
      for (const job of shop.jobs.values()) if (job.state === 'running') job.state = state;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };

  function take(requestId: string, prompt: string): Job {
    const job: Job = { id: `job-${shop.jobs.size + 1}`, requestId, prompt, state: shop.startState };
    shop.jobs.set(job.id, job);
    shop.charges.push(prompt);
    const running = [...shop.jobs.values()].filter(({ state }) => state === 'running').length;
    shop.mostTogether = Math.max(shop.mostTogether, running);
    return job;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/';
    shop.requests.push(`${request.method} ${path}`);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const send = (status: number, body: unknown, headers: Record<string, string> = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    };
    if (request.method === 'POST' && path === '/jobs') {
      const { requestId, prompt } = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, string>;
      const fault = shop.faults.shift();
      if (fault?.kind === 'answer') {
        send(fault.status, fault.body ?? '{}', fault.headers);
        return;
      }
      if (fault?.kind === 'cut-before') {
        request.socket.destroy();
        return;
      }
      const job = take(requestId!, prompt!);
      if (fault?.kind === 'cut-after') request.socket.destroy();
      else send(200, { id: job.id });
      return;
    }
    const [, kind, id, verb] = path.split('/');
    const job = [...shop.jobs.values()].find((known) => known.id === id || known.requestId === id);
    if (kind === 'jobs' && verb === 'cancel') {
      if (job?.state === 'running') job.state = 'cancelled';
      send(200, {});
    } else if (kind === 'jobs') {
      send(200, { state: job === undefined ? 'lost' : job.state === 'cancelled' ? 'failed' : job.state });
    } else if (kind === 'pictures' && shop.pictureStatus !== 200) {
      send(shop.pictureStatus, '{}');
    } else {
      const shade = [...(job?.prompt ?? '')].reduce(
        (sum, letter) => (sum * 31 + letter.codePointAt(0)!) % 256,
        7,
      );
      const picture = await sharp({
        create: { width: 64, height: 64, channels: 3, background: { r: shade, g: 255 - shade, b: 128 } },
      })
        .png()
        .toBuffer();
      response.writeHead(200, { 'content-type': 'image/png' });
      response.end(picture);
    }
  }

  return shop;
}
