import type { RunStoreState } from '../stores/run-store';

/** How a wire is drawn: by pattern, so that it is seen without colour and without motion. */
export type WireState = 'idle' | 'waiting' | 'running' | 'done' | 'reused' | 'failed';

/** What a wire carries is what its source gave; it runs while its target works with it. */
export function wireState({ progress, planned }: RunStoreState, source: string, target: string): WireState {
  if (progress.get(source)?.live === true || progress.get(target)?.live === true) {
    const from = progress.get(source)?.state;
    const to = progress.get(target)?.state;
    if (from === 'failed' || from === 'in-doubt') return 'failed';
    if (to === 'running' || to === 'collecting') return 'running';
    if (to === 'waiting') return 'waiting';
    if (to === 'finished' || to === 'failed') return 'done';
    if (to === 'reused') return 'reused';
  }
  const last = progress.get(source)?.state;
  if ((last === 'failed' || last === 'in-doubt') && planned.get(source)?.verdict === 'will-run')
    return 'failed';
  return planned.get(source)?.verdict === 'reused' ? 'reused' : 'idle';
}
