import { z } from 'zod';
import { FailureError, type Failure } from '#core/failure';
import type { ProviderTools, RemoteJob, RemotePicture, RemoteState } from '#core/provider';
import { loadValue, viewRequest, type ComfyuiFile } from './comfyui-client';
import { rememberedFor } from './comfyui-upload';
import { answered } from './vendor-answer';

/** What a job leaves on the server: its pictures, also when the server forgets the job. */

/**
 * A picture to fetch; the same server takes it as a reference where it lies. Only under a name of this job alone: a node of an
 * extension that saves may count up names that are given again, to another picture.
 */
export function savedPicture(file: ComfyuiFile, { id }: RemoteJob, tools: ProviderTools): RemotePicture {
  const request = viewRequest(tools, file);
  if (!file.filename.includes(id)) return { from: 'url', request };
  return { from: 'url', request, again: { link: loadValue(file), until: tools.now() + rememberedFor } };
}

/** The ticket of a job: how many of its nodes tell their progress, what its files are called, how many were asked for. */
export const ticketSchema = z.object({
  samplers: z.number().int().min(1).catch(1),
  prefixes: z.array(z.string()).optional(),
  pictures: z.number().int().min(1).optional(),
  /** How many steps each of those nodes has, where they are not alike. */
  steps: z.record(z.string(), z.number().positive()).optional(),
});
export type Ticket = z.infer<typeof ticketSchema>;

/** Tells which outputs of a fitted prompt are saved under which names. */
export function prefixesIn(prompt: object): string[] {
  const savedSchema = z.object({
    class_type: z.literal('SaveImage'),
    inputs: z.object({ filename_prefix: z.string() }),
  });
  return Object.values(prompt).flatMap(
    (node) => savedSchema.safeParse(node).data?.inputs.filename_prefix ?? [],
  );
}

const mostPictures = 64;
/** Failures that say there is no such file, or that nobody can tell; any other says nothing about it. */
export const isNoFile: ReadonlySet<string> = new Set(['not-found', 'refused']);

/**
 * A job the server has forgotten: restarted, it has neither queue nor history, but what was saved before is in its output
 * folder, under names that are of this job alone. What is there is the result; with nothing there the job is lost.
 */
export async function forgottenJob(job: RemoteJob, tools: ProviderTools): Promise<RemoteState> {
  const { prefixes = [], pictures: wanted = 0 } = ticketSchema.safeParse(job.ticket).data ?? {};
  const found: RemotePicture[] = [];
  for (const prefix of prefixes)
    for (let counter = 1; counter <= mostPictures; counter += 1) {
      const file = savedFile(prefix, counter);
      const asked = await answered(tools.ask({ ...viewRequest(tools, file), method: 'HEAD' }));
      if (!asked.ok && !isNoFile.has(asked.failure.code)) throw new FailureError(asked.failure);
      if (!asked.ok) break;
      found.push(savedPicture(file, job, tools));
    }
  if (found.length === 0) return { state: 'lost', failure: lost };
  const isWhole = found.length >= wanted;
  return {
    state: 'done',
    result: { pictures: isWhole ? found : [...found, { from: 'nowhere', failure: lost }] },
  };
}

/** As SaveImage names its files: `{prefix}_{counter}_.png`, the counter in five digits. */
function savedFile(prefix: string, counter: number): ComfyuiFile {
  const slash = prefix.lastIndexOf('/');
  return {
    filename: `${prefix.slice(slash + 1)}_${String(counter).padStart(5, '0')}_.png`,
    subfolder: slash < 0 ? '' : prefix.slice(0, slash),
    type: 'output',
  };
}

const lost: Failure = {
  code: 'lost',
  act: 'user',
  charge: 'none',
  message:
    'ComfyUI knows nothing of this job any more and has none of its pictures: it was restarted, ran out of memory, or the ' +
    "job was deleted there. Only your GPU's time is gone. Running again is safe: nothing of it still runs there.",
};
