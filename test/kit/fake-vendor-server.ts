import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import {
  REDACTED,
  type Charge,
  type FakeVendor,
  type Fault,
  type FaultKind,
  type MultipartSummary,
  type RecordedRequest,
  type RequestPoint,
} from './fake-vendor';
import { aboutAnotherJob } from './fake-other-job';

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
  /** Sent piece by piece instead of at once; `body` is all of it. */
  pieces?: readonly (Buffer | 'hold' | 'cut')[];
}

export interface Call {
  request: RecordedRequest;
  /** The body as it came. */
  raw: Buffer;
  /** The origin of this fake, for links in answers. */
  origin: string;
  /** Only the kinds that the vendor's description lists in `shows`. */
  fault: Fault | undefined;
}

/** How one vendor differs from the others. */
export interface VendorDescription {
  /** The header value that lets a request in, for example `Key test-key`; null: everything is let in. */
  authorization: string | null;
  /** The header it comes in, in lower case; `authorization` when left out. */
  keyHeader?: string;
  points(method: string, path: string): readonly RequestPoint[];
  /** For a vendor with one address for everything, where the body alone says what a request is for; in the place of `points`. */
  pointsOfBody?(body: unknown): readonly RequestPoint[];
  /** Requests that this vendor has none of: it can show no fault there. */
  lacks?: readonly RequestPoint[];
  /** Routes that need no key (signed links). */
  isOpen?(path: string): boolean;
  /** The kinds that the vendor's handler shows itself, and where. */
  shows: Partial<Record<FaultKind, readonly RequestPoint[]>>;
  badKey(): Answer;
  noBalance?(status: number | undefined): Answer;
  refusal(status: number): Answer;
  expired(status: number): Answer;
  handle(call: Call): Promise<Answer>;
  upgrade?(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  stop?(): void;
}

export function jsonAnswer(status: number, value: unknown, headers: Record<string, string> = {}): Answer {
  return bytesAnswer(status, Buffer.from(JSON.stringify(value)), 'application/json', headers);
}

export function textAnswer(status: number, text: string, contentType = 'text/plain; charset=utf-8'): Answer {
  return bytesAnswer(status, Buffer.from(text), contentType);
}

export function bytesAnswer(
  status: number,
  body: Buffer,
  contentType: string,
  headers: Record<string, string> = {},
): Answer {
  return { status, headers: { 'content-type': contentType, ...headers }, body };
}

/** An answer that comes piece by piece. `hold` waits for `release()`, `cut` destroys the socket. */
export function piecesAnswer(pieces: readonly (Buffer | 'hold' | 'cut')[], contentType: string): Answer {
  const body = Buffer.concat(pieces.filter((piece) => typeof piece !== 'string'));
  return { ...bytesAnswer(200, body, contentType), pieces };
}

export function emptyAnswer(status: number): Answer {
  return { status, headers: {}, body: Buffer.alloc(0) };
}

const everywhere: readonly RequestPoint[] = [
  'catalogue',
  'submit',
  'status',
  'result',
  'upload',
  'download',
  'cancel',
];
const transport: ReadonlySet<FaultKind> = new Set([
  'refuse',
  'cut-before',
  'cut-during',
  'cut-after',
  'html',
  'empty',
  'truncated-json',
  'wrong-types',
  'other-job',
  'slow',
] as const);

function pointsOf(description: VendorDescription, kind: FaultKind): readonly RequestPoint[] {
  if (transport.has(kind)) return everywhere;
  if (kind === 'expired' || kind === 'not-a-picture') return ['download'];
  if (kind === 'bad-key') return everywhere.filter((point) => point !== 'download');
  if (kind === 'no-balance') return description.noBalance ? ['submit'] : [];
  return description.shows[kind] ?? [];
}

const secretHeaders = new Set(['authorization', 'x-api-key']);

function recordedHeaders(request: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    const text = Array.isArray(value) ? value.join(', ') : (value ?? '');
    if (!secretHeaders.has(name)) headers[name] = text;
    else headers[name] = text.includes(' ') ? `${text.slice(0, text.indexOf(' '))} ${REDACTED}` : REDACTED;
  }
  return headers;
}

async function parseBody(raw: Buffer, contentType: string): Promise<unknown> {
  if (raw.length === 0) return undefined;
  if (contentType.startsWith('multipart/form-data')) {
    const summary: MultipartSummary = { fields: {}, files: [] };
    const form = await new Response(new Uint8Array(raw), {
      headers: { 'content-type': contentType },
    }).formData();
    for (const [field, value] of form) {
      if (typeof value === 'string') summary.fields[field] = value;
      else {
        const bytes = Buffer.from(await value.arrayBuffer());
        summary.files.push({ field, name: value.name, contentType: value.type, bytes });
      }
    }
    return summary;
  }
  if (!contentType.includes('json')) return raw;
  try {
    return JSON.parse(raw.toString('utf8'));
  } catch {
    return raw;
  }
}

function otherType(value: unknown): unknown {
  if (typeof value === 'string') return value.length + 0.5;
  if (typeof value === 'number' || typeof value === 'boolean') return [`${value}`];
  if (value === null) return 'null';
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, otherType(inner)]));
}

function wrongTypes(answer: Answer): Answer {
  try {
    return jsonAnswer(answer.status, otherType(JSON.parse(answer.body.toString('utf8'))));
  } catch {
    return jsonAnswer(answer.status, 1);
  }
}

function write(response: ServerResponse, answer: Answer, status = answer.status): void {
  response.writeHead(status, { ...answer.headers, 'content-length': answer.body.length });
  response.end(answer.body);
}

/** Starts a fake on a free loopback port. `charges` is the list that the vendor's handler writes to. */
export async function startFakeVendor(
  description: VendorDescription,
  charges: Charge[],
): Promise<FakeVendor> {
  const requests: RecordedRequest[] = [];
  const faults: (Fault & { left: number })[] = [];
  const held = new Set<() => void>();
  let heldListeners: (() => void)[] = [];
  let origin = '';

  const can = (kind: FaultKind, on: RequestPoint | 'any') => {
    const points = pointsOf(description, kind).filter((point) => !description.lacks?.includes(point));
    return on === 'any' ? points.length > 0 : points.includes(on);
  };

  function takeFault(points: readonly RequestPoint[]): Fault | undefined {
    const index = faults.findIndex((fault) => {
      // Transport faults on 'any' also meet routes that are nothing in particular.
      if (fault.on === 'any')
        return transport.has(fault.kind) || points.some((point) => can(fault.kind, point));
      return points.includes(fault.on);
    });
    const fault = faults[index];
    if (!fault) return undefined;
    fault.left -= 1;
    if (fault.left <= 0) faults.splice(index, 1);
    return fault;
  }

  function hold(ms: number | undefined): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(() => letGo(), ms);
      const letGo = () => {
        clearTimeout(timer);
        held.delete(letGo);
        resolve();
      };
      held.add(letGo);
      for (const listener of heldListeners.splice(0)) listener();
    });
  }

  function record(request: IncomingMessage): RecordedRequest {
    const url = new URL(request.url ?? '/', origin);
    const method = request.method ?? 'GET';
    const recorded: RecordedRequest = {
      method,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: recordedHeaders(request),
      body: undefined,
      authorized:
        request.headers[description.keyHeader ?? 'authorization'] ===
        (description.authorization ?? undefined),
      points: description.points(method, url.pathname),
    };
    requests.push(recorded);
    return recorded;
  }

  async function answerTo(recorded: RecordedRequest, raw: Buffer, fault: Fault | undefined): Promise<Answer> {
    if (fault?.kind === 'refuse' && !fault.taken) return refusal(fault);
    if (fault?.kind === 'bad-key') return description.badKey();
    if (fault?.kind === 'expired') return description.expired(fault.status ?? 404);
    if (fault?.kind === 'not-a-picture') return textAnswer(200, 'This is not a picture.', 'image/png');
    const open = description.authorization === null || description.isOpen?.(recorded.path);
    if (!open && !recorded.authorized) return description.badKey();
    if (fault?.kind === 'no-balance' && description.noBalance) return description.noBalance(fault.status);
    const shown = fault && description.shows[fault.kind] ? fault : undefined;
    const answer = await description.handle({ request: recorded, raw, origin, fault: shown });
    return fault?.kind === 'refuse' ? refusal(fault) : answer;
  }

  function refusal(fault: Fault & { kind: 'refuse' }): Answer {
    const standard = description.refusal(fault.status);
    const answer =
      fault.body === undefined
        ? standard
        : typeof fault.body === 'string'
          ? textAnswer(fault.status, fault.body)
          : jsonAnswer(fault.status, fault.body);
    return { ...answer, headers: { ...answer.headers, ...fault.headers } };
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const recorded = record(request);
    const isTold = description.pointsOfBody !== undefined && recorded.method === 'POST';
    let fault = isTold ? undefined : takeFault(recorded.points);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const raw = Buffer.concat(chunks);
    recorded.body = await parseBody(raw, request.headers['content-type'] ?? '');
    if (isTold) {
      recorded.points = description.pointsOfBody!(recorded.body);
      fault = takeFault(recorded.points);
    }
    if (fault) recorded.fault = fault.kind;
    if (fault?.kind === 'cut-before') return void request.socket.destroy();
    const answer = await answerTo(recorded, raw, fault);
    const half = answer.body.subarray(0, Math.floor(answer.body.length / 2));
    switch (fault?.kind) {
      case 'cut-during':
        return void request.socket.destroy();
      case 'cut-after':
        response.writeHead(answer.status, { ...answer.headers, 'content-length': answer.body.length });
        response.flushHeaders();
        if (half.length === 0) return void request.socket.destroy();
        return void response.write(half, () => request.socket.destroy());
      case 'html':
        return write(
          response,
          textAnswer(200, '<!doctype html><html><body>Please wait</body></html>', 'text/html'),
        );
      case 'empty':
        return write(response, { ...answer, body: Buffer.alloc(0) }, 200);
      case 'truncated-json':
        return write(response, { ...answer, body: half });
      case 'wrong-types':
        return write(response, wrongTypes(answer));
      case 'other-job': {
        const other = aboutAnotherJob(answer.body, recorded, origin);
        if (other === undefined) delete recorded.fault;
        return write(response, { ...answer, body: other ?? answer.body });
      }
      case 'slow':
        await hold(fault.ms);
        return write(response, answer);
      default:
        return answer.pieces === undefined
          ? write(response, answer)
          : writePieces(response, answer, answer.pieces);
    }
  }

  async function writePieces(
    response: ServerResponse,
    answer: Answer,
    pieces: NonNullable<Answer['pieces']>,
  ) {
    response.writeHead(answer.status, answer.headers);
    for (const piece of pieces) {
      if (piece === 'hold') await hold(undefined);
      else if (piece === 'cut') return void response.destroy();
      // Awaited, so that what was sent before a cut has left.
      else await new Promise<void>((resolve) => response.write(piece, () => resolve()));
    }
    response.end();
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      // A client that goes away while sending is no error of the fake; everything else must be seen by the test.
      if (request.destroyed && !request.complete) return;
      write(response, textAnswer(599, `The fake itself failed: ${String(error)}`));
    });
  });
  server.on('upgrade', (request, socket, head) => {
    const recorded = record(request);
    if (!description.upgrade || (description.authorization !== null && !recorded.authorized)) {
      // Whoever asked may have left.
      socket.on('error', () => undefined);
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
    } else description.upgrade(request, socket, head);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url: origin,
    requests,
    charges,
    faults,
    can,
    fail(fault) {
      if (!can(fault.kind, fault.on)) throw new Error(`This fake shows no '${fault.kind}' on '${fault.on}'`);
      faults.push({ ...fault, left: fault.times ?? 1 });
    },
    held() {
      if (held.size > 0) return Promise.resolve();
      return new Promise((resolve) => heldListeners.push(resolve));
    },
    release() {
      for (const letGo of held) letGo();
    },
    async close() {
      for (const letGo of held) letGo();
      heldListeners = [];
      description.stop?.();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
