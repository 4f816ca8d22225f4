import { z } from 'zod';

/** One thing that the person's own server lacks: what it is, and where it can be had, as far as that is known. */
export const missingPartSchema = z.object({
  kind: z.enum(['node-class', 'model-file']),
  name: z.string(),
  /** Of a file: where in the server's `models/` it belongs; `''` where nobody knows. */
  folder: z.string().optional(),
  /** About. */
  bytes: z.number().int().positive().optional(),
  licence: z.string().optional(),
  /** The file itself. */
  url: z.string().optional(),
});
export type MissingPart = z.infer<typeof missingPartSchema>;

/**
 * An expected error, as data: it crosses processes and the journal as it is.
 *
 * - `act`: who can do something about it. `user`: the person (a key, a param, a file). `wait`: time alone.
 *   `vendor`: the service that was asked. `us`: a bug in Seedloom.
 * - `charge`: whether money may have gone. `none`: certainly not. `possible`: nobody can tell from here.
 *   `certain`: it was charged.
 * - `message`: one or two sentences for the person: what is wrong and what to do. Never holds a key.
 * - `detail`: for a closer look (a vendor's own words), shown on demand. Never holds a key.
 * - `missing`: all that has to be installed before it can work, where that is what is wrong.
 */
export const failureSchema = z.object({
  code: z.string(),
  act: z.enum(['user', 'wait', 'vendor', 'us']),
  charge: z.enum(['none', 'possible', 'certain']),
  message: z.string(),
  detail: z.string().optional(),
  missing: z.array(missingPartSchema).optional(),
});

export type Failure = z.infer<typeof failureSchema>;

/**
 * Carries a `Failure` up through code that has no result to return it in (a provider's `submit`, a tool). It is
 * caught in one place, the engine's step, and becomes data again there.
 */
export class FailureError extends Error {
  override readonly name = 'FailureError';
  constructor(readonly failure: Failure) {
    super(failure.message);
  }
}

/** A failure nobody was charged for and the person can mend: the usual case. */
export function userFailure(code: string, message: string, detail?: string): Failure {
  return { code, act: 'user', charge: 'none', message, ...(detail === undefined ? {} : { detail }) };
}

/** What a doubt (`failure`) becomes when the person gives it up. */
export function givenUp(failure: Failure | undefined): Failure {
  return {
    code: 'given-up',
    act: 'user',
    charge: 'possible',
    message: 'Given up: it is not known whether the request was taken. Running it again sends it anew.',
    ...(failure?.detail === undefined ? {} : { detail: failure.detail }),
  };
}

/** Any thrown thing as data: a carried failure as it is, anything else as a bug of ours. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof FailureError) return thrown.failure;
  const detail = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return {
    code: 'unexpected',
    act: 'us',
    charge: 'possible',
    message: `Seedloom hit an error of its own: ${reason}. Please report it; your files are untouched.`,
    detail,
  };
}
