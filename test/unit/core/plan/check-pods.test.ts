import { describe, expect, it } from 'vitest';
import type { Issue } from '#core/issue';
import { podIssues, podToWaitFor, runsOnPod, type UsedPod } from '#core/plan/check-pods';
import type { PlannedNode } from '#core/plan/planned';
import { podPhases, type PodPhase } from '#core/pod';

const node = (provider: string, willRun: number): PlannedNode => ({
  id: `on-${provider}`,
  verdict: willRun > 0 ? 'will-run' : 'reused',
  steps: { willRun, reused: 0, blocked: 0 },
  reasons: [],
  notes: [],
  route: { provider, model: 'sdxl' },
  items: {},
  forecast: { price: { low: 0, high: 0 }, seconds: { low: 0, high: 0 } },
});
const providers = new Map([
  ['gpu', { label: 'ComfyUI' }],
  ['shop', { label: 'Shop' }],
]);
const pod = (phase: PodPhase): UsedPod => ({ id: 'p1', name: 'portraits', phase, perHour: 0.6 });
const issuesOf = (phase: PodPhase, nodes = [node('gpu', 2), node('gpu', 1), node('shop', 1)]) =>
  podIssues({ nodes }, providers, (provider) => (provider === 'gpu' ? pod(phase) : undefined));

describe('a plan whose work goes to a rented pod', () => {
  it('says once that the pod is stopped, which one, and what it costs to start it', () => {
    const issues = issuesOf('stopped');
    expect(issues).toMatchObject([{ code: 'pod-stopped', severity: 'error', place: {}, pod: 'p1' }]);
    expect(issues[0]!.message).toMatch(/^ComfyUI runs on the pod portraits, .*\$0\.60 an hour/);
    expect(podToWaitFor({ issues })).toEqual({ id: 'p1', mustStart: true });
  });

  it('can wait for one that starts, for nothing else', () => {
    const waits = podPhases.filter((phase) => podToWaitFor({ issues: issuesOf(phase) }) !== undefined);
    expect(waits).toEqual(['ordered', 'starting', 'stopped']);
    const other: Issue = { code: 'no-prompt', severity: 'error', message: 'Write one.', place: {} };
    expect(podToWaitFor({ issues: [...issuesOf('starting'), other] })).toBeUndefined();
    expect(podToWaitFor({ issues: [...issuesOf('starting'), { ...other, severity: 'warning' }] })).toEqual({
      id: 'p1',
      mustStart: false,
    });
  });

  it('runs on one that answers, or of which nobody can tell; a silent one is only said', () => {
    const stands = podPhases.filter((phase) => issuesOf(phase).some(({ severity }) => severity === 'error'));
    expect(podPhases.filter((phase) => !stands.includes(phase))).toEqual([
      'busy',
      'idle',
      'silent',
      'unseen',
    ]);
    expect(issuesOf('silent')).toMatchObject([{ severity: 'warning' }]);
  });

  it('does not care for a pod to which nothing goes', () => {
    expect(issuesOf('gone', [node('gpu', 0), node('shop', 3)])).toEqual([]);
  });

  it('is not free where the pod is paid for by the hour and something will run on it', () => {
    const on = (nodes: PlannedNode[], perHour: number) =>
      runsOnPod(nodes, (provider) => (provider === 'gpu' ? { perHour } : undefined));
    expect(on([node('shop', 1), node('gpu', 1)], 0.6)).toBe(true);
    expect(on([node('gpu', 1)], 0)).toBe(false);
    expect(on([node('shop', 1), node('gpu', 0)], 0.6)).toBe(false);
  });
});
