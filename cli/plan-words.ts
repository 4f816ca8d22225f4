import { describeReason } from '#core/plan/reason';
import { routeText } from '#core/plan/route';
import type { Plan, PlannedNode, Verdict } from '#core/plan/planned';
import { clean, counted, duration, priceRange, table, type Paint } from './print';

const verdictWords: Record<Verdict, string> = {
  value: 'value',
  reused: 'reused',
  'will-run': 'will run',
  blocked: 'blocked',
  muted: 'muted',
  bypassed: 'bypassed',
  'left-out': 'left out',
  waits: 'waits',
};

function upTo(low: number, high: number): string {
  return low === high ? String(high) : `${low} to ${high}`;
}

function itemWords({ steps, items, choice, later }: PlannedNode): string {
  if (choice?.open === true) return `${upTo(choice.fewest, choice.most)} of ${choice.pictures.length}`;
  if (choice !== undefined) return `${choice.picked.length} of ${choice.pictures.length}`;
  if (later !== undefined && steps.willRun === 0) return `${upTo(later.steps.low, later.steps.high)} steps`;
  const given = Math.max(0, ...Object.values(items));
  const all = steps.willRun + steps.reused;
  if (steps.willRun > 0 && steps.reused > 0) return `${steps.willRun} of ${all} steps`;
  if (all > 0) return counted(all, 'step');
  return given === 0 ? '' : counted(given, 'item');
}

function cellsOf(node: PlannedNode): string[] {
  const told =
    node.verdict === 'blocked' ? node.reasons.filter(({ code }) => code === 'blocked-by') : node.reasons;
  return [
    node.id,
    verdictWords[node.verdict],
    itemWords(node),
    node.route === undefined ? '' : routeText(node.route),
    node.route !== undefined && node.verdict === 'will-run' ? priceWords(node) : laterPrice(node),
    clean([...new Set(told.map((reason) => describeReason(reason)))].join('; ')),
  ];
}

function laterPrice({ route, later }: PlannedNode): string {
  return route === undefined || later === undefined ? '' : priceRange(later.price);
}

function priceWords({ forecast, ownPrice }: PlannedNode): string {
  const price = priceRange(forecast.price);
  return ownPrice === undefined ? price : `${price} (your price)`;
}

/** A plan node by node, what each route leaves out, then the sum. */
export function planLines(plan: Plan, paint: Paint): string[] {
  const colors: Record<Verdict, (text: string) => string> = {
    value: paint.dim,
    reused: paint.green,
    'will-run': paint.yellow,
    blocked: paint.red,
    muted: paint.dim,
    bypassed: paint.dim,
    'left-out': paint.dim,
    waits: paint.cyan,
  };
  const head = ['node', 'verdict', 'items', 'route', 'price', 'why'];
  const rows = table([head, ...plan.nodes.map(cellsOf)], (text, column, row) => {
    const node = plan.nodes[row - 1];
    if (node === undefined) return paint.dim(text);
    return column === 1 ? colors[node.verdict](text) : text;
  });
  const lines = rows.slice(0, 1);
  plan.nodes.forEach((node, place) => {
    lines.push(rows[place + 1] ?? '');
    for (const note of node.notes)
      lines.push(`  ${paint.yellow(note.effect)} ${note.field}: ${clean(note.message)}`);
  });
  return [...lines, '', sumWords(plan), ...laterLines(plan)];
}

/** `Then you choose at pick: up to 9 pictures, $0.04 each. After that 1 to 9 steps, $0.04 to $0.36.` */
function laterLines({ nodes, later }: Plan): string[] {
  if (later === undefined) return [];
  const asked = nodes.flatMap(({ id, choice }) => {
    if (choice?.open !== true) return [];
    const { fewest, most, each } = choice;
    const many = fewest === most ? counted(most, 'picture') : `up to ${counted(most, 'picture')}`;
    return [
      `Then you choose at ${id}: ${many}${each === undefined || each.high === 0 ? '' : `, ${priceRange(each)} each`}.`,
    ];
  });
  const { steps, price } = later;
  if (steps.high === 0) return asked;
  const many = steps.low === steps.high ? counted(steps.high, 'step') : `${steps.low} to ${steps.high} steps`;
  return [...asked, `After that ${many}, ${price.high === 0 ? 'nothing to pay' : priceRange(price)}.`];
}

/** `3 steps will run, 2 are reused. $0.12, 16 s to 2 min.` */
export function sumWords({ counts, forecast }: Plan): string {
  const { willRun, reused, blocked } = counts;
  const parts = [
    `${counted(willRun, 'step')} will run`,
    `${reused} reused`,
    ...(blocked === 0 ? [] : [`${blocked} blocked`]),
  ];
  const { low, high } = forecast.seconds;
  const time =
    high === 0 ? '' : low === high ? `, ${duration(high)}` : `, ${duration(low)} to ${duration(high)}`;
  const price = forecast.price.high === 0 ? 'Nothing to pay' : priceRange(forecast.price);
  return `${parts.join(', ')}. ${price}${time}.`;
}
