import { z } from 'zod';

/** A run that waits for its turn. */
export const queueEntrySchema = z.object({
  /** The id the run will have; made when it was queued. */
  run: z.string(),
  title: z.string(),
  documentId: z.string(),
  /** ISO time. */
  queuedAt: z.string(),
  /** Most it can cost by the plan made when it was queued, US dollars. */
  price: z.number().nonnegative(),
});
export type QueueEntry = z.infer<typeof queueEntrySchema>;

export interface QueueState {
  /** Nothing new is started: no run, and no step of the run under way. What was sent already is collected. */
  paused: boolean;
  /** The queue's run that has begun and not ended. */
  underWay: QueueEntry | null;
  /** In the order they will run. */
  waiting: QueueEntry[];
  /** Who works on the queue: the engine that was asked, another on the same data folder, or nobody. */
  worker: 'this' | 'other' | 'none';
}

/** Most that all waiting runs together can cost, US dollars. */
export function queuePrice({ waiting }: Pick<QueueState, 'waiting'>): number {
  const sum = waiting.reduce((total, { price }) => total + price, 0);
  return Math.round(sum * 1e6) / 1e6;
}
