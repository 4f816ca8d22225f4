import type { Failure } from '#core/failure';
import type { ListedLora, LoraDetails, LoraFile } from '#core/lora/lora';
import { documentStore } from '../stores/document-store';
import { sessionStore } from '../stores/session-store';
import { call } from './bridge';
import { planSoon } from './planning';

/** The list to choose a node's LoRA from; `param` holds its file's name. */
export function openLoras(node: string, param: string): void {
  documentStore.actions.settle();
  sessionStore.actions.set({ overlay: { kind: 'loras', node, param } });
}

/** The LoRAs where a provider's models run, or why they cannot be told. */
export async function listLoras(
  provider: string,
): Promise<{ ok: true; loras: ListedLora[] } | { ok: false; failure: Failure }> {
  const answer = await call('loras.list', { provider });
  return answer.ok ? { ok: true, loras: answer.value } : answer;
}

/** What these say of themselves; nothing where that could not be asked. */
export async function readLoras(provider: string, loras: readonly LoraFile[]): Promise<LoraDetails[]> {
  const files = loras.map(({ name, bytes, modified, folder }) => ({
    name,
    ...(bytes === undefined ? {} : { bytes }),
    ...(modified === undefined ? {} : { modified }),
    ...(folder === undefined ? {} : { folder }),
  }));
  const answer = await call('loras.read', { provider, files });
  return answer.ok ? answer.value : [];
}

/** Keeps what was told, for the fields that name one; what a LoRA was made for may change the plan. */
export function noteLoras(provider: string, loras: readonly ListedLora[]): void {
  sessionStore.actions.set({ loras: { ...sessionStore.getState().loras, [provider]: loras } });
  planSoon();
}

export function chooseLora(node: string, param: string, name: string): void {
  documentStore.actions.setParam(node, param, name);
  documentStore.actions.settle();
}
