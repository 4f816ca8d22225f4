import { remoteJobSchema, type RemoteJob, type RemotePicture, type RemoteResult } from '#core/provider';
import type { OpenJob } from '../store/store';

type Answer = NonNullable<OpenJob['answer']>;

/** A price a vendor names, where it is one. */
export function saidPrice(price: number | undefined): number | undefined {
  return price !== undefined && Number.isFinite(price) && price >= 0 ? price : undefined;
}

/** Failures to fetch a result that say nothing about the result: no network, a key that is not there just now. */
export const comesLater: ReadonlySet<string> = new Set(['unreachable', 'bad-key', 'no-key']);

/** What can be written down of a whole answer: only where all of it is plain links, never bytes or keys. */
export function linksOnly({ pictures, price, vendorId }: RemoteResult): Answer | undefined {
  const links = pictures.flatMap((picture) =>
    picture.from === 'url' && picture.request.headers === undefined ? [picture.request.url] : [],
  );
  if (links.length === 0 || links.length < pictures.length) return undefined;
  const said = saidPrice(price);
  return {
    links,
    ...(said === undefined ? {} : { price: said }),
    ...(vendorId === undefined ? {} : { vendorId: String(vendorId) }),
  };
}

/**
 * A vendor's job as it reads back from the disk. What is not as it was promised (an id that is a number, no ticket) must be
 * found again all the same: a row that cannot be read is no open job, and the next run would pay anew. Throws where nothing
 * can be made of it.
 */
export function keptJob(job: RemoteJob): RemoteJob {
  const written = JSON.stringify({ ...job, id: String(job.id), ticket: job.ticket ?? null });
  return remoteJobSchema.parse(JSON.parse(written));
}

export function resultOf({ links, price, vendorId }: Answer): RemoteResult {
  return {
    pictures: links.map((url): RemotePicture => ({ from: 'url', request: { method: 'GET', url } })),
    ...(price === undefined ? {} : { price }),
    ...(vendorId === undefined ? {} : { vendorId }),
  };
}
