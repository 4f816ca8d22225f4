import type { HttpAnswer, HttpRequest, OnEvent } from '#core/provider';
import type { Failure } from '#core/failure';
import { chunksOf, readEvents, tellEvents } from './read-body';
import { CallError } from './retry';
import { EventStreamReader } from './server-sent-events';

const usualTimeout = 60_000;

/** Codes that mean no connection was ever made, so nothing can have been taken. */
const neverConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/**
 * Sends one request once and gives the whole answer, whatever its status. Throws a `CallError` when there is none: its
 * `charge` is `none` when the connection was never made and `possible` otherwise; the caller of a free request may read
 * that as `none`. `follow` says whether redirects are followed. With `onEvent` a 2xx answer that is no JSON is read as a
 * stream of events, and has no body then; what `onEvent` throws goes up as it is.
 */
export async function send(
  request: HttpRequest,
  url: string,
  options: { signal: AbortSignal; follow: boolean; onEvent?: OnEvent | undefined },
): Promise<HttpAnswer> {
  const aborter = new AbortController();
  let timedOut: TimedOut = undefined;
  const giveUp = (why: TimedOut) => {
    timedOut = why;
    aborter.abort();
  };
  const { timeout = usualTimeout, silence = timeout } = request;
  const timer = setTimeout(() => giveUp('late'), timeout);
  let isOurs = false;
  const onEvent: OnEvent = async (event) => {
    try {
      return (await options.onEvent?.(event)) ?? 'more';
    } catch (error) {
      isOurs = true;
      throw error;
    }
  };
  const stop = () => aborter.abort();
  options.signal.addEventListener('abort', stop);
  if (options.signal.aborted) stop();
  try {
    const response = await fetch(url, {
      method: request.method,
      ...(bodyOf(request) as RequestInit),
      redirect: options.follow ? 'follow' : 'manual',
      signal: aborter.signal,
    });
    const hasEvents = options.onEvent !== undefined && response.ok;
    if (hasEvents && /^text\/event-stream/i.test(response.headers.get('content-type') ?? '')) {
      await readEvents(chunksOf(response, { silence, giveUp: () => giveUp('silent') }), onEvent);
      return answerOf(response, new Uint8Array());
    }
    const parts: Uint8Array[] = [];
    for await (const part of chunksOf(response)) parts.push(part);
    const answer = answerOf(response, Buffer.concat(parts));
    // A stream under another name has come in one piece.
    if (hasEvents && answer.json === undefined) {
      const reader = new EventStreamReader();
      await tellEvents([...reader.read(answer.bytes), ...reader.end()], onEvent);
    }
    return answer;
  } catch (error) {
    if (error instanceof CallError || isOurs) throw error;
    const failure = networkFailure(error, url, timedOut, options.signal.aborted);
    throw new CallError(failure, undefined, failure.code !== 'bad-port');
  } finally {
    clearTimeout(timer);
    options.signal.removeEventListener('abort', stop);
  }
}

function bodyOf(request: HttpRequest): {
  headers: Record<string, string>;
  body?: string | Uint8Array | FormData;
} {
  const headers = { ...request.headers };
  if (request.json !== undefined)
    return {
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(request.json),
    };
  if (request.bytes !== undefined)
    return {
      headers: { 'content-type': request.bytes.type, ...headers },
      body: request.bytes.data,
    };
  if (request.form !== undefined) {
    const form = new FormData();
    for (const part of request.form) {
      if ('value' in part) form.append(part.name, part.value);
      else
        form.append(
          part.name,
          new Blob([part.file.data as unknown as ArrayBuffer], { type: part.file.type }),
          part.file.name,
        );
    }
    return { headers, body: form };
  }
  return { headers };
}

function answerOf(response: Response, bytes: Uint8Array): HttpAnswer {
  const headers: Record<string, string> = {};
  response.headers.forEach((value, name) => {
    headers[name] = value;
  });
  let text: string | undefined;
  let json: { value: unknown } | undefined;
  return {
    status: response.status,
    headers,
    bytes,
    get text() {
      text ??= Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
      return text;
    },
    get json() {
      json ??= { value: parsedJson(this.text) };
      return json.value;
    },
  };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What took too long: the whole answer, or the next piece of it. */
type TimedOut = 'late' | 'silent' | undefined;

function networkFailure(error: unknown, url: string, timedOut: TimedOut, cancelled: boolean): Failure {
  const { host } = new URL(url);
  const cause = (error as { cause?: { code?: string; message?: string } }).cause;
  const code = cause?.code ?? (error as { code?: string }).code ?? '';
  const detail = [code, cause?.message ?? (error as Error).message].filter(Boolean).join(': ');
  if (cancelled)
    return {
      code: 'cancelled',
      act: 'user',
      charge: 'possible',
      message: 'Cancelled before the answer came.',
    };
  if (timedOut !== undefined)
    return {
      code: 'no-answer',
      act: 'wait',
      charge: 'possible',
      message:
        timedOut === 'silent'
          ? `${host} stopped in the middle of its answer. Check the connection, or try again later.`
          : `${host} did not answer in time. Check the connection, or try again later.`,
      detail,
    };
  // Fetch itself never connects to the ports of other services (the standard's list of bad ports).
  if (cause?.message === 'bad port')
    return {
      code: 'bad-port',
      act: 'user',
      charge: 'none',
      message: `${host} cannot be reached: no web service has that port. Check the address in the settings; nothing was sent.`,
    };
  // The same codes come from a connection that was made and broke; then something may have been taken.
  const syscall = (error as { cause?: { syscall?: string } }).cause?.syscall;
  const wasConnecting = syscall === undefined || syscall === 'connect' || syscall === 'getaddrinfo';
  if (neverConnected.has(code) && wasConnecting)
    return {
      code: 'unreachable',
      act: 'user',
      charge: 'none',
      message: `${host} cannot be reached. Check the address in the settings and your connection; nothing was sent.`,
      detail,
    };
  return {
    code: 'cut',
    act: 'wait',
    charge: 'possible',
    message: `The connection to ${host} broke before the whole answer came.`,
    detail,
  };
}
