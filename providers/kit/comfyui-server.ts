import { z } from 'zod';
import { FailureError, userFailure } from '#core/failure';
import type { FreeTools } from '#core/provider';
import { addressOf, comfyui, getRequest } from './comfyui-client';
import { answered, unreadable, vendorWords } from './vendor-answer';

const text = z.string().nullish().catch(null);
const statsSchema = z.object({ system: z.object({ comfyui_version: text }) });

/** What a server answers that can be reached, lets us in, and is none of ours. */
export const strangers: ReadonlySet<string> = new Set(['not-found', 'refused', 'unreadable']);

/**
 * The version of the ComfyUI at the address, where it tells. Throws a `FailureError`: `not-comfyui` where something else
 * answers there, what stands in the way where nothing does.
 */
export async function serverVersion(tools: FreeTools): Promise<string | undefined> {
  const asked = await answered(tools.ask(getRequest(tools, '/system_stats')));
  if (!asked.ok) {
    if (strangers.has(asked.failure.code)) throw notComfyui(tools, asked.failure.detail ?? '');
    throw new FailureError(asked.failure);
  }
  const stats = statsSchema.safeParse(asked.answer.json);
  if (!stats.success) throw notComfyui(tools, vendorWords(asked.answer));
  return stats.data.system.comfyui_version ?? undefined;
}

function notComfyui(tools: FreeTools, said: string): FailureError {
  const message =
    `What answers at ${addressOf(tools)} is not ComfyUI. Set the address of ComfyUI itself, as http://127.0.0.1:8188, ` +
    'in the settings; nothing was sent.';
  return new FailureError(userFailure('not-comfyui', message, said));
}

/** The failure for an answer that no ComfyUI gives; by the server's own word where it is one all the same. */
export async function strangeAnswer(
  answer: Parameters<typeof unreadable>[0],
  what: string,
  tools: FreeTools,
): Promise<FailureError> {
  await serverVersion(tools);
  return new FailureError({ ...unreadable(answer, comfyui, what), charge: 'none' });
}
