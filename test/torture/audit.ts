import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import sharp from 'sharp';
import { countSteps, emptyRun, foldRun, type RunState } from '#core/run';
import { journalEntrySchema } from '#core/journal';
import { isImageRef } from '#core/values';
import { Ledger, type Totals } from '#engine/store/ledger';
import { Store, type OpenJob, type RunRow } from '#engine/store/store';
import type { Word } from './order';

export interface RunRecord {
  row: RunRow;
  state: RunState;
  /** The steps whose newest request was confirmed by the vendor and written down. */
  accepted: ReadonlySet<string>;
}

/** What a data folder holds, read with the engine away. */
export interface Audit {
  runs: RunRecord[];
  openJobs: OpenJob[];
  /** For each step that has its result, in whichever run: the picture's hash. */
  have: ReadonlyMap<string, string>;
  files: number;
  /** US dollars of all runs. */
  money: Totals;
  unreadable: string[];
  lost: string[];
  /** Whatever else is wrong. */
  problems: string[];
}

type Told = Extract<Word, { type: 'told' }>;
const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Reads every row and every file. `told`: what processes said was on the disk. */
export async function auditFolder(
  dataFolder: string,
  outFolder: string,
  told: readonly Told[],
): Promise<Audit> {
  const store = new Store(dataFolder);
  try {
    const problems: string[] = [];
    const lost: string[] = [];
    const unreadable: string[] = [];
    const raw = (name: string) => [...store.table<unknown, string>(name).getRange({})];
    const runs = store
      .runs()
      .reverse()
      .map((row) => recordOf(row, store, problems));
    if (raw('runs').length !== runs.length) unreadable.push('a row of a run');
    if (raw('jobs').length !== store.openJobs().length) unreadable.push('a row of an open job');
    for (const { key } of raw('results'))
      if (store.result(key) === undefined) unreadable.push(`the row of result ${key}`);
    for (const entry of raw('journal'))
      if (!journalEntrySchema.safeParse(entry.value).success) unreadable.push(`journal ${String(entry.key)}`);
    for (const { run, seq, event } of told) {
      const entry = store.entries(run).find((each) => each.seq === seq);
      if (entry === undefined) lost.push(`${event} (${run}, ${seq}) was on the disk and is not there`);
      else if (entry.type !== event) lost.push(`${event} (${run}, ${seq}) was written over by ${entry.type}`);
    }
    const have = new Map<string, string>();
    for (const { state } of runs)
      for (const { step, state: stepState, outputs } of state.steps.values()) {
        const image = Object.values(outputs ?? {})
          .flat()
          .find((item) => isImageRef(item));
        if ((stepState === 'finished' || stepState === 'reused') && image !== undefined)
          have.set(step, image.hash);
      }
    const files = await readFiles(dataFolder, outFolder, unreadable);
    const openJobs = store.openJobs().map(({ job }) => job);
    const money = moneyOf(store, runs, openJobs, problems);
    return { runs, openJobs, have, files, money, unreadable, lost, problems };
  } finally {
    await store.close();
  }
}

function recordOf(row: RunRow, store: Store, problems: string[]): RunRecord {
  const entries = store.entries(row.run);
  entries.forEach(({ seq }, place) => {
    if (seq !== place && problems.length < 20)
      problems.push(`the journal of ${row.run} has ${seq} at ${place}`);
  });
  const state = entries.reduce(foldRun, emptyRun(row.run));
  const accepted = new Set<string>();
  for (const entry of entries) {
    if (entry.type === 'job-accepted') accepted.add(entry.step);
    if (entry.type === 'job-intended') accepted.delete(entry.step);
  }
  const last = entries.at(-1);
  const counts = countSteps(state);
  if (last?.type !== 'run-closed') problems.push(`run ${row.run} ends with ${last?.type ?? 'nothing'}`);
  else if (last.outcome !== row.outcome)
    problems.push(`run ${row.run}: ${last.outcome} in the journal, ${row.outcome} in its row`);
  const right =
    counts.inDoubt > 0 || waitsForVendor(state)
      ? 'waiting'
      : counts.held > 0
        ? 'over-budget'
        : counts.failed > 0
          ? 'failed'
          : 'done';
  if (state.outcome !== undefined && state.outcome !== right)
    problems.push(`run ${row.run} says ${state.outcome} where its steps say ${right}`);
  if (state.outcome !== undefined && counts.open > 0)
    problems.push(`run ${row.run} is closed with ${counts.open} steps open`);
  return { row, state, accepted };
}

const waitsForVendor = (state: RunState) =>
  [...state.steps.values()].some((step) => step.state === 'held' && step.because === 'vendor');

const cents = (dollars: number) => Math.round(dollars * 100);

/** What is reserved belongs to jobs that are open, and the sums of the runs are those of their workflow. */
function moneyOf(
  store: Store,
  runs: readonly RunRecord[],
  openJobs: readonly OpenJob[],
  problems: string[],
): Totals {
  const ledger = new Ledger(store);
  const all = { billed: 0, reserved: 0 };
  for (const { row, state } of runs) {
    const { billed, reserved } = ledger.totals('run', row.run);
    all.billed += billed;
    all.reserved += reserved;
    if (cents(state.spent) !== cents(billed))
      problems.push(`run ${row.run} says it spent $${state.spent}, the ledger says $${billed}`);
  }
  const open = openJobs.reduce((sum, { worstPrice }) => sum + worstPrice, 0);
  if (cents(all.reserved) !== cents(open))
    problems.push(`$${all.reserved} are reserved, and open jobs want $${open}`);
  const documentId = runs[0]?.row.documentId;
  const workflow = documentId === undefined ? all : ledger.totals('workflow', documentId);
  if (cents(workflow.billed) !== cents(all.billed) || cents(workflow.reserved) !== cents(all.reserved))
    problems.push(`the workflow's money is $${workflow.billed}, that of its runs $${all.billed}`);
  return all;
}

/** Every picture of the store is what its name says, every file written is a whole picture. Gives how many were written. */
async function readFiles(dataFolder: string, outFolder: string, unreadable: string[]): Promise<number> {
  for (const file of filesUnder(join(dataFolder, 'blobs'))) {
    // A file that never got its name is left over, not part of the store.
    if (file.endsWith('.tmp')) continue;
    const hash = basename(dirname(file)) + basename(file, '.bin');
    if (digest(readFileSync(file)) !== hash) unreadable.push(file);
  }
  const written = filesUnder(outFolder).filter((file) => !file.endsWith('.part'));
  for (const file of written)
    await sharp(file)
      .raw()
      .toBuffer()
      .catch(() => unreadable.push(file));
  return written.length;
}

function filesUnder(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
