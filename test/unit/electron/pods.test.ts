import { describe, expect, it, vi } from 'vitest';
import { userFailure } from '#core/failure';
import { initialRules, type PodReport } from '#core/pod';
import type { PodKeeping, Pods } from '#engine/pods/contract';
import type { FromEngine } from '../../../electron/engine-calls';
import { keepPods } from '../../../electron/engine-host/keep-pods';
import { endPods } from '../../../electron/main/pods-at-quit';

function report(changes: Partial<PodReport> = {}): PodReport {
  return {
    id: 'p1',
    name: 'portraits',
    host: 'runpod',
    phase: 'idle',
    perHour: 0.6,
    sinceStart: 1.2,
    watchdog: 'there',
    kept: true,
    rules: initialRules,
    ...changes,
  };
}

describe('pods when Seedloom closes', () => {
  async function close(reports: PodReport[], answer: 'stop' | 'leave') {
    const ask = vi.fn(async (_question: { message: string; detail: string }) => answer);
    const stop = vi.fn(async (id: string) => {
      if (id === 'locked') throw new Error('it is locked');
    });
    await endPods(reports, { ask, stop });
    return { question: ask.mock.calls[0]?.[0], stopped: stop.mock.calls.map(([id]) => id) };
  }

  it('are asked about while they cost, and no other time', async () => {
    expect(await close([], 'stop')).toEqual({ question: undefined, stopped: [] });
    expect(await close([report({ phase: 'stopped' })], 'stop')).toEqual({ question: undefined, stopped: [] });
  });

  it('are stopped or left as the person says; one that cannot be stopped keeps nothing open', async () => {
    const pods = [report({ id: 'locked' }), report({ id: 'p2', name: 'training', phase: 'busy' })];
    const { question, stopped } = await close(pods, 'stop');
    expect(stopped).toEqual(['locked', 'p2']);
    expect(question?.message).toBe('Stop portraits, training? $1.20 an hour goes on.');
    expect(question?.detail).toContain('stops itself 15 minutes from now');
    expect(question?.detail).toContain('cuts the job under way');
    expect((await close(pods, 'leave')).stopped).toEqual([]);
  });

  it('without a watchdog are said to go on costing', async () => {
    const { question } = await close([report({ watchdog: 'none' })], 'leave');
    expect(question?.detail).toContain('costs until it is stopped');
  });
});

describe('pods while the window is open', () => {
  it('that were left running are named, and each trouble is told once', async () => {
    const told: FromEngine[] = [];
    const trouble = userFailure('no-watchdog', 'Nothing is heard of the watchdog.');
    const keep = async ({ changed }: PodKeeping) => {
      for (const found of [undefined, trouble, trouble, undefined, trouble])
        changed?.([report(found === undefined ? {} : { trouble: found })]);
    };
    const pods: Pick<Pods, 'left' | 'keep'> = { left: () => [report()], keep };
    await keepPods(pods, (message) => told.push(message));
    const troubles = told.flatMap((message) => (message.kind === 'trouble' ? [message.failure] : []));
    expect(troubles.map(({ code }) => code)).toEqual(['pod-left', 'no-watchdog', 'no-watchdog']);
    expect(troubles[0]!.message).toContain('was left running: $0.60 an hour, about $1.20');
    expect(told.filter(({ kind }) => kind === 'pods')).toHaveLength(5);
  });
});
