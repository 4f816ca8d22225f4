import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';

type JobState = 'running' | 'done' | 'failed' | 'lost' | 'cancelled';
export interface Job {
  id: string;
  requestId: string;
  prompt: string;
  state: JobState;
  /** How often it says it is running before it is done; without end when left out. */
  polls?: number;
  /** The number of the link that works; an earlier one has expired. None does when it is `gone`. */
  link?: number | 'gone';
  /** Somebody was told how it stands. */
  asked?: boolean;
}

/** What the next `POST /jobs` does instead of what it should. */
export type ShopFault =
  | { kind: 'answer'; status: number; headers?: Record<string, string>; body?: string }
  /** Nothing is taken. */
  | { kind: 'cut-before' }
  /** The job is taken and charged, and no answer comes. */
  | { kind: 'cut-after' }
  /** The same, and the answer is cut in its middle. */
  | { kind: 'cut-in-answer' }
  /** Nothing is taken: the request hangs until `release`, and is cut then. */
  | { kind: 'hold-before' }
  /** The job is taken and charged, and the answer is held until `release`. */
  | { kind: 'hold-after' };

/** `arrived`: the paid request is read, nothing is taken. `taken`: it is charged, the answer has not left. */
export type ShopMoment = 'arrived' | 'taken';

/** A vendor on loopback that counts what it charges for. */
export interface FakeShop {
  url: string;
  /** The prompts of the jobs it charged for. */
  charges: string[];
  /** Every request: method and path. */
  requests: string[];
  jobs: Map<string, Job>;
  faults: ShopFault[];
  /** What a new job is at once; `running` holds it until `finish`, or for `polls` questions when that is set. */
  startState: JobState;
  polls: number | undefined;
  pictureStatus: number;
  /** Go with a status that is not 200. */
  pictureHeaders: Record<string, string>;
  /** What is answered in the place of how a job stands. */
  questionAnswer: { status: number; headers?: Record<string, string> } | undefined;
  /** The first link to a picture has run out by the time it is followed; the next one works. */
  staleLinks: boolean;
  /** Sees every paid request on its way through; `drop` loses it before anything is taken. */
  onPaid: (moment: ShopMoment, prompt: string) => 'drop' | undefined;
  finish(state?: JobState): void;
  /** Resolves as soon as a request is being held. */
  held(): Promise<void>;
  /** Lets all held requests go. */
  release(): void;
  /** Every link handed out so far stops working; `for good`: and no question gives a new one. */
  expireLinks(howLong?: 'for good'): void;
  /** Knows nothing of these jobs any more. What nobody was told of is not charged for either. */
  forget(which: (job: Job) => boolean): void;
  /** Most jobs that were running at one moment. */
  mostTogether: number;
  close(): Promise<void>;
}

/** The picture of a prompt; the same prompt gives the same bytes. */
export function shopPicture(prompt: string): Promise<Buffer> {
  const shade = [...prompt].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)!) % 256, 7);
  return sharp({
    create: { width: 64, height: 64, channels: 3, background: { r: shade, g: 255 - shade, b: 128 } },
  })
    .png()
    .toBuffer();
}

export async function startFakeShop(): Promise<FakeShop> {
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  let taken = 0;
  const holding = new Set<() => void>();
  const waiting = new Set<() => void>();
  const shop: FakeShop = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    charges: [],
    requests: [],
    jobs: new Map(),
    faults: [],
    startState: 'done',
    polls: undefined,
    pictureStatus: 200,
    pictureHeaders: {},
    questionAnswer: undefined,
    staleLinks: false,
    onPaid: () => undefined,
    mostTogether: 0,
    finish: (state = 'done') => {
      for (const job of shop.jobs.values()) if (job.state === 'running') job.state = state;
    },
    held: () =>
      new Promise((resolve) => {
        if (holding.size > 0) resolve();
        else waiting.add(resolve);
      }),
    release: () => {
      for (const go of holding) go();
      holding.clear();
    },
    expireLinks: (howLong) => {
      for (const job of shop.jobs.values())
        if (job.link !== 'gone') job.link = howLong === 'for good' ? 'gone' : (job.link ?? 0) + 1;
    },
    forget: (which) => {
      for (const [id, job] of shop.jobs) {
        if (!which(job)) continue;
        shop.jobs.delete(id);
        if (job.asked !== true) shop.charges.splice(shop.charges.indexOf(job.prompt), 1);
      }
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };

  function hold(): Promise<void> {
    return new Promise((resolve) => {
      holding.add(resolve);
      for (const tell of waiting) tell();
      waiting.clear();
    });
  }

  function take(requestId: string, prompt: string): Job {
    taken += 1;
    const job: Job = { id: `job-${taken}`, requestId, prompt, state: shop.startState };
    if (shop.polls !== undefined) job.polls = shop.polls;
    shop.jobs.set(job.id, job);
    shop.charges.push(prompt);
    const running = [...shop.jobs.values()].filter(({ state }) => state === 'running').length;
    shop.mostTogether = Math.max(shop.mostTogether, running);
    return job;
  }

  function stateOf(job: Job | undefined): unknown {
    if (job === undefined) return { state: 'lost' };
    job.asked = true;
    if (job.state === 'running' && job.polls !== undefined) {
      if (job.polls === 0) job.state = 'done';
      else job.polls -= 1;
    }
    const link = `/pictures/${job.id}?link=${job.link ?? 0}`;
    if (shop.staleLinks && job.state === 'done' && job.link === undefined) job.link = 1;
    return { state: job.state === 'cancelled' ? 'failed' : job.state, prompt: job.prompt, link };
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/';
    shop.requests.push(`${request.method} ${path}`);
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      // Whoever sent it is gone in the middle of it: it never arrived.
      return;
    }
    const send = (status: number, body: unknown, headers: Record<string, string> = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    };
    const sendPicture = async (prompt: string) => {
      const picture = await shopPicture(prompt);
      response.writeHead(200, { 'content-type': 'image/png' });
      response.end(picture);
    };
    if (request.method === 'POST' && (path === '/jobs' || path === '/pictures')) {
      const { requestId, prompt } = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, string>;
      const fault = shop.faults.shift();
      if (fault?.kind === 'answer') {
        send(fault.status, fault.body ?? '{}', fault.headers);
        return;
      }
      if (fault?.kind === 'hold-before') await hold();
      const isLost = fault?.kind === 'cut-before' || fault?.kind === 'hold-before';
      if (isLost || shop.onPaid('arrived', prompt!) === 'drop') {
        request.socket.destroy();
        return;
      }
      const key = request.headers['idempotency-key'];
      const known = [...shop.jobs.values()].find((job) => key !== undefined && job.requestId === key);
      const job = known ?? take(requestId!, prompt!);
      shop.onPaid('taken', prompt!);
      if (fault?.kind === 'hold-after') await hold();
      if (fault?.kind === 'cut-after') request.socket.destroy();
      else if (fault?.kind === 'cut-in-answer') {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '4000' });
        response.write('{"id":"jo');
        setImmediate(() => request.socket.destroy());
      } else if (path === '/pictures') await sendPicture(job.prompt);
      else send(200, { id: job.id });
      return;
    }
    const [, kind, id, verb] = path.split(/[/?]/);
    const job = [...shop.jobs.values()].find((known) => known.id === id || known.requestId === id);
    if (kind === 'uploads') {
      send(200, {});
    } else if (kind === 'jobs' && verb === 'cancel') {
      if (job?.state === 'running') job.state = 'cancelled';
      send(200, {});
    } else if (kind === 'jobs' && shop.questionAnswer !== undefined) {
      send(shop.questionAnswer.status, '{}', shop.questionAnswer.headers);
    } else if (kind === 'jobs') {
      send(200, stateOf(job));
    } else if (kind === 'pictures' && shop.pictureStatus !== 200) {
      send(shop.pictureStatus, '{}', shop.pictureHeaders);
    } else if (kind === 'pictures' && job?.link !== undefined && verb !== `link=${job.link}`) {
      send(410, '{}');
    } else {
      await sendPicture(job?.prompt ?? '');
    }
  }

  return shop;
}
