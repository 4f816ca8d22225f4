import type { Failure } from '../failure';
import type { Fault } from '../fault';
import type { RunState, StepState } from '../run';
import type { ModelRef } from '../task';
import { addForecasts, type Forecast } from './forecast';
import type { Plan } from './planned';

/** What a rehearsal found out about one node. */
export interface RehearsedNode {
  node: string;
  fault?: Fault;
  /** The steps, by how they ended. */
  made: number;
  failed: number;
  inDoubt: number;
  /** Not run, because something before them did not come. */
  skipped: number;
  /** Why steps failed, or stayed in doubt, or pictures did not come; different ones. */
  failures: Failure[];
}

/** Requests the real run would send. */
export interface PredictedCall {
  node: string;
  route: ModelRef;
  requests: number;
  /** For one request after the other, all together. */
  forecast: Forecast;
}

export interface RehearsalReport {
  nodes: RehearsedNode[];
  calls: PredictedCall[];
  /** US dollars the real run would have been charged at most, had it gone this way: what was made, and what is in doubt. */
  worst: number;
  /** US dollars the real run costs when nothing goes wrong. */
  price: Forecast['price'];
}

const charged: ReadonlySet<StepState> = new Set(['finished', 'reused', 'in-doubt', 'running', 'collecting']);

/** What a rehearsal says about the real run. `plan` is the real one; its prices are the only ones that are told. */
export function rehearsalReport(
  plan: Plan,
  run: Pick<RunState, 'steps'>,
  faults: Readonly<Record<string, Fault>>,
): RehearsalReport {
  const nodes = new Map<string, RehearsedNode>();
  for (const { node, state, failure, shortfall } of run.steps.values()) {
    const now = nodes.get(node) ?? {
      node,
      made: 0,
      failed: 0,
      inDoubt: 0,
      skipped: 0,
      failures: [],
      ...(faults[node] === undefined ? {} : { fault: faults[node] }),
    };
    nodes.set(node, now);
    if (state === 'finished' || state === 'reused') now.made += 1;
    else if (state === 'in-doubt' || state === 'held') now.inDoubt += 1;
    else if (state === 'failed') now.failed += 1;
    else if (state === 'skipped') now.skipped += 1;
    for (const each of [...(failure === undefined ? [] : [failure]), ...(shortfall ?? [])])
      if (now.failures.every(({ message }) => message !== each.message)) now.failures.push(each);
  }
  const asking = plan.steps.filter(({ verdict }) => verdict === 'will-run');
  const isCharged = (id: string) => {
    const step = run.steps.get(id);
    return step !== undefined && (charged.has(step.state) || (step.failure?.charge ?? 'none') !== 'none');
  };
  return {
    nodes: [...nodes.values()],
    calls: plan.nodes.flatMap(({ id, route, steps, forecast }) =>
      route === undefined || steps.willRun === 0
        ? []
        : [{ node: id, route, requests: steps.willRun, forecast }],
    ),
    worst: addForecasts(asking.filter(({ id }) => isCharged(id)).map(({ forecast }) => forecast)).price.high,
    price: plan.forecast.price,
  };
}
