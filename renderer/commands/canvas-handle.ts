import type { Boxes, Places } from '#core/document/arrange';
import type { Point } from '#core/document/schema';

/** What commands can do with the canvas: it alone knows where the person looks. */
export interface CanvasHandle {
  zoomIn(): void;
  zoomOut(): void;
  fit(): void;
  /** Brings nodes into view. */
  show(nodes: readonly string[]): void;
  /** The middle of what is seen, in places of the document. */
  centre(): Point;
  /** Place and size of every card that is drawn, as far as they are measured. */
  boxes(): Boxes;
  /** Moves cards before the eyes of the person; the document is changed after it. */
  glide(places: Places): Promise<void>;
  /** Opens the menu of what is selected, as the keyboard's menu key does. */
  openMenu(): void;
}

let attached: CanvasHandle | null = null;

export function attachCanvas(handle: CanvasHandle | null): void {
  attached = handle;
}

export function canvas(): CanvasHandle | null {
  return attached;
}
