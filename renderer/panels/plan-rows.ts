import { nodeAt } from '#core/document/own-subgraph';
import type { WorkflowDocument } from '#core/document/schema';
import type { Issue } from '#core/issue';
import type { NodeCatalogue } from '#core/node';
import type { TaskNote } from '#core/plan/check-task';
import type { Plan, PlannedNode } from '#core/plan/planned';
import { describeReason } from '#core/plan/reason';
import type { ProviderInfo } from '#core/provider';
import { durationRange, forecastPrice } from '../look/format';
import { translated, words } from '../look/words';
import { nodeTitle } from './issue-place';
import { readableReason, unspokenNotes } from './plan-words';

/** A node as the plan panel shows it. */
export interface PlanRow {
  id: string;
  title: string;
  icon: string;
  verdict: PlannedNode['verdict'];
  verdictWords: string;
  /** "4 pictures"; empty where it gives none, or nobody knows. */
  makes: string;
  /** Where it runs; empty where it asks no model. */
  route: string;
  /** Empty where nothing will be asked of a model. */
  price: string;
  costs: boolean;
  ownPrice: boolean;
  time: string;
  why: string;
  notes: TaskNote[];
  problems: Issue[];
  /** The steps that will run. */
  willRun: number;
}

interface Known {
  document: WorkflowDocument;
  catalogue: NodeCatalogue;
  providers: readonly ProviderInfo[];
  /** Whether a node will run on a pod that is paid for by the hour. */
  isOnPod: (planned: PlannedNode) => boolean;
}

/** What a run will do, node by node in the order it is done. Values that nothing has to be done for are left out. */
export function planRows(plan: Plan, known: Known): PlanRow[] {
  const issuesOf = new Map<string, Issue[]>();
  for (const issue of plan.issues)
    if (issue.place.node !== undefined)
      issuesOf.set(issue.place.node, [...(issuesOf.get(issue.place.node) ?? []), issue]);
  return plan.nodes
    .filter(({ id, verdict }) => verdict !== 'value' || issuesOf.has(id))
    .map((planned) => planRow(planned, issuesOf.get(planned.id) ?? [], known));
}

function planRow(planned: PlannedNode, problems: Issue[], known: Known): PlanRow {
  const { document, catalogue, providers, isOnPod } = known;
  const { id, verdict, steps, forecast, route, notes, items, reasons, ownPrice } = planned;
  const definition = catalogue.get((document.nodes[id] ?? nodeAt(document, id))?.type ?? '');
  const titleOf = (node: string) => nodeTitle(document, catalogue, node);
  const made = (type: string) =>
    Object.entries(definition?.outputs ?? {})
      .filter(([, output]) => output.type === type)
      .reduce((sum, [port]) => sum + (items[port] ?? 0), 0);
  const [pictures, loras] = [made('image') + made('mask'), made('lora')];
  const provider = providers.find((one) => one.id === route?.provider);
  const model = provider?.models.find((one) => one.id === route?.model);
  const isPinned = steps.reused > 0 && planned.pinned === steps.reused && verdict === 'reused';
  const runs = steps.willRun > 0;
  return {
    id,
    title: titleOf(id),
    icon: definition?.icon ?? 'box',
    verdict,
    verdictWords: isPinned ? words.plan.pinned : words.plan.verdicts[verdict],
    makes: [
      ...(pictures > 0 ? [words.plan.pictures(pictures)] : []),
      ...(loras > 0 ? [words.plan.loras(loras)] : []),
    ].join(', '),
    route:
      route === undefined
        ? definition?.work.on === 'machine'
          ? words.plan.onMachine
          : ''
        : `${model?.label ?? route.model} · ${provider?.label ?? route.provider}`,
    price: runs && route !== undefined ? forecastPrice(forecast.price, isOnPod(planned)) : '',
    costs: runs && (forecast.price.high > 0 || isOnPod(planned)),
    ownPrice: ownPrice !== undefined,
    time: runs && forecast.seconds.high > 0 ? durationRange(forecast.seconds) : '',
    why: reasons
      .map((reason) =>
        describeReason(
          definition === undefined ? reason : readableReason(reason, definition, titleOf),
          words,
        ),
      )
      .join('; '),
    notes: unspokenNotes(notes, problems),
    problems,
    willRun: steps.willRun,
  };
}

/** The plan as lines of text, to be pasted anywhere: a number, the node, then what there is to say, with tabs between. */
export function planText(rows: readonly PlanRow[], title: string, total: string): string {
  const lines = rows.map((row, place) =>
    [
      `${place + 1}.`,
      row.title,
      row.verdictWords,
      row.makes,
      row.route,
      row.price,
      row.time,
      row.why,
      ...row.problems.map(({ message }) => translated(message)),
      ...row.notes.map(({ effect, message }) => `${words.plan.effects[effect]}: ${translated(message)}`),
    ]
      .join('\t')
      .trimEnd(),
  );
  return [title, ...lines, total].join('\n');
}
