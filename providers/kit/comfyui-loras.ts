import { z } from 'zod';
import { FailureError } from '#core/failure';
import type { LoraFile } from '#core/lora/lora';
import { factsOf } from '#core/lora/lora-header';
import type { LoraShelf } from '#core/lora/lora-shelf';
import type { FreeTools } from '#core/provider';
import { comfyui, getRequest } from './comfyui-client';
import { answered, readAnswer } from './vendor-answer';

/**
 * The LoRAs of a ComfyUI server. Sources: ComfyUI 0.8 `server.py` (`/models`, `/view_metadata`) and `app/model_manager.py`
 * (`/experiment/models`, which tells sizes and has previews; older servers lack it).
 */

const number = z.number().nonnegative().nullish().catch(null);
const listSchema = z.array(z.object({ name: z.string(), pathIndex: number, size: number, modified: number }));
const namesSchema = z.array(z.string());
/** Bytes of a preview that is taken; they are shown small. */
const largestPreview = 8_000_000;

async function list(tools: FreeTools): Promise<LoraFile[]> {
  const asked = await answered(tools.ask(getRequest(tools, '/experiment/models/loras')));
  if (!asked.ok && asked.failure.code !== 'not-found') throw new FailureError(asked.failure);
  const listed = asked.ok ? listSchema.safeParse(asked.answer.json).data : undefined;
  const files = listed?.map(fileOf) ?? (await names(tools)).map((name) => ({ name }));
  // Of two folders with the same file in both, the server takes the first.
  return [...new Map(files.reverse().map((file) => [file.name, file])).values()].sort((left, right) =>
    left.name.localeCompare(right.name, 'en', { numeric: true }),
  );
}

async function names(tools: FreeTools): Promise<string[]> {
  const answer = await tools.ask(getRequest(tools, '/models/loras'));
  return readAnswer(namesSchema, answer, comfyui, 'the question for its LoRAs');
}

function fileOf({ name, pathIndex, size, modified }: z.infer<typeof listSchema>[number]): LoraFile {
  return {
    name,
    ...(typeof size === 'number' ? { bytes: Math.round(size) } : {}),
    // Seconds since 1970 there.
    ...(typeof modified === 'number' ? { modified: Math.round(modified * 1000) } : {}),
    ...(typeof pathIndex === 'number' ? { folder: Math.round(pathIndex) } : {}),
  };
}

const metadataSchema = z.record(z.string(), z.unknown());

/** The server says 404 for a file without metadata, for one it does not find, and for one that is no safetensors. */
async function facts({ name }: LoraFile, tools: FreeTools) {
  const query = new URLSearchParams({ filename: name }).toString();
  const asked = await answered(tools.ask(getRequest(tools, `/view_metadata/loras?${query}`)));
  if (asked.ok) return factsOf(readAnswer(metadataSchema, asked.answer, comfyui, 'the question for a LoRA'));
  if (asked.failure.code === 'not-found') return undefined;
  throw new FailureError(asked.failure);
}

async function preview({ name, folder }: LoraFile, tools: FreeTools): Promise<Uint8Array | undefined> {
  if (folder === undefined) return undefined;
  const path = name.split('/').map(encodeURIComponent).join('/');
  const asked = await answered(
    tools.ask(getRequest(tools, `/experiment/models/preview/loras/${folder}/${path}`)),
  );
  if (!asked.ok) {
    if (asked.failure.code === 'not-found') return undefined;
    throw new FailureError(asked.failure);
  }
  const { bytes } = asked.answer;
  return bytes.byteLength > 0 && bytes.byteLength <= largestPreview ? bytes : undefined;
}

export const comfyuiLoras: LoraShelf = { list, facts, preview };
