import { z } from 'zod';
import type { Failure } from '#core/failure';
import type { HttpAnswer } from '#core/provider';
import { httpFailure, words, type VendorName } from './vendor-answer';

/** What Ark says went wrong, in our words. Source: docs.byteplus.com/en/docs/ModelArk/1299023. */

export interface ArkVendor extends VendorName {
  /** Where a model is opened for an account. */
  console: string;
  host: string;
  /** Model id → the vendor's dated name. */
  models: Readonly<Record<string, string>>;
}

export const saidSchema = z.object({ code: words, message: words });
type Said = z.infer<typeof saidSchema>;
export const errorSchema = z.object({ error: saidSchema });

/** Why one picture of a set is not there. Only pictures that were made are billed. */
export function pictureFailure(said: Said, vendor: ArkVendor): Failure {
  const moderation = moderated(said, 200, vendor);
  if (moderation !== undefined) return moderation;
  const message = `${vendor.name} took the request and could not make the picture. Run it again.`;
  return { code: 'job-failed', act: 'vendor', charge: 'none', message, detail: wordsOf(said) };
}

export function readError(answer: HttpAnswer, vendor: ArkVendor): Failure {
  const said = errorSchema.safeParse(answer.json).data?.error;
  return said === undefined ? httpFailure(answer, vendor) : saidFailure(said, answer, vendor);
}

function wordsOf({ code, message }: Said): string {
  return [code, message].filter(Boolean).join(': ');
}

/** An error as Ark words it: the code decides, also under a status that says less. */
function saidFailure(said: Said, answer: HttpAnswer, vendor: ArkVendor): Failure {
  const code = said.code ?? '';
  const failure = httpFailure(answer, vendor, wordsOf(said));
  const moderation = moderated(said, answer.status, vendor);
  if (moderation !== undefined) return moderation;
  if (/Overdue/.test(code)) return httpFailure({ ...answer, status: 402 }, vendor, wordsOf(said));
  if (answer.status >= 500) return failure;
  if (/NotOpen|AccessDisabled|InvalidEndpoint|UnsupportedModel/.test(code)) {
    const message = `${vendor.name} has not opened this model for your account. Open it at ${vendor.console}, then run again.`;
    return { ...failure, code: 'model-closed', act: 'user', charge: 'none', message };
  }
  if (/QuotaExceeded|SetLimitExceeded/.test(code)) {
    const message = `What your account may use of this model at ${vendor.name} is used up. Raise it at ${vendor.console}.`;
    return { ...failure, code: 'quota', act: 'user', charge: 'none', message };
  }
  return failure;
}

function moderated(said: Said, status: number, { name }: ArkVendor): Failure | undefined {
  const code = said.code ?? '';
  if (!/Sensitive|Risk/.test(code)) return undefined;
  const what = code.startsWith('InputImage')
    ? `The safety check at ${name} refused a picture that was sent. Take another one.`
    : code.startsWith('OutputImage')
      ? `The safety check at ${name} held back the picture that was made. Change the words or the pictures.`
      : `The safety check at ${name} refused this prompt. Change the words.`;
  const person = code.includes('PrivacyInformation') ? ' It seems to show a real person.' : '';
  const message = `${what}${person}`;
  const detail = `HTTP ${status}: ${wordsOf(said)}`;
  return { code: 'moderation', act: 'user', charge: 'none', message, detail };
}

/** An error that came with a 200, in an answer or in a stream. */
export function refusalOf(said: Said, answer: HttpAnswer, vendor: ArkVendor): Failure {
  return saidFailure(said, { ...answer, status: statusOf(said) }, vendor);
}

/** The status that belongs to an error which came with a 200. */
function statusOf(error: Said): number {
  const code = error.code ?? '';
  if (code.startsWith('Authentication')) return 401;
  if (code.includes('Denied')) return 403;
  if (/^(RateLimit|TooManyRequests)/.test(code)) return 429;
  return /Parameter|Sensitive|Risk|Endpoint|NotOpen|Model|Quota|SetLimit|Overdue/.test(code) ? 400 : 500;
}
