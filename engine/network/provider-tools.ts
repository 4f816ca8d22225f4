import { setMaxListeners } from 'node:events';
import { WebSocket } from 'ws';
import { FailureError, type Failure } from '#core/failure';
import type { PictureTools } from '#core/pictures';
import type {
  HttpAnswer,
  HttpRequest,
  Provider,
  ProviderTools,
  Socket,
  SocketHandlers,
} from '#core/provider';
import type { Clock, EngineOptions } from '../contract';
import { secretVariable } from '../data-folder';
import type { UploadRows } from '../store/upload-rows';
import { addressOf, parsedUrl } from './address';
import { send } from './http';
import { checkPublic } from './public-address';
import type { Redactor } from './redact';
import { backOff, CallError, isPassing, longestWait, retryAfterOf } from './retry';

const mostTries = 4;
/** Redirects that are followed to a picture. */
const mostHops = 5;

/** What the engine adds to a provider's tools for one step. */
export interface StepTools {
  requestId: string;
  signal: AbortSignal;
  /** Ends the waiting between two tries, where `signal` does not; `signal` when left out. */
  impatient?: AbortSignal;
  /** Awaited before the paid request leaves. */
  beforeSpend(): Promise<void>;
}

export interface Network {
  clock: Clock;
  redactor: Redactor;
  pictures: PictureTools;
  uploads: UploadRows;
  options: Pick<EngineOptions, 'secret' | 'setting'>;
}

/** Every setting of a provider: the person's value, else its initial one. */
export function settingsOf(
  provider: Provider,
  setting: EngineOptions['setting'],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    provider.settings.map(({ name, initial }) => [name, setting(provider.id, name) ?? initial]),
  );
}

/** A provider's tools, and what the engine itself needs besides. */
export interface EngineTools extends ProviderTools {
  /** Fetches what a vendor's answer names: as `ask`, and only from the internet or a host the person has configured. */
  download(request: HttpRequest): Promise<HttpAnswer>;
}

/** The tools of one step of one provider. `ask` retries by the one policy; `spend` sends once. */
export function providerTools(provider: Provider, network: Network, step: StepTools): EngineTools {
  const { clock, pictures, options } = network;
  // Every call of a run listens to the one signal; many at once are no leak.
  setMaxListeners(0, step.signal);
  const settings = settingsOf(provider, options.setting);
  const place = (request: HttpRequest) =>
    addressOf(checkedUrl(request.url), provider, settings['baseUrl'] ?? '');

  /** An answer with the status it stands for. */
  const meant = (answer: HttpAnswer): HttpAnswer => {
    return { ...answer, status: provider.statusOf?.(answer) ?? answer.status };
  };

  /** Tries a free call again by the one policy. */
  async function repeated(call: () => Promise<HttpAnswer>): Promise<HttpAnswer> {
    for (let tried = 1; ; tried += 1) {
      try {
        const answer = await call();
        if (answer.status >= 200 && answer.status < 300) return answer;
        throw refusal(provider, answer, clock.now());
      } catch (error) {
        const free = freeOfCharge(error);
        const wait = free instanceof CallError ? backOff(tried, free.retryAfter) : 0;
        const canRetry =
          free instanceof CallError && free.passing && tried < mostTries && wait <= longestWait;
        const impatient = step.impatient ?? step.signal;
        if (!canRetry || impatient.aborted) throw free;
        await clock.sleep(wait, impatient);
        if (impatient.aborted) throw free;
      }
    }
  }

  async function ask(request: HttpRequest): Promise<HttpAnswer> {
    const url = place(request);
    return repeated(async () => meant(await send(request, url, { signal: step.signal, follow: true })));
  }

  /** Where the person, or the provider's own code, has said that calls go. */
  const trusted = new Set(
    [settings['baseUrl'] ?? '', ...provider.hosts].flatMap((url) => parsedUrl(url)?.host ?? []),
  );

  async function download(request: HttpRequest): Promise<HttpAnswer> {
    return repeated(async () => {
      let url = addressOf(request.url, provider, settings['baseUrl'] ?? '');
      let { headers } = request;
      for (let hop = 0; ; hop += 1) {
        await checkPublic(url, trusted);
        const call = { ...request, ...(headers === undefined ? {} : { headers }) };
        const answer = await send(call, url, { signal: step.signal, follow: false });
        const next = answer.status >= 300 && answer.status < 400 ? answer.headers['location'] : undefined;
        if (next === undefined || hop === mostHops) return answer;
        const to = new URL(next, url);
        // A key is for the host it was given for.
        if (to.origin !== new URL(url).origin) headers = {};
        url = to.href;
      }
    });
  }

  async function spend(request: HttpRequest): Promise<HttpAnswer> {
    const url = place(request);
    await step.beforeSpend();
    // Not cut when the run is cancelled: only the answer tells what to stop, and whether it was paid for.
    const answer = meant(await send(request, url, { signal: new AbortController().signal, follow: false }));
    if (answer.status >= 200 && answer.status < 300) return answer;
    const refused = refusal(provider, answer, clock.now());
    // A conflict (409) says that something was taken before, a time-out (408) nothing at all.
    const isUnclear = answer.status >= 500 || answer.status === 409 || answer.status === 408;
    const failure: Failure = { ...refused.failure, charge: isUnclear ? 'possible' : 'none' };
    throw new CallError(failure, refused.retryAfter, refused.passing);
  }

  return {
    settings,
    secret: (name) => secretOf(provider, name, network),
    ask,
    download,
    spend,
    requestId: step.requestId,
    pictures,
    uploaded: (hash, upload) => network.uploads.link(provider.id, hash, clock.now(), upload),
    socket: (url, handlers, headers = {}) =>
      openSocket(addressOf(url, provider, settings['baseUrl'] ?? ''), handlers, headers),
    signal: step.signal,
    now: () => clock.now(),
  };
}

function checkedUrl(url: string): string {
  const parsed = parsedUrl(url);
  if (parsed !== undefined && (parsed.protocol === 'http:' || parsed.protocol === 'https:')) return url;
  throw new FailureError({
    code: 'wrong-address',
    act: 'user',
    charge: 'none',
    message: `"${url}" is not a web address (http:// or https://). Check the address in the settings.`,
  });
}

function secretOf(provider: Provider, name: string, { options, redactor }: Network): string {
  const spec = provider.secrets.find((secret) => secret.name === name);
  const value = options.secret(provider.id, name) ?? '';
  if (value === '' && (spec?.required ?? true))
    throw new FailureError({
      code: 'no-key',
      act: 'user',
      charge: 'none',
      message: `${provider.label} needs a key (${spec?.label ?? name}). Enter it in the settings, or set ${secretVariable(provider.id, name)}.`,
    });
  redactor.learn(value);
  return value;
}

/** A status that is not 2xx, in the provider's words; a provider that cannot read it is covered for. */
function refusal(provider: Provider, answer: HttpAnswer, now: number): CallError {
  let failure: Failure;
  try {
    failure = provider.readError(answer);
  } catch (error) {
    failure = {
      code: `http-${answer.status}`,
      act: 'vendor',
      charge: 'none',
      message: `${provider.label} answered with an error (${answer.status}) that Seedloom cannot read.`,
      detail: `${answer.text.slice(0, 1_000)}\n${String(error)}`,
    };
  }
  return new CallError(failure, retryAfterOf(answer, now), isPassing(answer.status));
}

/** A free call costs nothing, whatever became of it. */
function freeOfCharge(error: unknown): unknown {
  if (!(error instanceof FailureError)) return error;
  const failure: Failure = { ...error.failure, charge: 'none' };
  return error instanceof CallError
    ? new CallError(failure, error.retryAfter, error.passing)
    : new FailureError(failure);
}

/** Progress only: whatever goes wrong with it closes it quietly, and polling goes on. */
function openSocket(url: string, handlers: SocketHandlers, headers: Record<string, string>): Socket {
  const socket = new WebSocket(url, { headers, handshakeTimeout: 10_000, maxPayload: 64 * 1024 * 1024 });
  socket.on('open', () => handlers.onOpen?.());
  socket.on('message', (data, isBinary) => {
    const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as ArrayBuffer);
    if (isBinary) handlers.onBinary?.(bytes);
    else handlers.onText(bytes.toString('utf8'));
  });
  socket.on('error', () => undefined);
  socket.on('close', () => handlers.onClose());
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close: () => socket.close(),
  };
}
