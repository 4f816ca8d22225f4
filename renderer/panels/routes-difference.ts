import type { TaskNote } from '#core/plan/check-task';
import type { RouteRow } from '#core/route-comparison';
import { pixels } from '../look/format';
import { translated, words } from '../look/words';

export interface RouteRemark {
  kind: 'cannot' | 'refused' | 'hint' | 'ignored' | 'adapted' | 'gained';
  text: string;
}

const said = words.routes.difference;
const fields: Readonly<Record<string, string>> = said.fields;

/** What would be different for the node on this route, beside the one it has now. */
export function differenceOf(
  { answer }: Pick<RouteRow, 'answer'>,
  chosen: Pick<RouteRow, 'answer'> | undefined,
): RouteRemark[] {
  if (answer === undefined) return [];
  if (answer.cannot !== undefined) return [{ kind: 'cannot', text: translated(answer.cannot) }];
  const { notes, nearest } = answer;
  const remarks = notes
    .filter(({ effect }) => effect === 'refused')
    .map(({ message }): RouteRemark => ({ kind: 'refused', text: translated(message) }));
  if (nearest !== undefined) remarks.push({ kind: 'hint', text: said.nearest(pixels(nearest)) });
  const ignored = ignoredOf(notes);
  const named = ignored.filter(({ field }) => fields[field] !== undefined).map(({ field }) => field);
  if (named.length > 0) remarks.push({ kind: 'ignored', text: said.leavesOut(listed(named)) });
  for (const { field, message } of ignored)
    if (fields[field] === undefined) remarks.push({ kind: 'ignored', text: translated(message) });
  for (const { effect, message } of notes)
    if (effect === 'adapted') remarks.push({ kind: 'adapted', text: translated(message) });
  const missed = ignoredOf(chosen?.answer?.notes ?? [])
    .map(({ field }) => field)
    .filter((field) => fields[field] !== undefined && !named.includes(field));
  if (missed.length > 0) remarks.push({ kind: 'gained', text: said.gains(listed(missed)) });
  return remarks;
}

/** The same in a few words, for a row of a list; `undefined` where nothing is lost. */
export function lossWords(row: RouteRow): string | undefined {
  const remarks = differenceOf(row, undefined);
  if (remarks.some(({ kind }) => kind === 'refused')) return said.wouldNotRun;
  const lost = ignoredOf(row.answer?.notes ?? []).map(({ field }) =>
    field === 'size' ? said.exactSize : field,
  );
  return lost.length === 0 ? undefined : said.loses(listed(lost));
}

function ignoredOf(notes: readonly TaskNote[]): TaskNote[] {
  return notes.filter(({ effect }) => effect === 'ignored');
}

function listed(names: readonly string[]): string {
  const all = [...new Set(names)].map((name) => fields[name] ?? name);
  return all.length < 2 ? all.join('') : said.and(all.slice(0, -1).join(', '), all.at(-1)!);
}
