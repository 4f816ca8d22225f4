import type { FreeTools, Service } from './provider';

/** A picture file as it is given to an image host. */
export interface HostedPicture {
  /** sha256 of `data`, in lower-case hex. */
  hash: string;
  data: Uint8Array;
  /** Media type: `image/png`. */
  type: string;
}

/** A request to sign with the keys of an S3-compatible service, in its query. */
export interface PresignRequest {
  method: 'GET' | 'PUT';
  /** Absolute, without a query. */
  url: string;
  region: string;
  keyId: string;
  key: string;
  /** From when it is valid, milliseconds since 1970. */
  from: number;
  /** For how long, seconds; 604,800 (7 days) at most. */
  seconds: number;
}

export interface ImageHostTools extends FreeTools {
  /** The url that carries the signature of its one request (AWS Signature Version 4). Calls nobody. */
  presigned(request: PresignRequest): string;
}

/** What was uploaded, as it is kept: nothing secret in it. */
export interface Upload {
  link: string;
  /** When the link dies, milliseconds since 1970. */
  until: number;
}

/**
 * A place of the person's own that gives a picture of this computer a link, for vendors that take links only. One file a
 * host. One with the `id` of a provider has its keys and settings.
 */
export interface ImageHost extends Service {
  /** Brings a picture there; free and repeatable: the same content has the same name. */
  upload(picture: HostedPicture, tools: ImageHostTools): Promise<Upload>;
  /**
   * The link as a vendor needs it, where the one that is kept is not open to everybody. Calls nobody, and gives the same
   * for the same upload, so that a request that is sent again is the same request.
   */
  opened?(upload: Upload, tools: ImageHostTools): string;
}

export type ImageHostCatalogue = ReadonlyMap<string, ImageHost>;

export function imageHostCatalogue(modules: Record<string, unknown>): ImageHostCatalogue {
  const hosts = Object.keys(modules)
    .sort()
    .map((path) => (modules[path] as { default: ImageHost }).default);
  return new Map(hosts.map((host) => [host.id, host]));
}

/** What settings need of an image host: its data without its code. */
export type ImageHostInfo = Pick<ImageHost, 'id' | 'label' | 'homepage' | 'summary' | 'secrets' | 'settings'>;

export function imageHostInfo(host: ImageHost): ImageHostInfo {
  const { id, label, homepage, summary, secrets, settings } = host;
  return { id, label, homepage, summary, secrets, settings };
}
