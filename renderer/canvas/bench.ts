import type { SessionState } from '../stores/session-store';

/** Whether a card shows all its settings. */
export const isOnBench =
  (id: string) =>
  ({ density, otherDensity }: Pick<SessionState, 'density' | 'otherDensity'>) =>
    (density === 'bench') !== otherDensity.has(id);
