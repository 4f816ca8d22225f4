import type { Parts } from '#core/document/flatten';
import { portAddressOf } from '#core/document/schema';
import type { Issue } from '#core/issue';
import { addForecasts } from '#core/plan/forecast';
import type { Later, PlannedNode, Verdict } from '#core/plan/planned';
import { routeText } from '#core/plan/route';
import type { Outputs } from '#core/values';
import type { StepResult } from './pins';

/** Several nodes that are shown as one, by the id of that one. */
export type PartsById = ReadonlyMap<string, Parts>;

/** The first of these that any part has is what the whole shows: what needs the person, then what costs, then what is there. */
const byWeight: readonly Verdict[] = [
  'blocked',
  'will-run',
  'waits',
  'reused',
  'value',
  'left-out',
  'bypassed',
  'muted',
];

/** The plan of several nodes as that of one; `undefined` when none of them is in the plan. */
export function plannedOfParts(
  id: string,
  { nodes, outputs }: Parts,
  planned: ReadonlyMap<string, PlannedNode>,
): PlannedNode | undefined {
  const parts = nodes.flatMap((node) => planned.get(node) ?? []);
  if (parts.length === 0) return undefined;
  const sum = (key: 'reused' | 'willRun' | 'blocked') =>
    parts.reduce((total, { steps }) => total + steps[key], 0);
  const routes = new Set(parts.flatMap(({ route }) => (route === undefined ? [] : [routeText(route)])));
  const route = parts.find((part) => part.route !== undefined)?.route;
  const laters = parts.flatMap((part) => part.later ?? []);
  const open = parts.flatMap(({ choice }) => (choice?.open === true ? [choice] : []));
  const choice = open.find(({ pictures }) => !pictures.includes(null)) ?? open[0];
  const pinned = parts.reduce((total, part) => total + (part.pinned ?? 0), 0);
  const bundled = parts.reduce((total, part) => total + (part.bundled ?? 0), 0);
  const verdict = byWeight.find((one) => parts.some((part) => part.verdict === one)) ?? 'value';
  // What only waits for another part of the same whole says nothing about the whole.
  const reasons = parts
    .flatMap((part) => part.reasons)
    .filter((reason) => reason.code !== 'waits-for' || reason.nodes.some((node) => !nodes.includes(node)));
  const unlike = new Map(reasons.map((reason) => [JSON.stringify(reason), reason]));
  return {
    id,
    verdict,
    steps: { reused: sum('reused'), willRun: sum('willRun'), blocked: sum('blocked') },
    reasons: [...unlike.values()].slice(0, 4),
    notes: parts.flatMap(({ notes }) => notes),
    items: Object.fromEntries(
      Object.entries(outputs).map(([port, sources]) => [
        port,
        sources.reduce((total, source) => {
          const { node, port: inner } = portAddressOf(source);
          return total + (planned.get(node)?.items[inner] ?? 0);
        }, 0),
      ]),
    ),
    forecast: addForecasts(parts.map(({ forecast }) => forecast)),
    ...(pinned === 0 ? {} : { pinned }),
    ...(bundled === 0 ? {} : { bundled }),
    ...(choice === undefined ? {} : { choice }),
    ...(laters.length === 0 ? {} : { later: sumLater(laters) }),
    ...(routes.size === 1 && route !== undefined ? { route } : {}),
  };
}

function sumLater(all: readonly Later[]): Later {
  const sum = (value: (one: Later) => number) =>
    // Without the dust of binary fractions.
    Math.round(all.reduce((total, one) => total + value(one), 0) * 1e6) / 1e6;
  return {
    steps: { low: sum(({ steps }) => steps.low), high: sum(({ steps }) => steps.high) },
    price: { low: sum(({ price }) => price.low), high: sum(({ price }) => price.high) },
  };
}

/** What the outputs of the whole have, step by step, from what its parts gave. */
export function resultsOfParts(
  { outputs }: Parts,
  results: ReadonlyMap<string, readonly StepResult[]>,
): StepResult[] {
  return Object.entries(outputs).flatMap(([port, sources]) =>
    sources.flatMap((source) => {
      const { node, port: inner } = portAddressOf(source);
      return (results.get(node) ?? []).flatMap(({ step, outputs: given }): StepResult[] => {
        const items: Outputs[string] | undefined = given[inner];
        return items === undefined ? [] : [{ step, outputs: { [port]: items } }];
      });
    }),
  );
}

/** Issues by node, those of parts at the whole as well. */
export function withPartIssues(
  issues: ReadonlyMap<string, readonly Issue[]>,
  parts: PartsById,
): ReadonlyMap<string, readonly Issue[]> {
  if (parts.size === 0) return issues;
  const all = new Map(issues);
  for (const [id, { nodes }] of parts) {
    const own = [...(issues.get(id) ?? []), ...nodes.flatMap((node) => issues.get(node) ?? [])];
    if (own.length > 0) all.set(id, own);
  }
  return all;
}
