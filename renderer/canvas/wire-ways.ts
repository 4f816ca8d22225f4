import type { Point } from '#core/document/schema';
import { routeAround } from './wire-routing';
import { boundsOf, grown, meets, wireCurves, type Box, type Curve } from './wire-path';

/** A wire as it is drawn just now. */
export interface DrawnWire {
  source: string;
  target: string;
  from: Point;
  to: Point;
  curves: readonly Curve[];
  /** It is led by points of its own. */
  isLed: boolean;
}

export interface CardBox extends Box {
  id: string;
}

interface Way {
  from: Point;
  to: Point;
  /** The ends and the cards it was worked out for. */
  key: string;
  /** The cards as they were then; the same array as long as none of them changed. */
  cards: readonly CardBox[];
  through: readonly Point[];
}

/** Most wires led around cards at once; the others keep their plain curve. */
export const mostWays = 200;
/** Cards further than this from a wire's own curve do not matter for it, pixels. */
const reach = 260;

const noPoints: readonly Point[] = [];
const samePoint = (left: Point, right: Point) => left[0] === right[0] && left[1] === right[1];

/**
 * The ways of wires around cards. Nothing is worked out while something moves: a wire whose ends are not where its way
 * was worked out has its plain curve until `workOut` comes round.
 */
export function createWireWays() {
  const drawn = new Map<string, DrawnWire & { box: Box }>();
  const ways = new Map<string, Way>();
  const listeners = new Map<string, () => void>();
  let request = () => {};

  return {
    /** Each with a box around it. */
    drawn: drawn as ReadonlyMap<string, DrawnWire & { box: Box }>,
    /** Called whenever ways may have to be worked out again. */
    onRequest: (listener: () => void) => {
      request = listener;
    },
    ask: () => request(),
    draw(id: string, wire: DrawnWire): void {
      const before = drawn.get(id);
      drawn.set(id, { ...wire, box: boundsOf(wire.curves) });
      if (
        before === undefined ||
        before.isLed !== wire.isLed ||
        !samePoint(before.from, wire.from) ||
        !samePoint(before.to, wire.to)
      )
        request();
    },
    leave(id: string): void {
      drawn.delete(id);
    },
    listen(id: string, listener: () => void): () => void {
      listeners.set(id, listener);
      return () => {
        listeners.delete(id);
      };
    },
    /** The points a wire between these ends goes through; the same array as long as nothing changed. */
    through(id: string, from: Point, to: Point): readonly Point[] {
      const way = ways.get(id);
      return way !== undefined && samePoint(way.from, from) && samePoint(way.to, to) ? way.through : noPoints;
    },
    /**
     * Works out the ways of the wires that are drawn, as long as `mayGoOn`. How many were worked out anew, and whether
     * all is done.
     */
    workOut(
      cards: readonly CardBox[],
      isOn: boolean,
      mayGoOn = () => true,
    ): { anew: number; isDone: boolean } {
      let anew = 0;
      let led = 0;
      for (const [id, way] of ways)
        if (!drawn.has(id)) ways.delete(id);
        else if (way.through.length > 0) led += 1;
      for (const [id, wire] of drawn) {
        const before = ways.get(id);
        if (!isOn || wire.isLed || (before === undefined && led >= mostWays)) {
          ways.delete(id);
          if (before !== undefined && before.through.length > 0) listeners.get(id)?.();
          continue;
        }
        const isKnown =
          before?.cards === cards && samePoint(before.from, wire.from) && samePoint(before.to, wire.to);
        if (isKnown) continue;
        // A look at every card costs too: it counts as time that was taken.
        if (!mayGoOn()) return { anew, isDone: false };
        const area = grown(boundsOf(wireCurves(wire.from, wire.to)), reach);
        const near = cards.filter(
          (card) => card.id !== wire.source && card.id !== wire.target && meets(card, area),
        );
        const key = [
          wire.from,
          wire.to,
          ...near.map(({ x, y, width, height }) => [x, y, width, height]),
        ].join(' ');
        if (before?.key === key) {
          ways.set(id, { ...before, cards });
          continue;
        }
        anew += 1;
        const through = near.length === 0 ? noPoints : routeAround(wire.from, wire.to, near);
        if (through.length > 0 && (before?.through.length ?? 0) === 0) led += 1;
        const { from, to } = wire;
        ways.set(id, { from, to, key, cards, through: through.length === 0 ? noPoints : through });
        if (through.length > 0 || (before !== undefined && before.through.length > 0)) listeners.get(id)?.();
      }
      return { anew, isDone: true };
    },
  };
}

export const wireWays = createWireWays();
