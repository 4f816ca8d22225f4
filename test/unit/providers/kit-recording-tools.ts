import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { WebSocket } from 'ws';
import { FailureError } from '#core/failure';
import type { PictureTools } from '#core/pictures';
import type { HttpAnswer, HttpRequest, OnEvent, Provider, ProviderTools, RemoteResult } from '#core/provider';
import type { ImageFormat, ImageRef } from '#core/values';
import { tellEvents } from '#engine/network/read-body';
import { EventStreamReader } from '#engine/network/server-sent-events';

/** The plainest tools a provider can be given: every call is made once and written down. */

export interface Call extends HttpRequest {
  by: 'ask' | 'spend';
}
export interface RecordingTools extends ProviderTools {
  calls: Call[];
  /** What had arrived, each time it was told. */
  soFar: RemoteResult[];
  /** Takes a picture in. */
  keep(bytes: Uint8Array): Promise<ImageRef>;
}
type Respond = (request: HttpRequest) => Promise<HttpAnswer> | HttpAnswer;

export function answer(status: number, body: unknown, headers: Record<string, string> = {}): HttpAnswer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return { status, headers, bytes: Buffer.from(text), text, json };
}

/** Answers from a real server; calls to the provider's own hosts go to `origin`. */
export function server(origin: string, hosts: readonly string[]): Respond {
  return async (request) => {
    const asked = new URL(request.url);
    const url = hosts.includes(asked.origin) ? `${origin}${asked.pathname}${asked.search}` : request.url;
    const form = new FormData();
    for (const part of request.form ?? [])
      if ('value' in part) form.append(part.name, part.value);
      else
        form.append(
          part.name,
          new Blob([new Uint8Array(part.file.data)], { type: part.file.type }),
          part.file.name,
        );
    const type = request.json !== undefined ? 'application/json' : request.bytes?.type;
    const body =
      request.json !== undefined
        ? JSON.stringify(request.json)
        : request.bytes
          ? new Uint8Array(request.bytes.data)
          : request.form
            ? form
            : null;
    const response = await fetch(url, {
      method: request.method,
      headers: { ...(type === undefined ? {} : { 'content-type': type }), ...request.headers },
      body,
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    const headers = Object.fromEntries(response.headers);
    return { ...answer(response.status, Buffer.from(bytes).toString('utf8'), headers), bytes };
  };
}

export function recordingTools(
  provider: Provider,
  respond: Respond,
  given: {
    key?: string;
    settings?: Record<string, string>;
    requestId?: string;
    loras?: ReadonlyMap<string, Uint8Array>;
  } = {},
): RecordingTools {
  const calls: Call[] = [];
  const call = (by: Call['by']) => async (request: HttpRequest) => {
    calls.push({ ...request, by });
    const given = await respond(request);
    const answered = { ...given, status: provider.statusOf?.(given) ?? given.status };
    if (answered.status >= 200 && answered.status < 300) return answered;
    throw new FailureError(provider.readError(answered));
  };
  const soFar: RemoteResult[] = [];
  const spendOnce = call('spend');
  async function spend(request: HttpRequest, onEvent?: OnEvent): Promise<HttpAnswer> {
    const whole = await spendOnce(request);
    if (onEvent === undefined || whole.json !== undefined) return whole;
    const reader = new EventStreamReader();
    await tellEvents([...reader.read(whole.bytes), ...reader.end()], onEvent);
    return whole;
  }
  const { keep, pictures } = memoryPictures();
  return {
    calls,
    soFar,
    keep,
    pictures,
    readLora: (file) => Promise.resolve(given.loras?.get(file.hash) ?? new Uint8Array()),
    uploaded: async (_hash, upload) => (await upload()).link,
    hosted: async ({ hash }) => `https://pictures.example/${hash}`,
    settings: {
      ...Object.fromEntries(provider.settings.map(({ name, initial }) => [name, initial])),
      ...given.settings,
    },
    secret: () => given.key ?? '',
    ask: call('ask'),
    spend,
    arrived: async (result) => void soFar.push(result),
    requestId: given.requestId ?? 'attempt-1',
    socket(url, handlers, headers = {}) {
      const socket = new WebSocket(url, { headers });
      socket.on('open', () => handlers.onOpen?.());
      socket.on('message', (data, isBinary) => {
        if (isBinary) handlers.onBinary?.(data as Buffer);
        else handlers.onText(String(data as Buffer));
      });
      socket.on('error', () => undefined);
      socket.on('close', () => handlers.onClose());
      return { send: (text) => socket.send(text), close: () => socket.close() };
    },
    signal: new AbortController().signal,
    now: () => 0,
  };
}

function memoryPictures() {
  const stored = new Map<string, Uint8Array>();
  const unused = () => Promise.reject(new Error('no provider of these tests needs this'));
  async function keep(bytes: Uint8Array): Promise<ImageRef> {
    const hash = createHash('sha256').update(bytes).digest('hex');
    const { width, height, format } = await sharp(bytes).metadata();
    stored.set(hash, bytes);
    return { hash, width, height, format: format as ImageFormat, bytes: bytes.byteLength };
  }
  const pictures: PictureTools = {
    read: (image) => Promise.resolve(stored.get(image.hash) ?? new Uint8Array()),
    store: keep,
    encode: async (image, { format, quality }) =>
      keep(
        await sharp(stored.get(image.hash))
          .toFormat(format, quality === undefined ? {} : { quality })
          .toBuffer(),
      ),
    resize: unused,
    compose: unused,
    crop: unused,
    mask: unused,
    markedArea: unused,
  };
  return { keep, pictures };
}

export async function picture(width: number, height: number, color: string): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: color } })
    .png()
    .toBuffer();
}

/** The failure a call throws. */
export async function thrown(call: Promise<unknown>) {
  try {
    await call;
  } catch (error) {
    if (error instanceof FailureError) return error.failure;
    throw error;
  }
  throw new Error('the call threw no failure');
}
