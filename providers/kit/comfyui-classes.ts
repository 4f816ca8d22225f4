import { z } from 'zod';
import { FailureError } from '#core/failure';
import type { HttpAnswer, ProviderTools } from '#core/provider';
import { getRequest } from './comfyui-client';
import { nodeClassSchema, type NodeClass, type NodeClasses, type RecipeGraph } from './comfyui-graph';
import { serverVersion, strangeAnswer, strangers } from './comfyui-server';
import { answered } from './vendor-answer';

const classesSchema = z.record(z.string(), nodeClassSchema);

/**
 * A recipe's node classes as the server has them: one small question each, for the whole list has megabytes. Throws a
 * `FailureError`: `not-comfyui` where something else answers.
 */
export async function recipeClasses(graph: RecipeGraph, tools: ProviderTools): Promise<NodeClasses> {
  const wanted = [...new Set(Object.values(graph).map(({ nodeClass }) => nodeClass))];
  const found = new Map<string, NodeClass>();
  const read = async (answer: HttpAnswer) => {
    const listed = classesSchema.safeParse(answer.json);
    if (!listed.success) throw await strangeAnswer(answer, 'the question for its nodes', tools);
    for (const name of wanted) if (listed.data[name] !== undefined) found.set(name, listed.data[name]);
  };
  const asked = await Promise.all(
    wanted.map((name) => answered(tools.ask(getRequest(tools, `/object_info/${encodeURIComponent(name)}`)))),
  );
  for (const one of asked) {
    if (one.ok) await read(one.answer);
    else if (!strangers.has(one.failure.code)) throw new FailureError(one.failure);
  }
  // A server or gateway that does not know the question by class.
  if (asked.every((one) => !one.ok)) {
    const whole = await answered(tools.ask(getRequest(tools, '/object_info')));
    if (whole.ok) await read(whole.answer);
    else {
      if (strangers.has(whole.failure.code)) await serverVersion(tools);
      throw new FailureError(whole.failure);
    }
  }
  // It lacks everything: perhaps it is no ComfyUI at all.
  if (found.size === 0) await serverVersion(tools);
  return found;
}
