import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitView, heldView, zoomView } from '../../../../renderer/panels/viewport';

const frame = { width: 1000, height: 500 };

describe('fitView', () => {
  it('shows the whole picture', () =>
    expect(fitView({ width: 4000, height: 1000 }, frame)).toEqual({ scale: 0.25, x: 0, y: 0 }));
  it('never enlarges', () => expect(fitView({ width: 10, height: 10 }, frame).scale).toBe(1));
  it('does not divide by a size not known yet', () =>
    expect(fitView({ width: 0, height: 0 }, frame).scale).toBe(1));
});

describe('zoomView', () => {
  it('keeps the point under the pointer where it is', () => {
    fc.assert(
      fc.property(
        fc.record({ x: fc.integer({ min: -400, max: 400 }), y: fc.integer({ min: -200, max: 200 }) }),
        fc.double({ min: 0.5, max: 2, noNaN: true }),
        (at, factor) => {
          const before = { scale: 1, x: 30, y: -20 };
          const after = zoomView(before, factor, at, 0.05);
          const point = (view: typeof before) => (at.x - view.x) / view.scale;
          expect(point(after)).toBeCloseTo(point(before), 6);
        },
      ),
    );
  });
  it('stops at the ends', () => {
    const view = { scale: 1, x: 0, y: 0 };
    expect(zoomView(view, 1000, { x: 0, y: 0 }, 0.2).scale).toBe(16);
    expect(zoomView(view, 0.0001, { x: 0, y: 0 }, 0.2).scale).toBe(0.2);
  });
});

describe('heldView', () => {
  const picture = { width: 2000, height: 400 };
  it('keeps what is smaller than the frame in its middle', () =>
    expect(heldView({ scale: 1, x: 0, y: 80 }, picture, frame).y).toBeCloseTo(0));
  it('does not let an edge be pulled inside', () => {
    expect(heldView({ scale: 1, x: 900, y: 0 }, picture, frame).x).toBe(500);
    expect(heldView({ scale: 1, x: -900, y: 0 }, picture, frame).x).toBe(-500);
    expect(heldView({ scale: 1, x: 120, y: 0 }, picture, frame).x).toBe(120);
  });
});
