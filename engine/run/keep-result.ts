import type { JournalFact } from '#core/journal';
import type { CacheKeyParts } from '#core/plan/cache-key';
import { previousPlace } from '../knowledge';
import type { Outputs } from '#core/values';
import type { Settled } from '../store/ledger';
import type { OpenJob } from '../store/store';
import type { Journal } from './journal';
import type { EngineParts, StepOutcome } from './parts';
import { putOutcome } from './put-outcome';

/** Which step a result is for, and what it was made from. */
export interface Made {
  step: string;
  key: string;
  place: OpenJob['place'];
}

/** A result, its receipt, what it cost and the fact that it is there, all or none. */
export function keepResult(
  parts: EngineParts,
  journal: Journal,
  { step, key, place }: Made,
  outcome: Extract<StepOutcome, { state: 'finished' }>,
): void {
  const { store, keyRows, budget } = parts;
  const { outputs, shortfall = [], charge, files, receipt } = outcome;
  journal.write(
    (add) => {
      const at = journal.at();
      const settled =
        charge === undefined ? undefined : budget.settle(charge.requestId, charge.billed, charge.open);
      const fact = settled === undefined ? undefined : settledFact(step, charge!.requestId, settled);
      if (fact !== undefined) add(fact);
      const price = settled?.payer === journal.run ? settled.billed : 0;
      const short = shortfall.length === 0 ? {} : { shortfall };
      const finished = add({
        type: 'step-finished',
        step,
        node: place.node,
        key,
        outputs,
        reused: false,
        price,
        ...short,
      });
      store.putResult(key, {
        outputs,
        price: charge?.billed ?? 0,
        at,
        ...(files === undefined ? {} : { files }),
      });
      const open = store.openJob(key);
      // What somebody else has sent for the key in the meantime stays theirs.
      if (charge === undefined || open?.requestId === charge.requestId) store.removeOpenJob(key);
      const { documentId, node, index, copy } = place;
      keyRows.keep(key, previousPlace(documentId, node, index, copy), {
        parts: place.parts as CacheKeyParts,
        run: journal.run,
        step,
        paid: receipt !== undefined,
      });
      parts.madePictures.note(finished);
      if (receipt !== undefined) store.putReceipt({ ...receipt, run: journal.run, step, key, at });
      if (open !== undefined && open.run !== journal.run) endWaiting(parts, open, { key, outputs, at });
    },
    () => {
      if (charge !== undefined) budget.leave(charge.requestId);
    },
  );
}

/** What is written of a settled reservation; nothing for a free job. */
export function settledFact(
  step: string,
  requestId: string,
  settled: Settled,
): Extract<JournalFact, { type: 'job-settled' }> | undefined {
  if (settled.reserved === 0 && settled.billed === 0) return undefined;
  return { type: 'job-settled', step, requestId, ...settled };
}

/** The run that had the request sent, where it is over and still waits for it. */
function endWaiting(
  { store }: Pick<EngineParts, 'store'>,
  { run, step, place: { node } }: OpenJob,
  { key, outputs, at }: { key: string; outputs: Outputs; at: string },
): void {
  if (store.run(run)?.outcome !== 'waiting') return;
  const seq = store.nextEntry(run);
  store.putEntry({ type: 'step-finished', step, node, key, outputs, reused: true, price: 0, run, seq, at });
  putOutcome({ store }, run);
}
