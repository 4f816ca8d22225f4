import { describe, expect, it, vi } from 'vitest';
import { FailureError, userFailure } from '#core/failure';
import { initialRules, type PodReport } from '#core/pod';
import type { PodKeeping, Pods } from '#engine/pods/contract';
import type { FromEngine } from '../../../electron/engine-calls';
import { keepPods } from '../../../electron/engine-host/keep-pods';
import { endPods, type QuitQuestion } from '../../../electron/main/pods-at-quit';

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
    const ask = vi.fn(async ({ stop }: QuitQuestion) => (stop === 'Try Again' ? 'leave' : answer));
    const stop = vi.fn(async (id: string) => {
      if (id === 'locked') throw new FailureError(userFailure('pod-locked', 'The pod is locked.'));
      if (id === 'cut-off') await new Promise(() => undefined);
    });
    const patience = () => new Promise<void>((resolve) => setImmediate(resolve));
    await endPods(reports, 'en', { ask, stop, patience });
    const [question, again] = ask.mock.calls.map(([asked]) => asked);
    return { question, again, stopped: stop.mock.calls.map(([id]) => id) };
  }

  it('are asked about while they cost, and no other time', async () => {
    for (const reports of [[], [report({ phase: 'stopped' })]])
      expect(await close(reports, 'stop')).toMatchObject({ question: undefined, stopped: [] });
  });

  it('that could not be stopped are asked about again, with the reason', async () => {
    const pods = [report({ id: 'locked' }), report({ id: 'p2', name: 'training' })];
    const { again, stopped } = await close(pods, 'stop');
    expect(stopped).toEqual(['locked', 'p2']);
    expect(again).toMatchObject({
      message: 'portraits could not be stopped. $0.60 an hour goes on.',
      detail: expect.stringContaining('The pod is locked.'),
      leave: 'Quit Anyway',
    });
    const late = await close([report({ id: 'cut-off' })], 'stop');
    expect(late.again?.detail).toContain('did not answer in time');
    expect((await close([report()], 'stop')).again).toBeUndefined();
  });

  it('with a job are not stopped by a careless Enter where they end themselves', async () => {
    const usual = async (changes: Partial<PodReport>) =>
      (await close([report(changes)], 'leave')).question?.usual;
    expect(await usual({})).toBe('stop');
    expect(await usual({ phase: 'busy' })).toBe('leave');
    expect(await usual({ phase: 'busy', watchdog: 'none' })).toBe('stop');
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
