import type { z } from 'zod';
import { FailureError, type Failure } from '#core/failure';
import type { HttpAnswer, RemoteJob, RemotePicture, RemoteResult, RemoteState } from '#core/provider';
import { answered, readAnswer, unreadable, type VendorName } from './vendor-answer';

/**
 * What becomes of a vendor's jobs, in the same words for all vendors. `what` is the vendor's own word for one: `task`, `job`,
 * `prediction`. Where a charge depends on the vendor, the failures here say `none` and it is overridden.
 */
export class JobAnswers {
  constructor(
    private readonly vendor: VendorName,
    private readonly what: string,
  ) {}

  /**
   * The answer to a question for a job, by its schema. Throws `unreadable` where it is another, and where it names a job and
   * not the one that was asked for: nobody can tell then what became of that. `named` is the id in the body; an answer
   * without one is taken as it is.
   */
  read<T>(
    schema: z.ZodType<T>,
    answer: HttpAnswer,
    job: Pick<RemoteJob, 'id'>,
    named: (body: T) => string | null | undefined,
  ): T {
    const body = readAnswer(schema, answer, this.vendor, `the question for a ${this.what}`);
    this.expectSame(named(body), job, answer);
    return body;
  }

  /** Throws where an answer names a job, and not the one that was asked for. */
  expectSame(named: string | null | undefined, job: Pick<RemoteJob, 'id'>, answer: HttpAnswer): void {
    if (named && written(named) !== written(job.id))
      throw this.unreadable(answer, ' (it spoke of another one)');
  }

  /** An answer to that question that nobody understands: `throw` it, and the job is asked for again. */
  unreadable(answer: HttpAnswer, because = ''): FailureError {
    return new FailureError(unreadable(answer, this.vendor, `the question for a ${this.what}${because}`));
  }

  /**
   * What a question that was not answered says of the job: a failure whose code is among `verdicts` is the job's own, the
   * vendor's "no such job" means that it is lost. Any other says nothing and is thrown. `because` goes on from "knows nothing
   * of this job any more".
   */
  unanswered(
    failure: Failure,
    { verdicts = [], because = '' }: { verdicts?: readonly string[]; because?: string } = {},
  ): RemoteState {
    if (verdicts.includes(failure.code)) return { state: 'failed', failure };
    if (failure.code !== 'no-such-job') throw new FailureError(failure);
    const message = `${this.vendor.name} knows nothing of this ${this.what} any more${because}. Look at ${this.#usage} before you run it again: it may have been charged.`;
    return {
      state: 'lost',
      failure: { ...failure, code: 'lost', act: 'vendor', charge: 'possible', message },
    };
  }

  /** A job whose pictures are had by open links: the key stays here. `more` is what the vendor tells besides. */
  made(links: readonly string[], job: RemoteJob, more: Partial<RemoteResult> = {}): RemoteState {
    const pictures = links.map((url): RemotePicture => ({ from: 'url', request: { method: 'GET', url } }));
    return { state: 'done', result: { pictures, vendorId: job.id, ...more } };
  }

  /** A job that the vendor calls done and that has no picture. */
  withoutPictures(detail?: string): RemoteState {
    const message = `${this.vendor.name} finished the ${this.what} without a picture. Look at ${this.#usage}.`;
    const failure: Failure = { code: 'no-pictures', act: 'vendor', charge: 'possible', message };
    return { state: 'failed', failure: detail === undefined ? failure : { ...failure, detail } };
  }

  /** Why a job that was taken failed: the safety check, or else. `said` is the vendor's reason, `''` where it gives none. */
  failed(said: string, detail = said): Failure {
    if (speaksOfSafety(said)) return this.moderated(detail);
    const because = said === '' ? '' : ` It said: ${said}`;
    const message = `${this.vendor.name} took the ${this.what} and could not make the picture.${because}`;
    return { code: 'job-failed', act: 'vendor', charge: 'none', message, detail };
  }

  /** A job that was stopped there, by whomever. `mayHaveBegun`: then it may cost something. */
  stopped(mayHaveBegun = false): Failure {
    const charge = mayHaveBegun ? 'possible' : 'none';
    const more = mayHaveBegun ? 'It may have been charged.' : 'It was not charged.';
    const message = `The ${this.what} was stopped at ${this.vendor.name}. ${more}`;
    return { code: 'cancelled', act: 'user', charge, message };
  }

  /** A refusal by the vendor's safety check. */
  moderated(detail: string): Failure {
    const message = `The safety check at ${this.vendor.name} refused this prompt or a picture. Change the words or the pictures.`;
    return { code: 'moderation', act: 'user', charge: 'none', message, detail };
  }

  /** A refusal, with the vendor's own words, that it does not know a model or a job: a 404 says no more. */
  unknown(failure: Failure, said: string | undefined, because = ''): Failure {
    const more = said === undefined ? '' : ` It said: ${said}`;
    const message = `${this.vendor.name} does not know this model or ${this.what}${because}.${more}`;
    return { ...failure, code: 'no-such-job', message };
  }

  get #usage(): string {
    return this.vendor.usage ?? 'your usage there';
  }
}

/** An id however it is written: what is paid for must not be out of reach for capitals or the hyphens of a UUID. */
function written(id: string): string {
  const plain = id.trim().toLowerCase();
  const digits = plain.replaceAll('-', '');
  return /^[0-9a-f]{32}$/.test(digits) ? digits : plain;
}

/** Whether a vendor's reason names its safety check, in the words most have for it. */
export function speaksOfSafety(said: string): boolean {
  return /moderat|nsfw|sensitive|safety|content.?polic|flagged/i.test(said);
}

/** Asks for a job to be stopped. One that has ended or is gone is no error: `check` sees what became of it. */
export async function askToStop(call: Promise<HttpAnswer>): Promise<void> {
  const asked = await answered(call);
  if (!asked.ok && asked.failure.act === 'wait') throw new FailureError(asked.failure);
}
