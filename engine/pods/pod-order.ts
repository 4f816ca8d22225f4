import { randomBytes } from 'node:crypto';
import { FailureError, failureOf, type Failure } from '#core/failure';
import type { PodHost, PodReport, PodSeen } from '#core/pod';
import { newLife } from '#core/pod-life';
import type { PodRow } from '../store/pod-rows';
import type { PodWish } from './contract';
import type { PodContext } from './pod-context';
import { gpuWords } from './pod-report';
import { rulesOf } from './pod-rules';

/** Where a disk of the pod's own that is kept is mounted. */
const keptPath = '/workspace';

/** Rents a pod; what comes of an order that nobody answered is `pod-in-doubt`. */
export async function orderPod(wish: PodWish, context: PodContext): Promise<PodReport> {
  const { clock, podRows, owner, redactor, store } = context.parts;
  const host = context.host();
  const tools = context.tools(host);
  // A key that is missing is missed before anything is written.
  tools.secret('key');
  const mark = `seedloom-${randomBytes(5).toString('hex')}`;
  const { rules, port, start, name = mark, ...order } = wish;
  for (const value of Object.values(wish.env)) if (value.length >= 8) redactor.learn(value);
  const volume = wish.networkVolume?.path ?? (wish.keptDisk === undefined ? undefined : keptPath);
  const token = randomBytes(9).toString('hex');
  const lease = { token, port, ...(volume === undefined ? {} : { volume }) };
  const row: PodRow = {
    mark,
    host: host.id,
    name,
    at: clock.now(),
    life: { ...newLife('running'), since: clock.now() },
    rules: rulesOf(rules, {}),
    perHour: 0,
    gpu: gpuWords(wish.gpu),
    port,
    ...(start === undefined ? {} : { lease }),
    variables: Object.keys(wish.env),
    watchdog: start === undefined ? 'none' : 'expected',
    keeper: owner.id,
  };
  await podRows.put(row);
  const watchdog = start === undefined ? {} : { watchdog: { lease, rules: row.rules, start } };
  let pod: PodSeen;
  try {
    pod = await host.create({ ...order, name, mark, ...watchdog }, tools);
  } catch (error) {
    const failure = failureOf(error);
    if (failure.charge === 'none') {
      await podRows.remove(mark);
      throw error;
    }
    pod = await searched(row, host, failure, context);
  }
  const taken = (now: PodRow): PodRow => ({
    ...now,
    id: pod.id,
    perHour: pod.perHour,
    ...(pod.keptDisk === undefined ? {} : { keptDisk: pod.keptDisk }),
    life: now.life.phase === 'ordered' ? { ...now.life, phase: 'starting' } : now.life,
  });
  const made = await podRows.change(mark, taken);
  // An answer that came after the order was given up as never taken.
  if (made === undefined) await podRows.put(taken({ ...row, at: clock.now() }));
  await store.flushed();
  return context.reported(podRows.find(mark) ?? taken(row));
}

/** An order that may or may not have been taken: the pod is looked for by its mark. */
async function searched(row: PodRow, host: PodHost, failure: Failure, context: PodContext): Promise<PodSeen> {
  try {
    const found = (await host.list(context.tools(host))).find(
      ({ mark, name }) => mark === row.mark || name === row.mark,
    );
    if (found !== undefined) return found;
  } catch {
    // Then it is looked for with every look.
  }
  const message = `Nobody can tell whether the order was taken: ${failure.message} Seedloom looks for the pod and looks after it if there is one. Nothing is ordered again.`;
  throw new FailureError({ ...failure, code: 'pod-in-doubt', charge: 'possible', message });
}
