import {
  choiceState,
  confirmPicks,
  picksSchema,
  pictureNames,
  togglePick,
  type ChoiceRule,
  type Picks,
} from '#core/choice';
import { setParam } from '#core/document/edit';
import { muteNodes } from '#core/document/edit-modes';
import { openGraph, pathThere } from '#core/document/open-graph';
import { editAt } from '#core/document/own-subgraph';
import type { DocumentNode, WorkflowDocument } from '#core/document/schema';
import type { JsonValue } from '#core/json';
import type { NodeDefinition } from '#core/node';
import type { Plan, PlannedChoice } from '#core/plan/planned';
import { words } from '../look/words';
import { documentStore } from '../stores/document-store';
import { runStore } from '../stores/run-store';
import { onlySelected } from './command';
import { sessionStore, type SessionState } from '../stores/session-store';
import { call } from './bridge';
import { leftOutBefore } from './left-out';
import { dropNote, showNote } from './notices';
import { startOrQueue } from './pod-runs';
import { goToNode } from './subgraphs';

/** What a person picks from, with the rule and what is picked so far. */
export interface OpenSheet {
  rule: ChoiceRule;
  picks: Picks;
  param: string;
  names: (string | undefined)[];
}

/** `undefined` where nobody picks. The picks are those of the document, at once, not those of the last plan. */
export function sheetOf(
  node: DocumentNode,
  { work, params: specs }: NodeDefinition,
  planned: Pick<PlannedChoice, 'pictures'> | undefined,
): OpenSheet | undefined {
  if (work.on !== 'person') return undefined;
  const valueOf = (name: string) =>
    Object.hasOwn(node.params, name) ? node.params[name] : (specs[name]?.initial as JsonValue);
  const params = Object.fromEntries(Object.keys(specs).map((name) => [name, valueOf(name)]));
  const picks = picksSchema.safeParse(valueOf(work.picks));
  return {
    rule: work.rule(params as never),
    picks: picks.success ? picks.data : { picked: [] },
    param: work.picks,
    names: pictureNames((planned?.pictures ?? []).map((picture) => picture ?? undefined)),
  };
}

function sheetIn(document: WorkflowDocument, id: string): OpenSheet | undefined {
  const node = document.nodes[id];
  const definition = sessionStore.getState().catalogue.get(node?.type ?? '');
  if (node === undefined || definition === undefined) return undefined;
  return sheetOf(node, definition, runStore.getState().planned.get(id)?.choice);
}

/** The workflow with other picks at one node, wherever in it the node is (`look/choose`). */
function withPicks(
  whole: WorkflowDocument,
  id: string,
  change: (sheet: OpenSheet) => Picks | undefined,
): WorkflowDocument | undefined {
  const path = id.split('/').slice(0, -1);
  if (pathThere(whole, path).length < path.length) return undefined;
  const sheet = sheetIn(openGraph(whole, path), id);
  const picks = sheet === undefined ? undefined : change(sheet);
  if (sheet === undefined || picks === undefined || picks === sheet.picks) return undefined;
  // Each place of a subgraph has pictures of its own to pick from: it cannot share the picks.
  return editAt(whole, id, (graph) => setParam(graph, id, sheet.param, picks as JsonValue));
}

function edit(id: string, change: (sheet: OpenSheet) => Picks | undefined): void {
  const before = documentStore.getState().whole;
  documentStore.actions.editWhole((whole) => withPicks(whole, id, change) ?? whole);
  const { whole } = documentStore.getState();
  const count = ({ subgraphs = {} }: WorkflowDocument) => Object.keys(subgraphs).length;
  if (count(whole) > count(before)) showNote(words.subgraphs.own, words.subgraphs.ownWhy);
}

/** Picks or unpicks the picture at a place, from 0. */
export function pick(id: string, place: number): void {
  edit(id, ({ rule, picks, names }) => togglePick(rule, picks, names, place));
}

export function pickAll(id: string): void {
  edit(id, ({ rule, names }) => {
    const known = names.filter((name) => name !== undefined);
    return { picked: known.slice(0, rule.most) };
  });
}

export function pickNone(id: string): void {
  edit(id, () => ({ picked: [] }));
}

/** The choice is made, and what follows is run. Does nothing while too few or too many are picked. */
export function goOn(id: string): Promise<void> | void {
  documentStore.actions.settle();
  if (!canGoOn(id)) return;
  edit(id, confirmedPicks);
  dropNote(words.choice.note);
  return startOrQueue(undefined, leftOutBefore(id));
}

function confirmedPicks({ rule, picks, names }: OpenSheet): Picks | undefined {
  return confirmPicks(rule, picks, names);
}

/** The choices a person can make now: everything that comes to them is made. */
export function readyChoices(plan: Plan | null): string[] {
  return (plan?.nodes ?? [])
    .filter(({ choice }) => choice?.open === true && choice.pictures.every((picture) => picture !== null))
    .map(({ id }) => id);
}

/** The choice a command means: the selected one, or the only one there is. */
export function meantChoice(session: SessionState, plan: Plan | null): string | undefined {
  const ready = readyChoices(plan);
  const selected = onlySelected(session);
  if (selected !== undefined && ready.includes(selected)) return selected;
  return ready.length === 1 ? ready[0] : undefined;
}

/** Whether going on is possible with what is picked. */
export function canGoOn(id: string): boolean {
  return withPicks(documentStore.getState().whole, id, confirmedPicks) !== undefined;
}

/** Selects the next card that waits for a choice and brings it into view, ready for the keys. */
export function showChoice(): void {
  const ready = readyChoices(runStore.getState().plan);
  const at = ready.indexOf(onlySelected(sessionStore.getState()) ?? '');
  const next = ready[(at + 1) % ready.length];
  if (next === undefined) return;
  goToNode(next, () =>
    document
      .querySelector<HTMLElement>(`.choice-sheet[data-node="${CSS.escape(next)}"] [tabindex="0"]`)
      ?.focus(),
  );
}

/** Works out what going on would cost with what is picked now, for each open choice that can go on. */
export async function priceChoices(plan: Plan): Promise<void> {
  const { whole: asked, path } = documentStore.getState();
  for (const id of readyChoices(plan)) {
    const confirmed = withPicks(asked, id, confirmedPicks);
    if (confirmed === undefined) {
      runStore.actions.priced(id, null);
      continue;
    }
    const answer = await call('plan.make', { document: muteNodes(confirmed, leftOutBefore(id)), path });
    if (documentStore.getState().whole !== asked) return;
    runStore.actions.priced(id, answer.ok ? answer.value.forecast.price : null);
  }
}

/** Which of the list are picked now, places from 0. */
export function pickedPlaces(sheet: OpenSheet): ReadonlySet<number> {
  return new Set(choiceState(sheet.rule, sheet.picks, sheet.names).picked);
}
