import type { HttpAnswer, HttpRequest } from '#core/provider';
import type { Failure } from '#core/failure';
import { CallError } from './retry';

const usualTimeout = 60_000;
/** No picture of any model comes near this; a body beyond it is a mistake or an attack. */
const mostBytes = 256 * 1024 * 1024;

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
 * that as `none`. `follow` says whether redirects are followed.
 */
export async function send(
  request: HttpRequest,
  url: string,
  options: { signal: AbortSignal; follow: boolean },
): Promise<HttpAnswer> {
  const aborter = new AbortController();
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    aborter.abort();
  }, request.timeout ?? usualTimeout);
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
    const bytes = await readAll(response);
    return answerOf(response, bytes);
  } catch (error) {
    if (error instanceof CallError) throw error;
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

async function readAll(response: Response): Promise<Uint8Array> {
  const tooLarge = new CallError({
    code: 'answer-too-large',
    act: 'vendor',
    charge: 'possible',
    message: 'The answer is larger than 256 MB and was not read. Ask the service what it sends.',
  });
  if (Number(response.headers.get('content-length') ?? 0) > mostBytes) {
    await response.body?.cancel();
    throw tooLarge;
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  for (let chunk = await reader?.read(); chunk !== undefined && !chunk.done; chunk = await reader?.read()) {
    const part = chunk.value as Uint8Array;
    length += part.byteLength;
    if (length > mostBytes) {
      await reader?.cancel();
      throw tooLarge;
    }
    chunks.push(part);
  }
  return Buffer.concat(chunks, length);
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

function networkFailure(error: unknown, url: string, timedOut: boolean, cancelled: boolean): Failure {
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
  if (timedOut)
    return {
      code: 'no-answer',
      act: 'wait',
      charge: 'possible',
      message: `${host} did not answer in time. Check the connection, or try again later.`,
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
