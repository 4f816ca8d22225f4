import * as bends from '#core/document/bends';
import type { Point } from '#core/document/schema';
import { documentStore } from '../stores/document-store';

/** Puts points at a place of a wire's list. One undo step. */
export function bendWire(edge: string, place: number, points: readonly Point[]): void {
  documentStore.actions.edit((document) => bends.addBends(document, edge, place, points));
}

export function bendTo(edge: string, place: number, to: Point): void {
  documentStore.actions.edit((document) => bends.moveBend(document, edge, place, to));
}

/** A step by an arrow key; several in a row are one undo step. */
export function nudgeBend(edge: string, place: number, by: Point): void {
  documentStore.actions.edit((document) => {
    const point = document.bends?.[edge]?.[place];
    if (point === undefined) return document;
    return bends.moveBend(document, edge, place, [point[0] + by[0], point[1] + by[1]]);
  }, `bend ${place} of ${edge}`);
}

export function dropBend(edge: string, place: number): void {
  documentStore.actions.edit((document) => bends.removeBend(document, edge, place));
}

export function straightenWire(edge: string): void {
  documentStore.actions.edit((document) => bends.straighten(document, edge));
}
