import { meets, type Box } from './wire-path';

/** Most lights that travel at once: each is a layer of its own to the graphics card. */
export const mostLights = 3;

/** Which of the running wires carry a light: the first of those that are seen, until they are at their end. */
export function createWireLights(most: number = mostLights) {
  const running = new Map<string, Box>();
  const listeners = new Map<string, () => void>();
  let lit: ReadonlySet<string> = new Set();
  let view: Box | null = null;

  const choose = () => {
    const isSeen = (box: Box) => view === null || meets(box, view);
    const seen = [...running].filter(([, box]) => isSeen(box)).map(([id]) => id);
    const kept = seen.filter((id) => lit.has(id)).slice(0, most);
    const next = new Set([...kept, ...seen.filter((id) => !lit.has(id)).slice(0, most - kept.length)]);
    const changed = [...running.keys()].filter((id) => lit.has(id) !== next.has(id));
    lit = next;
    for (const id of changed) listeners.get(id)?.();
  };

  return {
    run(id: string, box: Box): void {
      running.set(id, box);
      choose();
    },
    stop(id: string): void {
      if (running.delete(id)) choose();
    },
    /** What is seen now, in pixels of the canvas. */
    look(seen: Box): void {
      view = seen;
      choose();
    },
    isLit: (id: string) => lit.has(id),
    listen(id: string, listener: () => void): () => void {
      listeners.set(id, listener);
      return () => {
        listeners.delete(id);
      };
    },
  };
}

export const wireLights = createWireLights();
