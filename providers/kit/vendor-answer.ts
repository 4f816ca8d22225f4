import { z } from 'zod';
import { FailureError, type Failure } from '#core/failure';
import type { FreeTools, HttpAnswer } from '#core/provider';

/**
 * Reading what vendors answer.
 *
 * The rule for `check`: a paid job has failed only when the vendor says so in words we understand. Anything else (a
 * gateway's page, half an answer, a 5xx, a refused key) says nothing about the job; `check` then throws a `FailureError`
 * and the engine asks again later, because the picture may be there and is paid for. The same holds for `lost`: only a
 * vendor's own "no such job" counts.
 */

/** How a vendor is named to the person. */
export interface VendorName {
  name: string;
  /** Where its keys are made. */
  keys: string;
  /** Where money is put in. */
  billing: string;
  /** Where the person sees what was charged, after "Look at": "your usage there" unless told. */
  usage?: string;
}

/** A text that is good to have and no reason to give up on an answer. */
export const words = z.string().nullish().catch(null);

/** A code of the vendor's own, as a number or as the text of one. */
export const codeSchema = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]);

/** The key as most take it. */
export function bearer(tools: Pick<FreeTools, 'secret'>): Record<string, string> {
  return { authorization: `Bearer ${tools.secret('key')}` };
}

/** A vendor's own words, short enough to show; a page of HTML is only named. */
export function vendorWords(answer: Pick<HttpAnswer, 'text'>): string {
  const text = answer.text.trim();
  if (text === '') return 'An empty answer.';
  if (/^<(!doctype|html)/i.test(text)) return 'An HTML page instead of an answer.';
  return text.length > 500 ? `${text.slice(0, 500)}…` : text;
}

/**
 * What an HTTP status that is not 2xx means at every vendor. `said` is the vendor's reason where its body has one.
 *
 * `charge` speaks of a submit: a 4xx is a refusal, so nothing was taken; a 408 or 5xx proves nothing.
 */
export function httpFailure(answer: HttpAnswer, vendor: VendorName, said?: string): Failure {
  const { status } = answer;
  const { name } = vendor;
  const detail = `HTTP ${status}: ${said ?? vendorWords(answer)}`;
  const because = said === undefined ? '' : ` It said: ${said}`;
  const user = (code: string, message: string): Failure => {
    return { code, act: 'user', charge: 'none', message, detail };
  };
  const wait = (code: string, charge: Failure['charge'], message: string): Failure => {
    return { code, act: 'wait', charge, message, detail };
  };
  switch (status) {
    case 401:
      return user('bad-key', `${name} does not accept the key. Set a valid one (${vendor.keys}).`);
    case 402:
      return user('no-balance', `The balance at ${name} is used up. Top it up at ${vendor.billing}.`);
    case 403:
      return user('forbidden', `${name} does not allow this with this key.${because}`);
    case 404:
      return user(
        'not-found',
        `${name} has nothing at this address: a link has expired, or the address in the settings is wrong.`,
      );
    case 408:
      return wait('vendor-down', 'possible', `${name} gave up waiting. Try again later.`);
    case 413:
      return user(
        'too-large',
        `The pictures are too large for ${name}. Make them smaller with a Resize node.`,
      );
    case 425:
    case 429:
      return wait(
        'busy',
        'none',
        `${name} takes no more requests for now. It goes on when the limit is over.`,
      );
  }
  if (status >= 500)
    return wait(
      'vendor-down',
      'possible',
      `${name} has trouble of its own (HTTP ${status}). Try again later.`,
    );
  if (status >= 400) return user('refused', `${name} refused the request.${because}`);
  return unreadable(answer, vendor, 'the request');
}

/**
 * What `statusOf` gives for a vendor that says no inside an HTTP 200, by a code in the body: the code, where it is one of
 * HTTP's refusals or troubles. `isAnswer`: the body is what was asked for, and so no refusal, whatever its code.
 */
export function statusByCode(answer: HttpAnswer, code: number | undefined, isAnswer: boolean): number {
  const { status } = answer;
  if (status < 200 || status > 299 || isAnswer || code === undefined) return status;
  return code >= 400 && code <= 599 ? code : status;
}

/**
 * A refusal without the vendor's own words comes from something before it, and says nothing about a job. `isOwn`: the body
 * has such words.
 */
export function ownRefusal(failure: Failure, isOwn: boolean): Failure {
  return !isOwn && failure.code === 'refused' ? { ...failure, code: 'unreadable' } : failure;
}

/** An answer that is not what the vendor's interface promises: nobody can tell what became of the request. */
export function unreadable(answer: HttpAnswer, vendor: Pick<VendorName, 'name'>, what: string): Failure {
  return {
    code: 'unreadable',
    act: 'vendor',
    charge: 'possible',
    message: `The answer of ${vendor.name} to ${what} could not be read. A proxy or a change at ${vendor.name} may be the reason.`,
    detail: `HTTP ${answer.status}: ${vendorWords(answer)}`,
  };
}

/** The body by its schema; throws `unreadable` for anything else. `what` completes "The answer of … to". */
export function readAnswer<T>(
  schema: z.ZodType<T>,
  answer: HttpAnswer,
  vendor: Pick<VendorName, 'name'>,
  what: string,
): T {
  const parsed = schema.safeParse(answer.json);
  if (parsed.success) return parsed.data;
  throw new FailureError(unreadable(answer, vendor, what));
}

/** The answer, or the failure that `tools.ask` threw; a bug goes on up. */
export async function answered(
  call: Promise<HttpAnswer>,
): Promise<{ ok: true; answer: HttpAnswer } | { ok: false; failure: Failure }> {
  try {
    return { ok: true, answer: await call };
  } catch (thrown) {
    if (thrown instanceof FailureError) return { ok: false, failure: thrown.failure };
    throw thrown;
  }
}
