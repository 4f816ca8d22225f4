import type { Failure } from '#core/failure';
import { remoteJobSchema, type RemoteJob, type RemotePicture, type RemoteResult } from '#core/provider';
import type { OpenJob } from '../store/store';

type Answer = NonNullable<OpenJob['answer']>;
type KeptPicture = NonNullable<Answer['pictures']>[number];

/** A price a vendor names, where it is one. */
export function saidPrice(price: number | undefined): number | undefined {
  return price !== undefined && Number.isFinite(price) && price >= 0 ? price : undefined;
}

/** Failures to fetch a result that say nothing about the result: no network, a key that is not there just now. */
export const comesLater: ReadonlySet<string> = new Set(['unreachable', 'bad-key', 'no-key']);

/**
 * What can be written down of an answer: plain links, what is here already, and why others are not there; never bytes or
 * keys. `clean` takes keys out of a failure. `undefined` where that is not all of it, or no picture is among it.
 */
export function keptAnswer(
  { pictures, price, charged, vendorId }: RemoteResult,
  clean: (failure: Failure) => Failure,
): Answer | undefined {
  const kept = pictures.flatMap((picture) => keptPicture(picture, clean));
  if (kept.length < pictures.length || kept.every((each) => 'failure' in each)) return undefined;
  const links = kept.flatMap((each) => ('link' in each ? [each.link] : []));
  const said = saidPrice(price);
  return {
    links,
    ...(links.length === kept.length ? {} : { pictures: kept }),
    ...(said === undefined ? {} : { price: said }),
    ...(charged === undefined ? {} : { charged }),
    ...(vendorId === undefined ? {} : { vendorId: String(vendorId) }),
  };
}

function keptPicture(picture: RemotePicture, clean: (failure: Failure) => Failure): KeptPicture[] {
  switch (picture.from) {
    case 'url':
      return picture.request.headers === undefined ? [{ link: picture.request.url }] : [];
    case 'store':
      return [{ image: picture.image }];
    case 'nowhere':
      return [{ failure: clean(picture.failure) }];
    case 'bytes':
    case 'training':
      return [];
  }
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

export function resultOf({ links, pictures, price, charged, vendorId }: Answer): RemoteResult {
  const kept = pictures ?? links.map((link) => ({ link }));
  return {
    pictures: kept.map((each): RemotePicture => {
      if ('link' in each) return { from: 'url', request: { method: 'GET', url: each.link } };
      if ('image' in each) return { from: 'store', image: each.image };
      return { from: 'nowhere', failure: each.failure };
    }),
    ...(price === undefined ? {} : { price }),
    ...(charged === undefined ? {} : { charged }),
    ...(vendorId === undefined ? {} : { vendorId }),
  };
}

/**
 * What a result cost and what it may cost besides, US dollars: as the vendor says, else its share of the worst price. `ours` is
 * the same by our price list.
 */
export function costOf({ price, charged }: RemoteResult, worst: number) {
  const share = (pictures: number) => (charged === undefined ? worst : (worst * pictures) / charged.of);
  const said = saidPrice(price);
  const ours = share(charged?.certain ?? 1);
  const open = said === undefined && charged !== undefined ? share(charged.possible) : 0;
  return { said, ours, billed: said ?? ours, open };
}
