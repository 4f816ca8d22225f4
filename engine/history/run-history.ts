import { flatten, flatTargets } from '#core/document/flatten';
import type { WorkflowDocument } from '#core/document/schema';
import { compareRuns } from '#core/compare/compare-runs';
import { FailureError, userFailure } from '#core/failure';
import { sumReceipts, type Receipt, type RunReceipts } from '#core/receipt';
import type { Engine } from '../contract';
import type { EngineParts } from '../run/parts';
import type { RunRow } from '../store/store';
import { earlierPrompts } from './earlier-prompts';
import { exportRun } from './export-run';
import { factsOf } from './run-facts';

/** The part of the engine that looks back. It only reads the store. */
export function runHistory(
  parts: EngineParts,
): Pick<Engine, 'receipts' | 'compare' | 'documentOf' | 'earlierPrompts' | 'exportRun'> {
  const { store, keyRows, blobs, redactor, options } = parts;

  function rowOf(run: string): RunRow {
    const row = store.run(run);
    if (row !== undefined) return row;
    throw new FailureError(userFailure('unknown-run', `There is no run "${run}".`));
  }

  const facts = (run: string) => factsOf(parts, rowOf(run));

  /** Two graphs are compared node by node: by those inside their subgraphs too. */
  function flatFacts(run: string): ReturnType<typeof facts> {
    const told = facts(run);
    const flat = flatten(told.document, options.nodes);
    return {
      ...told,
      document: flat.document,
      ...(told.targets === undefined ? {} : { targets: flatTargets(flat, told.targets) }),
    };
  }

  function receipts(run: string): RunReceipts {
    const own = store.receipts(rowOf(run).run).map(clean).sort(byTime);
    const ownKeys = new Set(own.map(({ key }) => key));
    const reused = new Map<string, Receipt>();
    const { steps } = facts(run);
    for (const { outputs, key, bundled } of steps) {
      // Who made a result of that key here made another one.
      if (bundled === true || outputs === undefined || key === undefined || ownKeys.has(key)) continue;
      const maker = keyRows.maker(key);
      const receipt = maker === undefined ? undefined : store.receipt(maker.run, maker.step);
      if (receipt !== undefined) reused.set(key, clean(receipt));
    }
    const bundled = steps.flatMap((step) => (step.bundled === true ? [step.step] : []));
    return { run, own, reused: [...reused.values()].sort(byTime), bundled, sum: sumReceipts(own) };
  }

  function clean(receipt: Receipt): Receipt {
    return JSON.parse(redactor.text(JSON.stringify(receipt))) as Receipt;
  }

  return {
    receipts,
    compare: (a, b) => compareRuns(flatFacts(a), flatFacts(b), options.nodes),
    documentOf: (run) => rowOf(run).request.document as WorkflowDocument,
    earlierPrompts: (document) => {
      const runs = store.runs().sort((left, right) => (left.openedAt < right.openedAt ? 1 : -1));
      const read = runs.map(({ request, openedAt }) => ({
        document: request.document as WorkflowDocument,
        openedAt,
      }));
      return earlierPrompts(read, options.nodes, document);
    },
    exportRun: (run, folder) => {
      const { request } = rowOf(run);
      const places = [
        { path: options.dataFolder, words: '(data folder)' },
        { path: request.outFolder, words: '(output folder)' },
        ...(request.folder === null ? [] : [{ path: request.folder, words: '(workflow folder)' }]),
      ];
      const given = { facts: facts(run), receipts: receipts(run), nodes: options.nodes, blobs, places };
      return exportRun(given, folder);
    },
  };
}

function byTime(left: Receipt, right: Receipt): number {
  return left.at < right.at ? -1 : left.at > right.at ? 1 : 0;
}
