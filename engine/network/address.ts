import { refusePassword } from '#core/address';
import type { Provider } from '#core/provider';

/** The parts of a web address, `undefined` for what is none. Not by `URL.canParse`: Node 18.15, in Electron 25, has none. */
export function parsedUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/**
 * Where a call really goes: a url on one of the provider's own hosts goes to `baseUrl` when that is set, keeping path and
 * query; any other url stays as it is. Throws a `FailureError` where one of the two holds a password.
 */
export function addressOf(url: string, provider: Pick<Provider, 'hosts'>, baseUrl: string): string {
  refusePassword(url);
  refusePassword(baseUrl);
  if (baseUrl === '') return url;
  const asked = new URL(url);
  const isOwn = provider.hosts.some((host) => new URL(host).host === asked.host);
  if (!isOwn) return url;
  const base = new URL(baseUrl);
  const secure = base.protocol === 'https:';
  const isSocket = asked.protocol === 'ws:' || asked.protocol === 'wss:';
  asked.protocol = isSocket ? (secure ? 'wss:' : 'ws:') : base.protocol;
  asked.host = base.host;
  if (base.port === '') asked.port = '';
  asked.pathname = `${base.pathname.replace(/\/$/, '')}${asked.pathname}`;
  return asked.href;
}
