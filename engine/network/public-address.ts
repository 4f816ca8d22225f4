import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { FailureError } from '#core/failure';
import { parsedUrl } from './address';

/** Addresses of this computer and its neighbours, which a vendor's answer has no business to name. */
const inside = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  inside.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [
  ['::', 128],
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  inside.addSubnet(network, prefix, 'ipv6');

export type Resolve = (name: string) => Promise<{ address: string; family: number }[]>;
const resolveAll: Resolve = (name) => lookup(name, { all: true });

/**
 * Lets a web address that a vendor named pass when it leads out to the internet, or to a host the person has configured
 * (`trusted`: `host:port` as in a URL). Throws a `FailureError` otherwise. A name that cannot be resolved passes: the call
 * itself says so better.
 */
export async function checkPublic(
  url: string,
  trusted: ReadonlySet<string>,
  resolve: Resolve = resolveAll,
): Promise<void> {
  const parsed = parsedUrl(url);
  if (parsed === undefined || (parsed.protocol !== 'https:' && parsed.protocol !== 'http:'))
    throw refusal(
      `The service named "${url.slice(0, 200)}" as the place of a picture, which is no web address.`,
    );
  if (trusted.has(parsed.host)) return;
  const name = parsed.hostname.replace(/^\[|\]$/g, '');
  const addresses =
    isIP(name) > 0
      ? [{ address: name, family: isIP(name) }]
      : await resolve(name).catch((): { address: string; family: number }[] => []);
  if (addresses.some(({ address, family }) => isInside(address, family)))
    throw refusal(
      `The service named "${parsed.host}" as the place of a picture, which is inside your own network. It was not fetched.`,
    );
}

function isInside(address: string, family: number): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return inside.check(mapped, 'ipv4');
  return inside.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

function refusal(message: string): FailureError {
  return new FailureError({ code: 'private-address', act: 'vendor', charge: 'none', message });
}
