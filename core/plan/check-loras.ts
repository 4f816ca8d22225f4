import type { Issue } from '../issue';
import { loraBases, type LoraFacts } from '../lora/lora';
import type { Task } from '../task';
import type { Knowledge } from './knowledge';
import type { ResolvedNode } from './step';

/** LoRAs of a task that were made for another model than its route's. Of one that nothing is known of, nothing is said. */
export function checkLoras(
  { id, provider, model }: Pick<ResolvedNode, 'id' | 'provider' | 'model'>,
  task: Task | undefined,
  known: Pick<Knowledge, 'lora'>,
): Issue[] {
  const { loraBase } = model ?? {};
  if (provider === undefined || model === undefined || loraBase === undefined) return [];
  if (task === undefined || !('loras' in task)) return [];
  const issues: Issue[] = [];
  for (const name of new Set(task.loras.map((lora) => lora.name))) {
    const facts = known.lora(provider.id, name);
    if (facts?.base === undefined || facts.base === loraBase) continue;
    const message = `The LoRA ${name} is made for ${madeFor(facts)}, says its header; ${model.label} takes those for ${loraBases[loraBase]}. Choose another one, or another route.`;
    issues.push({ code: 'lora-base', severity: 'error', message, place: { node: id } });
  }
  return issues;
}

/** The family by name, with the header's own words where they say more. */
function madeFor({ base, baseSaid }: LoraFacts): string {
  const name = base === undefined ? undefined : loraBases[base];
  if (name === undefined) return baseSaid ?? 'another model';
  return baseSaid === undefined ? name : `${name} (${baseSaid})`;
}
