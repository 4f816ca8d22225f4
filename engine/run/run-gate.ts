/** Says whether new steps of a run may begin; steps under way are not touched by it. */
export interface RunGate {
  isShut(): boolean;
  /** Resolves when it is open, or when `signal` aborts. */
  opened(signal: AbortSignal): Promise<void>;
}

/** The gate was shut before anything was sent: the step waits, and whoever shares it makes it instead. */
export const heldBack = { state: 'skipped', because: 'paused' } as const;
