import { z } from 'zod';
import type { Failure } from '#core/failure';
import type { HttpAnswer } from '#core/provider';
import { httpFailure, words, type VendorName } from './vendor-answer';

/** How Runware says no. Its papers show the form of an error and name few codes; more are in its own clients. */

export const runware: VendorName = {
  name: 'Runware',
  keys: 'runware.ai, page "API Keys"',
  billing: 'runware.ai, in your account',
};
const errorSchema = z.object({ code: z.string().min(1), message: words });
const refusalSchema = z.union([
  z.object({ errors: z.tuple([errorSchema]).rest(z.unknown()) }).transform(({ errors }) => errors[0]),
  z
    .object({
      data: z.tuple([z.object({ status: z.literal('error'), error: errorSchema.partial().nullish() })]),
    })
    .transform(({ data }) => ({
      code: data[0].error?.code ?? 'taskFailed',
      message: data[0].error?.message,
    })),
]);
const safety =
  /content ?policy|sensitiveContent|unsafeContent|nsfwContent|promptBlocked|imageBlocked|moderation/i;
const account =
  /^(unauthorized|forbidden|permissionDenied|insufficientPermissions)$|^(invalid|missing)(ApiKey|Authentication|Credentials)$|^(auth|token)[A-Z]|^(account|organization|workspace)(Suspended|Disabled)$/;
const ofItself =
  /^(internalServerError|serviceUnavailable|serverUnavailable|standardError|unknownError|undefinedError|defaultError|unrecognizedResponse)$/;
const ofTheModel =
  /^(provider|thirdParty|model(Unavailable|Disabled|NotReady))|timeout|^(task|processing|inference|download|upload)[A-Z]|^noAvailableServer$/i;

interface Meaning {
  /** Of an answer with this code that says 200. */
  status: number;
  /** Our word for it, where the status does not tell. */
  code?: string;
  /** It names no reason: a status of its own tells more. */
  isVague?: true;
}

/** What a code stands for; by the lists in its own clients, since its papers give no list. */
function meaningOf(code: string): Meaning {
  if (code === 'conflictTaskUUID') return { status: 400, code: 'taken-before' };
  if (/^task(FailedOr)?NotFound$/.test(code)) return { status: 404, code: 'no-such-job' };
  if (safety.test(code)) return { status: 400, code: 'moderation' };
  if (/rateLimit/i.test(code)) return { status: 429 };
  if (account.test(code)) return { status: code === 'invalidApiKey' ? 401 : 403 };
  // The credits of a company behind Runware are no matter of the person's.
  if (ofTheModel.test(code)) return { status: 502, code: 'job-failed' };
  if (/credits|quota|balance|paymentRequired/i.test(code)) return { status: 402 };
  return ofItself.test(code) ? { status: 503, isVague: true } : { status: 400, isVague: true };
}

function refusalIn(answer: HttpAnswer): z.infer<typeof refusalSchema> | undefined {
  return refusalSchema.safeParse(answer.json).data;
}

export function statusOf(answer: HttpAnswer): number {
  const refusal = answer.status < 300 ? refusalIn(answer) : undefined;
  return refusal === undefined ? answer.status : meaningOf(refusal.code).status;
}

export function readError(answer: HttpAnswer): Failure {
  const refusal = refusalIn(answer);
  if (refusal === undefined) {
    const failure = httpFailure(answer, runware);
    // A gateway's page is no word of Runware's on a task.
    return failure.code === 'refused' ? { ...failure, code: 'unreadable' } : failure;
  }
  const meaning = meaningOf(refusal.code);
  const said = refusal.message ?? refusal.code;
  const status = meaning.isVague ? answer.status : meaning.status;
  const failure = {
    ...httpFailure({ ...answer, status }, runware, said),
    detail: `${refusal.code}: ${said}`,
  };
  switch (meaning.code) {
    case undefined:
      // Trouble of its own is no word on a task, whatever its status.
      return failure.code === 'refused' && ofItself.test(refusal.code)
        ? { ...failure, code: 'unreadable' }
        : failure;
    case 'moderation': {
      const message =
        'The safety check at Runware refused this prompt or a picture. Change the words or the pictures.';
      return { ...failure, code: 'moderation', act: 'user', message };
    }
    case 'job-failed': {
      const message = `Runware could not make the picture. It said: ${said}`;
      return { ...failure, code: 'job-failed', act: 'vendor', message };
    }
    case 'no-such-job': {
      const message = 'Runware knows nothing of this task. Look at your usage there before you run it again.';
      return { ...failure, code: 'no-such-job', act: 'vendor', message };
    }
    default:
      return { ...failure, code: meaning.code };
  }
}
