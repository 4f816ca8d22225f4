import type { Point, PortAddress } from '#core/document/schema';
import type { PlacedCard } from './card-reach';
import type { Boxes, Places } from '#core/document/arrange';

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
  /** Where the pointer was last, in places of the document; `null` when it is elsewhere in the window. */
  pointer(): Point | null;
  /** The cards as they stand and are measured. */
  cards(): PlacedCard[];
  portPlace(address: PortAddress, side: 'input' | 'output'): Point | undefined;
  wireMiddle(edge: string): Point | undefined;
  focusCard(node: string): void;
  /** The focus goes to a card that was just added, when it was on a card before or on the wire that the card went into. */
  followFocus(node: string, from: 'card' | 'wire'): void;
  focusPort(address: PortAddress, side: 'input' | 'output'): void;
  focusWire(edge: string): void;
  /** The card that has the focus, itself or by something on it. */
  focusedCard(): string | undefined;
  /** Leads a wire through one more point: its middle, when no place is told. */
  bend(edge: string, at?: Point): void;
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
