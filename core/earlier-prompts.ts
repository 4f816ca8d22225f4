/** A prompt of an earlier run. */
export interface EarlierPrompt {
  text: string;
  /** When it was last run, an ISO time. */
  at: string;
  /** It was run in the workflow that asks. */
  isOwn: boolean;
}

export const mostEarlierPrompts = 200;
