import { z } from 'zod';
import type { PodLease, PodProbe, PodTools } from '#core/pod';
import { leaseFile, leaseFolder, signFile } from './pod-watchdog';
import { answered } from './vendor-answer';

/** What is asked of ComfyUI on a pod to look after it, by its proxy's address. The proxy answers 502 until ComfyUI listens. */

/** Milliseconds: nobody waits for a pod that does not answer. */
const patience = 10_000;

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
  const file = new URLSearchParams({ filename: signFile(lease), subfolder: leaseFolder, type: 'temp' });
  const sign = await look(`/view?${file.toString()}`);
  const said = sign.ok ? signPattern.exec(sign.answer.text)?.[1] : undefined;
  return said === undefined ? answer : { ...answer, watchdog: { canStop: said === 'yes' } };
}

export async function renewLease(
  address: string,
  lease: PodLease,
  beat: string,
  minutes: number,
  tools: PodTools,
): Promise<void> {
  const data = new TextEncoder().encode(`${beat} ${minutes}`);
  await tools.ask({
    method: 'POST',
    url: `${address}/upload/image`,
    form: [
      { name: 'image', file: { name: leaseFile(lease), data, type: 'text/plain' } },
      { name: 'type', value: 'temp' },
      { name: 'subfolder', value: leaseFolder },
      { name: 'overwrite', value: 'true' },
    ],
    timeout: patience,
  });
}
