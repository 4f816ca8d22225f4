import { describeRecovery } from '#core/recovery';
import { sizeWords, type RouteRow } from '#core/route-comparison';
import { duration, priceRange, table, type Paint } from './print';

const head = [
  'route',
  'tasks',
  'a picture',
  'references',
  'sizes',
  'seed',
  'negative',
  'batch',
  'cancel',
  'pinned',
  'usual',
  'seen here',
  'after a crash',
];

/** Routes side by side, one a line. */
export function routeLines(rows: readonly RouteRow[], paint: Paint): string[] {
  return table([head, ...rows.map(cellsOf)], (text, _column, row) => {
    if (row === 0 || text === '–' || text === 'not used yet') return paint.dim(text);
    return text.endsWith('(your price)') ? paint.cyan(text) : text;
  });
}

function cellsOf(row: RouteRow): string[] {
  const { pixels, shape } = sizeWords(row.size);
  const yes = (does: boolean) => (does ? 'yes' : '–');
  const price = priceRange(row.price);
  const usual = [duration(row.seconds.low), duration(row.seconds.high)];
  return [
    row.route,
    row.tasks.join(', '),
    row.ownPrice === undefined ? price : `${price} (your price)`,
    row.references === null ? 'any number' : row.references === 0 ? '–' : String(row.references),
    shape === '' ? pixels : `${pixels} ${shape}`,
    yes(row.seed),
    yes(row.negative),
    String(row.batch),
    yes(row.cancels),
    yes(row.pinned),
    [...new Set(usual)].join(' to '),
    row.seen === undefined ? 'not used yet' : `${duration(row.seen.seconds)} (${row.seen.receipts})`,
    describeRecovery(row.recovery).title,
  ];
}
