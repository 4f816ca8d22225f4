import type { Recovery } from '#core/provider';
import type { ShopMoment } from '#test/kit/fake-shop';
import type { WorkflowName } from './workflows';

export const mishaps = [
  'finish alone',
  'stale links',
  'expire links',
  'expire links for good',
  'restart',
  'forget',
  'cut before',
  'cut after',
  'refuse',
  'break',
] as const;
export type Mishap = (typeof mishaps)[number];

/** What happens in one story: a workflow is killed, goes on, is killed again …, and comes to its end. */
export interface Script {
  seed: number;
  recovery: Recovery;
  workflow: WorkflowName;
  /** A moment of the process (by name), of the shop, or milliseconds after it opened; one kill each. */
  kills: readonly Kill[];
  /** How many processes work on the data folder at the same time. */
  together: 1 | 2;
  /** What befalls the vendor: with its next paid requests from the start on, or with its jobs after so many rounds. */
  mishaps: readonly { mishap: Mishap; after: number }[];
  /** Whether lives that nobody kills are lived in this process. */
  endsHere: boolean;
}
export type Kill =
  | { at: 'point'; point: string }
  | { at: 'shop'; moment: ShopMoment; prompt: string }
  | { at: 'time'; milliseconds: number };

export const killText = (kill: Kill) =>
  kill.at === 'point'
    ? kill.point
    : kill.at === 'shop'
      ? `shop: ${kill.moment} ${kill.prompt}`
      : `after ${kill.milliseconds} ms`;
