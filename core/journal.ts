import { z } from 'zod';
import { failureSchema } from './failure';
import { remoteJobSchema } from './provider';
import { modelRefSchema } from './task';
import { imageRefSchema, outputsSchema } from './values';

const step = z.string();
const usd = z.number().nonnegative();

/** A step as the journal names it at the start of a run. */
const runStepSchema = z.object({ step, node: z.string(), reused: z.boolean() });

/**
 * What is written down, durable, in the order it happened. These names are also what `--json` prints.
 * Prices are US dollars.
 */
export const journalFactSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('run-opened'),
    documentId: z.string(),
    title: z.string(),
    steps: z.array(runStepSchema),
    /** What the plan said it would cost at most. */
    price: usd,
    /** Nodes the person left out of this run alone. */
    without: z.array(z.string()).optional(),
  }),
  /** On disk before the paid request leaves. `worstPrice` is reserved against the caps until `job-settled`. */
  z.object({
    type: z.literal('job-intended'),
    step,
    key: z.string(),
    attempt: z.number().int().positive(),
    requestId: z.string(),
    route: modelRefSchema,
    worstPrice: usd,
  }),
  /** On disk before anything else is done with the vendor's answer. */
  z.object({ type: z.literal('job-accepted'), step, job: remoteJobSchema }),
  /**
   * What became of the money reserved for a request: `reserved` = `billed` + `released`, unless the vendor charged more
   * than the worst price. `payer` is the run that sent the request; it is another one when its job is collected here.
   */
  z.object({
    type: z.literal('job-settled'),
    step,
    requestId: z.string(),
    payer: z.string(),
    reserved: usd,
    billed: usd,
    released: usd,
  }),
  z.object({
    type: z.literal('step-finished'),
    step,
    node: z.string(),
    key: z.string(),
    outputs: outputsSchema,
    /** Nothing was made: the result was there, or another step of this run made it. */
    reused: z.boolean(),
    /** Reused, and of a bundle: neither made nor paid for here. */
    bundled: z.literal(true).optional(),
    /** What this run was charged for it; what was charged in all is the sum of `job-settled`. */
    price: usd,
    /** Why other pictures that were asked for are not there. */
    shortfall: z.array(failureSchema).optional(),
  }),
  z.object({ type: z.literal('step-failed'), step, node: z.string(), failure: failureSchema }),
  /** Not run, because a step it needs did not finish or the run was cancelled. */
  z.object({ type: z.literal('step-skipped'), step, node: z.string(), because: z.string() }),
  /** It cannot be known whether the paid request was taken; a person decides. */
  z.object({
    type: z.literal('step-in-doubt'),
    step,
    node: z.string(),
    key: z.string(),
    requestId: z.string(),
    failure: failureSchema,
  }),
  /** The person's word about a step in doubt. */
  z.object({
    type: z.literal('doubt-answered'),
    step,
    node: z.string(),
    answer: z.enum(['resend', 'give-up']),
  }),
  /**
   * Held back. `budget`: it could pass a cap. `vendor`: its job may still finish there and is asked for again later.
   * `choice`: a person has to pick first, of what is named in the order of the list; the picks go into the workflow.
   */
  z.object({
    type: z.literal('step-waiting'),
    step,
    node: z.string(),
    for: z.enum(['budget', 'vendor', 'choice']),
    pictures: z.array(imageRefSchema).optional(),
    failure: failureSchema.optional(),
  }),
  /** The person wants no more of it: a run that is cut after this only collects what was handed over. */
  z.object({ type: z.literal('cancel-asked') }),
  z.object({
    type: z.literal('run-closed'),
    outcome: z.enum(['done', 'failed', 'waiting', 'over-budget', 'cancelled']),
    spent: usd,
    /** A closed run that waits does so for a choice, which another run goes on from. */
    waitsFor: z.literal('choice').optional(),
    /** Why a run from the queue could not begin when its turn came. */
    failure: failureSchema.optional(),
  }),
]);
export type JournalFact = z.infer<typeof journalFactSchema>;
export type Outcome = Extract<JournalFact, { type: 'run-closed' }>['outcome'];

const stamp = { run: z.string(), seq: z.number().int().nonnegative(), at: z.string() };
export const journalEntrySchema = z.intersection(journalFactSchema, z.object(stamp));

/** A fact with its run, its number in the run from 0, and its ISO time. */
export type JournalEntry = JournalFact & { run: string; seq: number; at: string };
