import type { Issue } from '../issue';
import { type BehindChoices, fewestInputs } from './behind-choice';
import { checkLinks } from './check-links';
import { checkLoras } from './check-loras';
import { nothing, spread } from './forecast';
import type { Knowledge } from './knowledge';
import type { PlannedStep } from './planned';
import { reasonToRun } from './reason';
import {
  expectedItems,
  likelyLora,
  prepareStep,
  stepId,
  type PlannedItem,
  type PreparedStep,
  type ResolvedNode,
} from './step';
import { usableResult } from './usable-result';

/** What one step of a node has to work on. */
export interface StepWork {
  index: number;
  copy: number;
  inputs: Record<string, PlannedItem[]>;
  prepared: PreparedStep;
  /** Nodes whose results it waits for. */
  pending: string[];
}

export interface PlannedWork {
  step: PlannedStep;
  issues: Issue[];
  notes: PreparedStep['notes'];
  /** What it adds to the lists of its node's outputs. */
  gives: Record<string, PlannedItem[]>;
}

/** One step of a node that asks a model or this computer: known already, to be made, waiting for a choice, or refused. */
export function planStep(
  node: ResolvedNode,
  { index, copy, inputs, prepared, pending }: StepWork,
  choices: BehindChoices,
  known: Knowledge,
): PlannedWork {
  const id = stepId(node.id, index, copy);
  const step: PlannedStep = {
    id,
    node: node.id,
    index,
    copy,
    inputs,
    verdict: 'will-run',
    forecast: prepared.forecast,
  };
  const behind = choices.of(inputs, node.definition.inputs);
  // What one route refuses of all the pictures it may take of those that are picked.
  const least = behind === undefined ? prepared : prepareStep(node, index, copy, fewestInputs(inputs), known);
  if (prepared.key !== undefined) step.key = prepared.key.text;
  const found = prepared.key === undefined ? undefined : known.result(prepared.key.text);
  const stored = usableResult(found, node.definition);
  // Nothing is sent for a result that is there.
  const sent =
    stored === undefined
      ? [...checkLinks(node, least.task, known), ...checkLoras(node, least.task, known)]
      : [];
  const issues = [...least.issues, ...sent];
  if (issues.length > 0) {
    step.verdict = 'blocked';
    step.forecast = nothing;
  } else if (stored !== undefined) {
    step.verdict = 'reused';
    step.outputs = stored.outputs;
    step.forecast = nothing;
    if (stored.bundled === true) {
      step.bundled = true;
      step.reason = { code: 'from-bundle' };
    }
  } else if (behind !== undefined) {
    step.verdict = 'waits';
    step.behind = behind;
    step.reason = { code: 'waits-for-choice', nodes: behind.choices };
    step.forecast = spread(least.forecast, prepared.forecast);
    choices.note(id, behind);
  } else {
    step.reason =
      prepared.key === undefined
        ? { code: 'waits-for', nodes: pending }
        : reasonToRun(known.previous(node.id, index, copy), prepared.key.parts);
  }
  const ahead = (port: string, item: number): PlannedItem => {
    const likely = likelyLora(node, prepared, port, item);
    return {
      from: id,
      port,
      item,
      ...(likely === undefined ? {} : { likely }),
      ...(behind?.maybe === true ? { maybe: true } : {}),
      ...(behind?.pick === undefined ? {} : { pick: behind.pick }),
    };
  };
  const gives: Record<string, PlannedItem[]> =
    step.outputs === undefined
      ? Object.fromEntries(
          Object.entries(expectedItems(node.definition, prepared)).map(([port, count]) => [
            port,
            Array.from({ length: count }, (_, item) => ahead(port, item)),
          ]),
        )
      : Object.fromEntries(
          Object.entries(step.outputs).map(([port, values]) => [port, values.map((value) => ({ value }))]),
        );
  return { step, issues, notes: least.notes, gives };
}
