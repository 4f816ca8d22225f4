import { z } from 'zod';
import type { ProviderTools, RemoteJob, WatchTools } from '#core/provider';
import { authorization, socketUrl } from './comfyui-client';
import type { Ticket } from './comfyui-results';

const messageSchema = z.object({ type: z.string(), data: z.looseObject({}).nullish() });
const progressSchema = z.object({
  prompt_id: z.string().nullish(),
  node: z.string().nullish(),
  value: z.number(),
  max: z.number().positive(),
});
const executingSchema = z.object({ prompt_id: z.string().nullish(), node: z.string().nullable() });
const endedSchema = z.object({ prompt_id: z.string() });
const previewSchema = z.object({ prompt_id: z.string().nullish(), image_type: z.string().nullish() });

/**
 * Follows one job on ComfyUI's websocket: progress over its `samplers` (by their `steps`, where they are known), previews, and the moment its history is written.
 * Messages for a closed socket are lost, so nothing but comfort depends on this; a socket that closes asks for a `check`.
 * Source of the frames: ComfyUI 0.8 `protocol.py` and `server.py`.
 */
export function followJob(
  job: RemoteJob,
  { samplers, steps = {} }: Pick<Ticket, 'samplers' | 'steps'>,
  tools: ProviderTools,
  watch: WatchTools,
): () => void {
  const done = new Map<string, number>();
  let stopped = false;
  let isJoined = false;
  const socket = tools.socket(
    socketUrl(tools, job.id),
    {
      onOpen: () => {
        // Must be the first message: the server then sends previews with the id of their job.
        socket.send(JSON.stringify({ type: 'feature_flags', data: { supports_preview_metadata: true } }));
        // Joined anew: the end may have been told while nobody listened.
        if (isJoined) watch.wake();
        isJoined = true;
      },
      onText: (text) => onText(text),
      onBinary: (data) => onBinary(data),
      onClose: () => {
        if (!stopped) watch.wake();
      },
    },
    authorization(tools),
  );

  function onText(text: string): void {
    const message = parseMessage(text);
    if (message === undefined) return;
    const { type, data } = message;
    if (type === 'progress') {
      const progress = progressSchema.safeParse(data).data;
      if (progress === undefined || (progress.prompt_id ?? job.id) !== job.id) return;
      done.set(progress.node ?? '', Math.min(1, progress.value / progress.max));
      const weights = Object.values(steps);
      const weigh = (node: string) => (weights.length === 0 ? 1 : (steps[node] ?? 0));
      const all = weights.length === 0 ? Math.max(samplers, done.size) : weights.reduce((a, b) => a + b);
      const sum = [...done].reduce((total, [node, part]) => total + part * weigh(node), 0);
      watch.report(Math.min(1, sum / all));
    } else if (type === 'executing') {
      // The last message of a job, sent after its history was written.
      const executing = executingSchema.safeParse(data).data;
      if (executing?.node === null && (executing.prompt_id ?? job.id) === job.id) watch.wake();
    } else if (type === 'execution_error' || type === 'execution_interrupted') {
      if (endedSchema.safeParse(data).data?.prompt_id === job.id) watch.wake();
    }
  }

  function onBinary(data: Uint8Array): void {
    const preview = readPreview(data);
    if (preview !== undefined && (preview.promptId ?? job.id) === job.id)
      watch.preview(preview.bytes, preview.type);
  }

  return () => {
    stopped = true;
    socket.close();
  };
}

function parseMessage(text: string): z.infer<typeof messageSchema> | undefined {
  try {
    return messageSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

interface Preview {
  bytes: Uint8Array;
  type: 'image/jpeg' | 'image/png' | 'image/webp';
  promptId?: string;
}

/**
 * A binary frame, big-endian. Event 1: u32 format (1 JPEG, 2 PNG), then the picture. Event 4: u32 length of a JSON text,
 * the text, then the picture. Any other event, or a frame cut short, is none.
 */
export function readPreview(data: Uint8Array): Preview | undefined {
  if (data.byteLength <= 8) return undefined;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const event = view.getUint32(0);
  const second = view.getUint32(4);
  if (event === 1) return { bytes: data.subarray(8), type: second === 2 ? 'image/png' : 'image/jpeg' };
  if (event !== 4 || data.byteLength <= 8 + second) return undefined;
  const text = new TextDecoder().decode(data.subarray(8, 8 + second));
  let told: z.infer<typeof previewSchema> | undefined;
  try {
    told = previewSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
  const type =
    told?.image_type === 'image/png' || told?.image_type === 'image/webp' ? told.image_type : 'image/jpeg';
  const promptId = told?.prompt_id;
  return { bytes: data.subarray(8 + second), type, ...(promptId ? { promptId } : {}) };
}
