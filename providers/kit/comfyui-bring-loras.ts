import { z } from 'zod';
import { FailureError, userFailure } from '#core/failure';
import type { ProviderTools } from '#core/provider';
import type { StoredLora, LoraRef } from '#core/values';
import { recipeClasses } from './comfyui-classes';
import { comfyui, fitRecipe, getRequest, uploadRequest } from './comfyui-client';
import type { NodeClasses, RecipeGraph } from './comfyui-graph';
import { listedFile } from './comfyui-inputs';
import { answered, readAnswer } from './vendor-answer';

/**
 * LoRAs that were trained here, on a server that lacks them. ComfyUI has no upload for models; but `POST /upload/image` takes
 * any file and any of its three folders, and `output/loras` is on the search path of LoRAs since it saves trained ones
 * there (ComfyUI 0.8 `server.py`, `main.py`). Whether it is there is seen by the list of its LoRA loaders.
 */

const loaderClasses = ['LoraLoader', 'LoraLoaderModelOnly'];
const input = 'lora_name';
/** Milliseconds; a LoRA has hundreds of megabytes, and a home line is slow upwards. */
const uploadPatience = 900_000;
/** What ComfyUI takes unless it is told otherwise. */
const usualLimit = 104_857_600;
/** Of a form around the file. */
const formBytes = 4_096;

type TrainedHere = LoraRef & { file: StoredLora };

/**
 * The node classes once every LoRA with a file of its own is among the server's. One that is there by its name, which no
 * other file has, is not sent again; and nothing is sent to a server that lacks anything else. Throws a `FailureError`.
 */
export async function bringLoras(
  graph: RecipeGraph,
  loras: readonly LoraRef[],
  classes: NodeClasses,
  tools: ProviderTools,
): Promise<NodeClasses> {
  const lacking = loras.filter(
    (lora): lora is TrainedHere => lora.file !== undefined && !lists(classes, lora),
  );
  if (lacking.length === 0) return classes;
  fitRecipe(graph, believing(classes, lacking), tools);
  const sent = new Set<string>();
  for (const lora of lacking) {
    if (!sent.has(lora.name)) await upload(lora, tools);
    sent.add(lora.name);
  }
  const loaders = Object.entries(graph).filter(([, { nodeClass }]) => loaderClasses.includes(nodeClass));
  const now = new Map([...classes, ...(await recipeClasses(Object.fromEntries(loaders), tools))]);
  for (const lora of lacking) if (!lists(now, lora)) throw unlisted(lora);
  return now;
}

function specsIn(classes: NodeClasses): (readonly unknown[])[] {
  return loaderClasses.flatMap((name) => {
    const spec = classes.get(name)?.input?.required?.[input];
    return spec === undefined ? [] : [spec];
  });
}

/** Every loader of the graph must list it. */
function lists(classes: NodeClasses, { name }: LoraRef): boolean {
  return specsIn(classes).every((spec) => listedFile([name], spec) !== undefined);
}

/** The classes as if these LoRAs were there. */
function believing(classes: NodeClasses, loras: readonly LoraRef[]): NodeClasses {
  const names = loras.map(({ name }) => name);
  const believed = new Map(classes);
  for (const name of loaderClasses) {
    const known = classes.get(name);
    if (known === undefined) continue;
    const required = { ...known.input?.required, [input]: [names] };
    believed.set(name, { ...known, input: { required, optional: known.input?.optional } });
  }
  return believed;
}

const featuresSchema = z.object({ max_upload_size: z.number().positive().catch(usualLimit) });

async function upload(lora: TrainedHere, tools: ProviderTools): Promise<void> {
  const { name, file } = lora;
  const asked = await answered(tools.ask(getRequest(tools, '/features')));
  const told = asked.ok ? featuresSchema.safeParse(asked.answer.json).data : undefined;
  const limit = told?.max_upload_size ?? usualLimit;
  if (file.bytes + formBytes > limit) throw tooLarge(lora, limit);
  const sent = await answered(
    tools.ask(
      uploadRequest(
        tools,
        { name, data: await tools.readLora(file), type: 'application/octet-stream' },
        { type: 'output', subfolder: 'loras' },
        uploadPatience,
      ),
    ),
  );
  if (!sent.ok)
    throw sent.failure.code === 'too-large' ? tooLarge(lora, limit) : new FailureError(sent.failure);
  const { name: stored } = readAnswer(
    z.object({ name: z.string() }),
    sent.answer,
    comfyui,
    'the upload of a LoRA',
  );
  if (stored !== name) throw unlisted(lora);
}

const byHand =
  'or export the run that trained it and copy the file into its models/loras by hand. Nothing was made.';

function tooLarge({ name, file }: TrainedHere, limit: number): FailureError {
  const megabytes = (bytes: number) => `${Math.ceil(bytes / 1e6)} MB`;
  return new FailureError(
    userFailure(
      'lora-too-large',
      `The LoRA ${name} has ${megabytes(file.bytes)}, and this ComfyUI, or the proxy before it, takes no upload of that size (its own limit: ${megabytes(limit)}). Use the ComfyUI that trained it, start this one with a larger --max-upload-size, ${byHand}`,
    ),
  );
}

function unlisted({ name }: TrainedHere): FailureError {
  return new FailureError(
    userFailure(
      'lora-not-taken',
      `This ComfyUI took the LoRA ${name} and does not list it: it does not look for LoRAs in its output folder. Update it, use the ComfyUI that trained it, ${byHand}`,
    ),
  );
}
