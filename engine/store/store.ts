import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { open, type Database, type RootDatabase } from 'lmdb';
import { documentSchema } from '#core/document/schema';
import { FailureError, failureSchema } from '#core/failure';
import { remoteJobSchema } from '#core/provider';
import { receiptSchema, type Receipt } from '#core/receipt';
import type { JournalEntry } from '#core/journal';
import { modelRefSchema } from '#core/task';
import { imageRefSchema, outputsSchema, type ImageRef } from '#core/values';
import { z } from 'zod';
import { newerStore } from './data-folder-failures';
import { readableEntries, rowEncoder } from './rows';
import { formatOf, writeFormat } from './store-format';

/** A file a result wrote outside the store, to see whether it is still as written. */
const writtenFileSchema = z.object({
  path: z.string(),
  hash: z.string(),
  bytes: z.number(),
  modified: z.number(),
});
export type WrittenFile = z.infer<typeof writtenFileSchema>;

const resultSchema = z.object({
  outputs: outputsSchema,
  price: z.number(),
  at: z.string(),
  files: z.array(writtenFileSchema).optional(),
});
export type ResultRow = z.infer<typeof resultSchema>;

/** A picture of an answer: where it is to be had, itself, or why there is none. */
const keptPictureSchema = z.union([
  z.object({ link: z.string() }),
  z.object({ image: imageRefSchema }),
  z.object({ failure: failureSchema }),
]);

/** What a paid request for a key has come to; there is at most one open job for a key, whoever asked. */
const openJobSchema = z.object({
  /** `to-resend`: a person has answered the doubt; the next run sends the same request again. */
  state: z.enum(['intended', 'accepted', 'in-doubt', 'to-resend']),
  run: z.string(),
  step: z.string(),
  /** The engine that works on it; `''` when nobody does. */
  owner: z.string(),
  requestId: z.string(),
  route: modelRefSchema,
  worstPrice: z.number(),
  job: remoteJobSchema.optional(),
  /** The vendor's whole answer, where it answered at once; of one that comes piece by piece, as far as it has come. */
  answer: z
    .object({
      links: z.array(z.string()),
      /** In their order, where not all of it is plain links. */
      pictures: z.array(keptPictureSchema).optional(),
      price: z.number().optional(),
      charged: z.object({ certain: z.number(), possible: z.number(), of: z.number() }).optional(),
      vendorId: z.string().optional(),
    })
    .optional(),
  /** What the result is for, to keep it without a plan. */
  place: z.object({
    documentId: z.string(),
    node: z.string(),
    type: z.string(),
    index: z.number(),
    copy: z.number(),
    parts: z.unknown(),
  }),
  at: z.string(),
});
export type OpenJob = z.infer<typeof openJobSchema>;

export const runRowSchema = z.object({
  run: z.string(),
  title: z.string(),
  documentId: z.string(),
  openedAt: z.string(),
  closedAt: z.string().optional(),
  outcome: z.enum(['done', 'failed', 'waiting', 'over-budget', 'cancelled']).optional(),
  /** A closed run that waits does so for a choice. */
  waitsFor: z.literal('choice').optional(),
  steps: z.number(),
  owner: z.string(),
  /** The person wants no more of it. */
  cancelled: z.boolean().optional(),
  /** What was asked, to go on with it after a crash. */
  request: z.object({
    document: documentSchema,
    folder: z.string().nullable(),
    outFolder: z.string(),
    targets: z.array(z.string()).optional(),
    budget: z.number().optional(),
    without: z.array(z.string()).optional(),
  }),
});
export type RunRow = z.infer<typeof runRowSchema>;

type Key = string | number | [string, number] | [string, string];

const fileRowSchema = z.object({ bytes: z.number(), modified: z.number(), image: imageRefSchema });
export type FileRow = z.infer<typeof fileRowSchema>;

const ownerSchema = z.object({ pid: z.number(), beat: z.number() });
export type OwnerRow = z.infer<typeof ownerSchema>;

/**
 * Changes on their way in any store of this process. A change's own code runs on this thread while lmdb holds the lock for
 * writing: a table that is opened meanwhile by another store on the same folder would wait for this very thread, for ever.
 */
const changesOnTheirWay = new Set<Promise<unknown>>();

/**
 * The database of the data folder (lmdb; several processes may have it open). A put that is awaited survives a killed
 * process; `flushed()` awaits that it survives a power cut. Rows that cannot be read are treated as not there.
 */
export class Store {
  readonly #root: RootDatabase;
  readonly #results: Database<unknown, string>;
  readonly #jobs: Database<unknown, string>;
  readonly #runs: Database<unknown, string>;
  readonly #journal: Database<JournalEntry, [string, number]>;
  readonly #receipts: Database<unknown, [string, string]>;
  readonly #images: Database<unknown, string>;
  readonly #files: Database<unknown, string>;
  readonly #owners: Database<unknown, string>;
  /** The ids of runs that are not closed, so that they are found without looking at all there ever were. */
  readonly #openRuns: Database<true, string>;
  readonly #changing = new Set<Promise<unknown>>();
  #isSealed = false;

  /** Opens the store of a data folder when no other store of this process is being changed. */
  static async open(dataFolder: string): Promise<Store> {
    while (changesOnTheirWay.size > 0) await Promise.allSettled(changesOnTheirWay);
    return new Store(dataFolder);
  }

  constructor(dataFolder: string) {
    const path = join(dataFolder, 'store');
    mkdirSync(path, { recursive: true });
    this.#root = open({ path, maxDbs: 32 });
    const format = formatOf(this.#root);
    if (format === 'newer') {
      void this.#root.close();
      throw new FailureError(newerStore(dataFolder));
    }
    const table = <V, K extends Key>(name: string) => this.table<V, K>(name);
    this.#results = table('results');
    this.#jobs = table('jobs');
    this.#runs = table('runs');
    this.#journal = table('journal');
    this.#receipts = table('receipts');
    this.#images = table('images');
    this.#files = table('files');
    this.#owners = table('owners');
    this.#openRuns = table('open-runs');
    if (format === 'new')
      this.#root.transactionSync(() => {
        // A store from before the table of open runs may have some.
        for (const row of this.runs()) this.putRun(row);
        writeFormat(this.#root);
      });
  }

  /** A table of its own, for a subject that keeps its rows in a file beside this one. */
  table<V, K extends Key>(name: string): Database<V, K> {
    // Not as a literal: lmdb takes an encoder and its types do not say so.
    const options = { name, encoder: rowEncoder };
    return this.#root.openDB<V, K>(options);
  }

  /**
   * Several changes, all or none; what is read inside is the newest state, whatever process wrote it. Resolves with what
   * `changes` gave when committed.
   */
  async together<T>(changes: () => T): Promise<T> {
    if (this.#isSealed) return new Promise(() => undefined);
    // A child, because only that takes back what was put when `changes` throws.
    const change = this.#root.childTransaction(changes);
    this.#changing.add(change);
    changesOnTheirWay.add(change);
    try {
      return await change;
    } finally {
      this.#changing.delete(change);
      changesOnTheirWay.delete(change);
    }
  }

  /**
   * Nothing is changed together any more: who asks for it waits for ever. Resolves when what was on its way is in. A process
   * that exits while lmdb waits for a change's own code never ends.
   */
  async seal(): Promise<void> {
    this.#isSealed = true;
    await Promise.allSettled(this.#changing);
  }

  /** Everything committed so far is on the disk itself. */
  async flushed(): Promise<void> {
    await this.#root.flushed;
  }

  result(key: string): ResultRow | undefined {
    return parsed(resultSchema, this.#results.get(key));
  }
  putResult(key: string, row: ResultRow): void {
    void this.#results.put(key, row);
  }
  removeResult(key: string): void {
    void this.#results.remove(key);
  }
  /** The results after the one of a key, in the order of their keys. */
  resultsAfter(key: string, limit: number): { key: string; row: ResultRow | undefined }[] {
    const range = this.#results.getRange({ start: key, exclusiveStart: true, limit });
    return Array.from(range, ({ key: next, value }) => ({ key: next, row: parsed(resultSchema, value) }));
  }

  openJob(key: string): OpenJob | undefined {
    return parsed(openJobSchema, this.#jobs.get(key));
  }
  /** Something is written down of a request for the key that cannot be read: whether it was paid for cannot be known. */
  hasUnreadableJob(key: string): boolean {
    return this.#jobs.doesExist(key) && this.openJob(key) === undefined;
  }
  putOpenJob(key: string, row: OpenJob): void {
    void this.#jobs.put(key, row);
  }
  removeOpenJob(key: string): void {
    void this.#jobs.remove(key);
  }
  openJobs(): { key: string; job: OpenJob }[] {
    return rows(this.#jobs.getRange({}), openJobSchema).map(({ key, value }) => ({
      key: String(key),
      job: value,
    }));
  }

  run(run: string): RunRow | undefined {
    return parsed(runRowSchema, this.#runs.get(run));
  }
  putRun(row: RunRow): void {
    void this.#runs.put(row.run, row);
    if (row.closedAt === undefined) void this.#openRuns.put(row.run, true);
    else void this.#openRuns.remove(row.run);
  }
  /** Those that are not closed, newest first. */
  openRuns(): RunRow[] {
    return Array.from(this.#openRuns.getKeys({ reverse: true })).flatMap((id) => {
      const row = this.run(id);
      return row === undefined || row.closedAt !== undefined ? [] : [row];
    });
  }
  /** Newest first. */
  runs(): RunRow[] {
    return rows(this.#runs.getRange({ reverse: true }), runRowSchema).map(({ value }) => value);
  }
  /** Takes a run over that stands as `seen`; false when somebody else was faster. */
  async takeRun(run: string, seen: RunRow, owner: string): Promise<boolean> {
    return this.together(() => {
      const row = this.run(run);
      if (row === undefined || row.owner !== seen.owner || row.closedAt !== seen.closedAt) return false;
      const { closedAt, outcome: _outcome, cancelled, ...open } = row;
      // Going on with a run that is over is the person's new word.
      const isStillCancelled = cancelled === true && closedAt === undefined;
      this.putRun({ ...open, owner, ...(isStillCancelled ? { cancelled } : {}) });
      return true;
    });
  }

  putEntry(entry: JournalEntry): void {
    void this.#journal.put([entry.run, entry.seq], entry);
  }
  /** The number the next entry of a run has. Inside a transaction. */
  nextEntry(run: string): number {
    const range = { start: [run, Number.MAX_SAFE_INTEGER], end: [run, -1], reverse: true, limit: 1 } as const;
    for (const [, number] of this.#journal.getKeys(range as never)) return number + 1;
    return 0;
  }
  entries(run: string): JournalEntry[] {
    return readableEntries(this.#journal.getRange({ start: [run, 0], end: [run, Number.MAX_SAFE_INTEGER] }));
  }
  /** What the journal of all runs says about results, in the order of the runs, `limit` entries at a time. */
  entriesAfter(
    place: [run: string, seq: number],
    limit: number,
  ): { place: [string, number]; entry: unknown }[] {
    const range = this.#journal.getRange({ start: place, exclusiveStart: true, limit });
    return Array.from(range, ({ key, value }) => ({ place: key, entry: value }));
  }

  putReceipt(receipt: Receipt): void {
    void this.#receipts.put([receipt.run, receipt.step], receipt);
  }
  receipt(run: string, step: string): Receipt | undefined {
    return parsed(receiptSchema, this.#receipts.get([run, step]));
  }

  /** Of one run. */
  receipts(run: string): Receipt[] {
    const range = { start: [run, ''], end: [run, '\uffff'] } as const;
    return rows(this.#receipts.getRange(range as never), receiptSchema).map(({ value }) => value);
  }

  /** Of all runs: those of the newest runs first. */
  newestReceipts(limit: number): Receipt[] {
    return rows(this.#receipts.getRange({ reverse: true, limit }), receiptSchema).map(({ value }) => value);
  }

  image(hash: string): ImageRef | undefined {
    return parsed(imageRefSchema, this.#images.get(hash));
  }
  /** The hashes of all pictures that were taken in. */
  imageHashes(): string[] {
    return Array.from(this.#images.getKeys());
  }
  putImage(image: ImageRef): void {
    void this.#images.put(image.hash, image);
  }

  file(path: string): FileRow | undefined {
    return parsed(fileRowSchema, this.#files.get(fileKey(path)));
  }
  putFile(path: string, row: FileRow): void {
    // It only saves reading the file again.
    this.#files.put(fileKey(path), row).catch(() => undefined);
  }

  owners(): { id: string; row: OwnerRow }[] {
    return rows(this.#owners.getRange({}), ownerSchema).map(({ key, value }) => ({
      id: String(key),
      row: value,
    }));
  }
  owner(id: string): OwnerRow | undefined {
    return parsed(ownerSchema, this.#owners.get(id));
  }
  putOwner(id: string, row: OwnerRow): void {
    // A beat that could not be written is one that was not heard; the next one tries again.
    this.#owners.put(id, row).catch(() => undefined);
  }
  async removeOwner(id: string): Promise<void> {
    await this.#owners.remove(id);
  }

  async close(): Promise<void> {
    await this.#root.flushed;
    await this.#root.close();
  }
}

/** lmdb's keys end at 1,978 bytes; a longer path is told apart by its end. */
function fileKey(path: string): string {
  return path.slice(-600);
}

/** A row as its schema has it; one that cannot be read counts as not there. */
export function parsed<T>(schema: z.ZodType<T>, row: unknown): T | undefined {
  if (row === undefined) return undefined;
  const result = schema.safeParse(row);
  return result.success ? result.data : undefined;
}

function rows<T>(
  range: Iterable<{ key: unknown; value: unknown }>,
  schema: z.ZodType<T>,
): { key: unknown; value: T }[] {
  const found: { key: unknown; value: T }[] = [];
  for (const { key, value } of range) {
    const row = parsed(schema, value);
    if (row !== undefined) found.push({ key, value: row });
  }
  return found;
}
