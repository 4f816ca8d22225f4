/** Undo and redo over values that are never changed in place. */
export interface History<T> {
  readonly past: readonly T[];
  readonly present: T;
  readonly future: readonly T[];
  /** What the newest step was about, while more of the same may still join it. */
  readonly open: { readonly about: string; readonly at: number; readonly joined: number } | null;
}

/** Steps that can be taken back. Values share what they have in common, so many are cheap. */
export const mostSteps = 500;

/** Longer than the gaps between keystrokes, milliseconds: after such a pause a new step begins. */
export const pause = 1000;

export function newHistory<T>(present: T): History<T> {
  return { past: [], present, future: [], open: null };
}

/**
 * A new present. Edits about the same thing (`about`), each within a pause of the one before, are one step; `at` is
 * their time in milliseconds. Without `about` an edit is always a step of its own.
 */
export function withEdit<T>(history: History<T>, present: T, at: number, about?: string): History<T> {
  if (present === history.present) return history;
  const { open } = history;
  const joins = about !== undefined && open !== null && open.about === about && at - open.at <= pause;
  return {
    past: joins ? history.past : [...history.past, history.present].slice(-mostSteps),
    present,
    future: [],
    open: about === undefined ? null : { about, at, joined: joins ? open.joined + 1 : 1 },
  };
}

/** The edit going on is at its end: the next one is a step of its own. */
export function settled<T>(history: History<T>): History<T> {
  return history.open === null ? history : { ...history, open: null };
}

export function undone<T>(history: History<T>): History<T> {
  const present = history.past.at(-1);
  if (present === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    present,
    future: [history.present, ...history.future],
    open: null,
  };
}

export function redone<T>(history: History<T>): History<T> {
  const [present, ...future] = history.future;
  if (present === undefined) return history;
  return { past: [...history.past, history.present], present, future, open: null };
}
