import { portAddressOf, type WorkflowDocument } from '#core/document/schema';
import { loraBases, loraKey, loraWords, type ListedLora, type LoraBase } from '#core/lora/lora';
import type { NodeCatalogue } from '#core/node';
import { routeOf, taskKindOf } from '#core/plan/route';
import type { ProviderInfo } from '#core/provider';
import { words } from '../look/words';

/** Where the LoRA of a node would be used. */
export interface LoraPlace {
  provider: ProviderInfo;
  /** The families its models there take; none where nothing is wired yet, or where a model does not say. */
  bases: ReadonlySet<LoraBase>;
}

/**
 * The providers that can list LoRAs: those that the models behind the node run on; where there is none of them, all that
 * can. A LoRA goes from node to node of its chain until one asks a model.
 */
export function loraPlaces(
  document: WorkflowDocument,
  catalogue: NodeCatalogue,
  providers: readonly ProviderInfo[],
  node: string,
): LoraPlace[] {
  const byId = new Map(providers.map((provider) => [provider.id, provider]));
  const places = new Map<string, { provider: ProviderInfo; bases: Set<LoraBase> }>();
  for (const id of reached(document, catalogue, node)) {
    const target = document.nodes[id]!;
    const kind = taskKindOf(catalogue.get(target.type)!);
    const routed = kind === undefined ? undefined : routeOf(document, id, target, kind, byId);
    if (routed === undefined || 'severity' in routed || routed.provider.listsLoras !== true) continue;
    const { provider, model } = routed;
    const place = places.get(provider.id) ?? { provider, bases: new Set() };
    if (model.loraBase !== undefined) place.bases.add(model.loraBase);
    places.set(provider.id, place);
  }
  if (places.size > 0) return [...places.values()];
  return providers
    .filter(({ listsLoras }) => listsLoras === true)
    .map((provider) => ({ provider, bases: new Set<LoraBase>() }));
}

/** The nodes that ask a model and get what the node gives, by wires of LoRAs alone. */
function reached(document: WorkflowDocument, catalogue: NodeCatalogue, node: string): Set<string> {
  const asking = new Set<string>();
  const seen = new Set([node]);
  for (const from of seen)
    for (const edge of document.edges) {
      const [source, target] = [portAddressOf(edge.from), portAddressOf(edge.to)];
      const definition = catalogue.get(document.nodes[target.node]?.type ?? '');
      if (source.node !== from || definition?.inputs[target.port]?.type !== 'lora') continue;
      if (taskKindOf(definition) === undefined) seen.add(target.node);
      else asking.add(target.node);
    }
  return asking;
}

export type LoraFit = 'fits' | 'unknown' | 'other';

/** Whether a LoRA can be used there, as far as its header says. */
export function loraFit({ facts }: ListedLora, bases: ReadonlySet<LoraBase>): LoraFit {
  if (bases.size === 0 || facts?.base === undefined) return 'unknown';
  return bases.has(facts.base) ? 'fits' : 'other';
}

const fits: readonly LoraFit[] = ['fits', 'unknown', 'other'];

/** Under a heading each, those that fit first; under none where there is nothing to tell them apart by. */
export function loraGroups(
  loras: readonly ListedLora[],
  bases: ReadonlySet<LoraBase>,
): { heading: string | undefined; fit: LoraFit; loras: ListedLora[] }[] {
  if (bases.size === 0) return [{ heading: undefined, fit: 'unknown', loras: [...loras] }];
  const names = [...bases].map((base) => loraBases[base]).join(', ');
  const headings = {
    fits: words.loras.madeFor(names),
    unknown: words.loras.madeForUnknown,
    other: words.loras.madeForOthers,
  };
  return fits
    .map((fit) => ({
      heading: headings[fit],
      fit,
      loras: loras.filter((lora) => loraFit(lora, bases) === fit),
    }))
    .filter((group) => group.loras.length > 0);
}

/** Whether every word that is typed is somewhere in a LoRA's name, title, base or trigger words. */
export function answersTo({ name, facts }: ListedLora, typed: string): boolean {
  const base = facts?.base === undefined ? '' : loraBases[facts.base];
  const said = [name, facts?.title, base, ...(facts?.triggers ?? []), ...frequentOf(facts)]
    .join('\n')
    .toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => said.includes(word));
}

function frequentOf(facts: ListedLora['facts']): string[] {
  return facts?.frequent.map(({ word }) => word) ?? [];
}

/** "flmgrn, portrait": the words to show under a LoRA. */
export function wordsLine({ facts }: ListedLora): { label: string; words: string } | undefined {
  const said = facts && loraWords(facts);
  if (said === undefined) return undefined;
  const label = said.kind === 'trigger' ? words.loras.triggers : words.loras.captioned;
  return { label, words: said.words.slice(0, 6).join(', ') };
}

/** The same LoRAs with what has been read of them since. */
export function withDetails(
  loras: readonly ListedLora[],
  details: readonly { name: string; facts?: ListedLora['facts'] }[],
): ListedLora[] {
  const facts = new Map(details.map((one) => [one.name, one.facts]));
  return loras.map((lora) => {
    const read = facts.get(lora.name);
    return read === undefined ? lora : { ...lora, facts: read };
  });
}

/** Whether a name that is written is that of a file in the list. */
export function isListed(name: string, loras: readonly ListedLora[]): boolean {
  const key = loraKey(name);
  return loras.some((lora) => loraKey(lora.name) === key);
}
