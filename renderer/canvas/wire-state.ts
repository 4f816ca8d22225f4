import type { RunStoreState } from '../stores/run-store';

/** How a wire is drawn: by pattern, so that it is seen without colour and without motion. */
export type WireState = 'idle' | 'waiting' | 'running' | 'done' | 'reused' | 'failed' | 'muted' | 'passing';

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
  const [gives, takes] = [planned.get(source)?.verdict, planned.get(target)?.verdict];
  if (gives === 'muted' || gives === 'left-out' || takes === 'muted') return 'muted';
  if (gives === 'bypassed' || takes === 'bypassed') return 'passing';
  const last = progress.get(source)?.state;
  if ((last === 'failed' || last === 'in-doubt') && gives === 'will-run') return 'failed';
  return gives === 'reused' ? 'reused' : 'idle';
}
