import type { PictureTools } from '#core/pictures';
import type { HttpAnswer, HttpRequest, OnEvent, Provider, ProviderTools } from '#core/provider';
import type { EngineOptions } from '../contract';
import type { LoraFiles } from '../loras/lora-files';
import type { UploadRows } from '../store/upload-rows';
import { addressOf, parsedUrl } from './address';
import { freeTools, repeated, type Calls, type Patience } from './free-tools';
import { send } from './http';
import { hostedLink } from './image-host';
import { checkPublic } from './public-address';
import { rejoiningSocket } from './rejoining-socket';
import { sendOnce } from './send-once';

/** Redirects that are followed to a picture. */
const mostHops = 5;

/** What the engine adds to a provider's tools for one step. */
export interface StepTools extends Patience {
  requestId: string;
  /** Awaited before the paid request leaves. */
  beforeSpend(): Promise<void>;
  /** What the paid request has come to so far. */
  arrived?: ProviderTools['arrived'];
}

export interface Network extends Calls {
  pictures: PictureTools;
  loras: LoraFiles;
  uploads: UploadRows;
  options: Pick<EngineOptions, 'secret' | 'setting' | 'imageHosts' | 'imageHost'>;
}

/** A provider's tools, and what the engine itself needs besides. */
export interface EngineTools extends ProviderTools {
  /** Fetches what a vendor's answer names: as `ask`, and only from the internet or a host the person has configured. */
  download(request: HttpRequest): Promise<HttpAnswer>;
  /** What `uploaded` gives for that content from now on. */
  remember(hash: string, upload: { link: string; until: number }): Promise<void>;
  /** Checks and stores a trained LoRA. */
  storeLora: LoraFiles['store'];
}

/** The tools of one step of one provider. `spend` sends once. */
export function providerTools(provider: Provider, network: Network, step: StepTools): EngineTools {
  const { clock, pictures, loras } = network;
  const free = freeTools(provider, network, step);
  const { settings } = free;

  /** Where the person, or the provider's own code, has said that calls go. */
  const trusted = new Set(
    [settings['baseUrl'] ?? '', ...provider.hosts].flatMap((url) => parsedUrl(url)?.host ?? []),
  );

  async function download(request: HttpRequest): Promise<HttpAnswer> {
    return repeated(provider, network, step, async () => {
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

  const spend = (request: HttpRequest, onEvent?: OnEvent) =>
    sendOnce(provider, settings['baseUrl'] ?? '', request, {
      now: () => clock.now(),
      before: () => step.beforeSpend(),
      onEvent,
    });

  return {
    ...free,
    download,
    spend,
    arrived: async (soFar) => step.arrived?.(soFar),
    requestId: step.requestId,
    pictures,
    readLora: (file) => loras.read(file),
    storeLora: (bytes) => loras.store(bytes),
    uploaded: async (hash, upload) =>
      (await network.uploads.find(provider.id, hash, clock.now(), upload)).link,
    remember: (hash, upload) => network.uploads.remember(provider.id, hash, upload),
    hosted: (picture) => hostedLink(picture, network, step),
    socket: (url, handlers, headers = {}) =>
      rejoiningSocket(addressOf(url, provider, settings['baseUrl'] ?? ''), handlers, headers, clock),
  };
}
