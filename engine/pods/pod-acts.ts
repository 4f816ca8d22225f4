import { FailureError, failureOf } from '#core/failure';
import { isPaidFor, type PodReport, type PodRules } from '#core/pod';
import { newLife } from '#core/pod-life';
import type { PodRow } from '../store/pod-rows';
import { notSeen, type PodContext } from './pod-context';
import { stopNow } from './pod-keeper';
import { lookOnce } from './pod-looks';
import { taken } from './pod-rules';

export async function startPod(
  id: string,
  rules: Partial<PodRules> | undefined,
  context: PodContext,
): Promise<PodReport> {
  const { parts, leaving } = context;
  const { clock, owner } = parts;
  const host = context.host();
  const row = await taken(id, host, context, rules);
  if (row.id === undefined) throw new FailureError(notSeen(row));
  const before = row.life;
  // Written down before it is asked for: whatever happens now, the next look knows of it.
  const asked = await context.change(row, (now) => {
    const { trouble: _trouble, quietSince: _quietSince, ...rest } = now;
    const goesOn = isPaidFor(now.life.phase) && now.life.wanted === 'running';
    const life = goesOn
      ? now.life
      : { ...newLife('running'), phase: 'starting' as const, since: clock.now() };
    const watchdog = row.lease === undefined ? 'none' : 'expected';
    return { ...rest, life, watchdog, keeper: owner.id };
  });
  try {
    await host.act(row.id, 'start', context.tools(host));
  } catch (error) {
    const failure = failureOf(error);
    // It may have come up without its GPU, and costs then, until it is seen stopped.
    if (failure.code === 'no-gpu') {
      const given = await context.change(asked, (now) => ({
        ...now,
        life: { ...now.life, phase: 'stopping', wanted: 'stopped' },
      }));
      await stopNow(given, host, parts, leaving);
      await lookOnce(given, context);
    } else if (failure.charge === 'none') await context.change(asked, (now) => ({ ...now, life: before }));
    throw error;
  }
  return context.reported((await lookOnce(asked, context)) ?? asked);
}

/** Asks its host to stop it, or to give it up. */
export async function endPod(id: string, wanted: 'stopped' | 'gone', context: PodContext): Promise<PodRow> {
  const host = context.host();
  const row = await taken(id, host, context);
  // Written down first: an answer that does not come leaves it to be stopped by the next look, also where it was
  // thought to be stopped.
  const asked = await context.change(row, (now) => {
    const phase = now.life.phase === 'stopped' ? 'stopping' : now.life.phase;
    return { ...now, life: { ...now.life, wanted, phase } };
  });
  if (row.id === undefined) throw new FailureError(notSeen(row, 'It is stopped as soon as it is seen.'));
  try {
    await host.act(row.id, wanted === 'gone' ? 'terminate' : 'stop', context.tools(host));
  } catch (error) {
    if (failureOf(error).code === 'not-your-pod')
      await context.change(asked, (now) => ({ ...now, life: { ...now.life, phase: 'gone' } }));
    throw error;
  }
  return context.change(asked, (now) => {
    const { trouble: _trouble, stopsAt: _stopsAt, ...rest } = now;
    const phase = wanted === 'gone' ? 'gone' : isPaidFor(now.life.phase) ? 'stopping' : 'stopped';
    return { ...rest, life: { ...now.life, phase } };
  });
}
