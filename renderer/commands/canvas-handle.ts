import type { Point } from '#core/document/schema';

/** What commands can do with the canvas: it alone knows where the person looks. */
export interface CanvasHandle {
  zoomIn(): void;
  zoomOut(): void;
  fit(): void;
  /** Brings nodes into view. */
  show(nodes: readonly string[]): void;
  /** Notes where the person looks, for when this tab is shown again. */
  note(): void;
  /** The middle of what is seen, in places of the document. */
  centre(): Point;
}

let attached: CanvasHandle | null = null;

export function attachCanvas(handle: CanvasHandle | null): void {
  attached = handle;
}

export function canvas(): CanvasHandle | null {
  return attached;
}
