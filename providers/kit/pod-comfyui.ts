import { z } from 'zod';
import type { PodLease, PodProbe, PodTools } from '#core/pod';
import { patience, viewPath, writeFile } from './pod-files';
import { progressFile, readProgress } from './pod-installer';
import { leaseFile, signFile } from './pod-watchdog';
import { answered } from './vendor-answer';

/** What is asked of ComfyUI on a pod to look after it, by its proxy's address. The proxy answers 502 until ComfyUI listens. */

const queueSchema = z.object({ exec_info: z.object({ queue_remaining: z.number() }) });
const signPattern = /^\d+ (yes|no)\s*$/;

export async function probeComfyui(
  address: string,
  lease: PodLease | undefined,
  tools: PodTools,
): Promise<PodProbe> {
  const look = (path: string) =>
    answered(tools.ask({ method: 'GET', url: `${address}${path}`, timeout: patience }));
  const asked = await look('/prompt');
  const queue = asked.ok ? queueSchema.safeParse(asked.answer.json).data : undefined;
  if (queue === undefined) return { answers: false };
  const answer: PodProbe = { answers: true, remaining: queue.exec_info.queue_remaining };
  if (lease === undefined) return answer;
  const view = async (filename: string) => {
    const seen = await look(viewPath(filename));
    return seen.ok ? seen.answer.text : '';
  };
  const said = signPattern.exec(await view(signFile(lease)))?.[1];
  const installer = lease.volume === undefined ? undefined : readProgress(await view(progressFile(lease)));
  return {
    ...answer,
    ...(said === undefined ? {} : { watchdog: { canStop: said === 'yes' } }),
    ...(installer === undefined ? {} : { installer }),
  };
}

const modelsSchema = z.array(z.string());

export async function listModels(
  address: string,
  folder: string,
  tools: PodTools,
): Promise<string[] | undefined> {
  const url = `${address}/models/${encodeURIComponent(folder)}`;
  const asked = await answered(tools.ask({ method: 'GET', url, timeout: patience }));
  return asked.ok ? modelsSchema.safeParse(asked.answer.json).data : undefined;
}

export async function renewLease(
  address: string,
  lease: PodLease,
  beat: string,
  minutes: number,
  tools: PodTools,
): Promise<void> {
  await writeFile(address, leaseFile(lease), `${beat} ${minutes}`, tools);
}
