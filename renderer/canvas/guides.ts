import type { Box } from '#core/document/arrange';

/**
 * Lines a dragged card snaps to. Pure geometry, in pixels of the canvas. The index is made once when a drag begins; a move looks into
 * it by halving, and through no more cards than `mostNeighbours`.
 */

type Axis = 'x' | 'y';
const lengthOf = { x: 'width', y: 'height' } as const;
const otherOf = { x: 'y', y: 'x' } as const;

/** A line over the whole of what stands on it: at `at` of its axis, from `from` to `to` of the other. */
export interface Guide {
  axis: Axis;
  at: number;
  from: number;
  to: number;
}
/** One of the equal gaps: from `from` to `to` of its axis, drawn at `at` of the other. */
export interface Gap {
  axis: Axis;
  from: number;
  to: number;
  at: number;
}
export interface Snapped {
  dx: number;
  dy: number;
  guides: Guide[];
  gaps: Gap[];
}

interface Line {
  at: number;
  box: Box;
}
interface Neighbour {
  box: Box;
  /** Its gap to the next card before and after it in its row (or column). */
  before: number | undefined;
  after: number | undefined;
}
export interface SnapIndex {
  lines: Record<Axis, readonly Line[]>;
  rows: Record<Axis, readonly Neighbour[]>;
}

/** Cards further away than the nearest so many are no neighbours. */
export const mostNeighbours = 240;

const endOf = (box: Box, axis: Axis) => box[axis] + box[lengthOf[axis]];
const middleOf = (box: Box, axis: Axis) => box[axis] + box[lengthOf[axis]] / 2;
const share = (left: Box, right: Box, axis: Axis) =>
  left[axis] < endOf(right, axis) && right[axis] < endOf(left, axis);

function linesOf(boxes: readonly Box[], axis: Axis): Line[] {
  return boxes
    .flatMap((box) => [box[axis], middleOf(box, axis), endOf(box, axis)].map((at) => ({ at, box })))
    .sort((left, right) => left.at - right.at);
}

/** The nearest card before and after `box` among those beside it. */
function beside(box: Box, boxes: readonly Box[], axis: Axis): { before?: Box; after?: Box } {
  let before: Box | undefined;
  let after: Box | undefined;
  const middle = middleOf(box, axis);
  for (const other of boxes) {
    if (other === box || !share(box, other, otherOf[axis])) continue;
    if (middleOf(other, axis) < middle) {
      if (before === undefined || endOf(other, axis) > endOf(before, axis)) before = other;
    } else if (after === undefined || other[axis] < after[axis]) after = other;
  }
  return { ...(before && { before }), ...(after && { after }) };
}

function rowOf(boxes: readonly Box[], axis: Axis): Neighbour[] {
  return boxes.map((box) => {
    const { before, after } = beside(box, boxes, axis);
    const gap = (left: Box, right: Box) => {
      const wide = right[axis] - endOf(left, axis);
      return wide > 0 ? wide : undefined;
    };
    return { box, before: before && gap(before, box), after: after && gap(box, after) };
  });
}

/** `near`: what is about to be dragged. `boxes`: the cards that stay. */
export function snapIndex(boxes: readonly Box[], near: Box): SnapIndex {
  const far = (box: Box) =>
    Math.hypot(middleOf(box, 'x') - middleOf(near, 'x'), middleOf(box, 'y') - middleOf(near, 'y'));
  const kept =
    boxes.length <= mostNeighbours
      ? boxes
      : [...boxes].sort((left, right) => far(left) - far(right)).slice(0, mostNeighbours);
  return {
    lines: { x: linesOf(kept, 'x'), y: linesOf(kept, 'y') },
    rows: { x: rowOf(kept, 'x'), y: rowOf(kept, 'y') },
  };
}

/** Where the first line at or after `at` stands in the order. */
function placeOf(lines: readonly Line[], at: number): number {
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle]?.at ?? Infinity) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The smallest step that puts an edge or the middle of `box` on a line. */
function stepToLine(lines: readonly Line[], box: Box, axis: Axis, within: number): number | undefined {
  let best: number | undefined;
  for (const own of [box[axis], middleOf(box, axis), endOf(box, axis)]) {
    const place = placeOf(lines, own);
    for (const line of [lines[place - 1], lines[place]]) {
      if (line === undefined) continue;
      const step = line.at - own;
      if (Math.abs(step) <= within && (best === undefined || Math.abs(step) < Math.abs(best))) best = step;
    }
  }
  return best;
}

interface GapStep {
  step: number;
  gaps(moved: Box): Gap[];
}

/** Steps after which the gaps to the neighbours are equal: between two, or as far on as the two before stand apart. */
function stepsToGaps(row: readonly Neighbour[], box: Box, axis: Axis): GapStep[] {
  const boxes = row.map((one) => one.box);
  const { before, after } = beside(box, boxes, axis);
  const neighbour = (one: Box) => row[boxes.indexOf(one)];
  const other = otherOf[axis];
  const mark = (from: number, to: number, left: Box, right: Box): Gap => ({
    axis,
    from,
    to,
    at: (Math.max(left[other], right[other]) + Math.min(endOf(left, other), endOf(right, other))) / 2,
  });
  const steps: GapStep[] = [];
  if (before !== undefined && after !== undefined) {
    const room = after[axis] - endOf(before, axis) - box[lengthOf[axis]];
    if (room > 0)
      steps.push({
        step: endOf(before, axis) + room / 2 - box[axis],
        gaps: (moved) => [
          mark(endOf(before, axis), moved[axis], before, moved),
          mark(endOf(moved, axis), after[axis], moved, after),
        ],
      });
  }
  const gapBefore = before && neighbour(before)?.before;
  if (before !== undefined && gapBefore !== undefined)
    steps.push({
      step: endOf(before, axis) + gapBefore - box[axis],
      gaps: (moved) => [
        mark(before[axis] - gapBefore, before[axis], before, before),
        mark(endOf(before, axis), moved[axis], before, moved),
      ],
    });
  const gapAfter = after && neighbour(after)?.after;
  if (after !== undefined && gapAfter !== undefined)
    steps.push({
      step: after[axis] - gapAfter - endOf(box, axis),
      gaps: (moved) => [
        mark(endOf(moved, axis), after[axis], moved, after),
        mark(endOf(after, axis), endOf(after, axis) + gapAfter, after, after),
      ],
    });
  return steps;
}

/** Closer than this is on the line. */
const touch = 0.5;

function guidesAt(lines: readonly Line[], box: Box, axis: Axis): Guide[] {
  const other = otherOf[axis];
  const guides: Guide[] = [];
  for (const own of new Set([box[axis], middleOf(box, axis), endOf(box, axis)])) {
    let [from, to] = [box[other], endOf(box, other)];
    let isMet = false;
    for (let place = placeOf(lines, own - touch); place < lines.length; place += 1) {
      const line = lines[place];
      if (line === undefined || line.at > own + touch) break;
      isMet = true;
      from = Math.min(from, line.box[other]);
      to = Math.max(to, endOf(line.box, other));
    }
    if (isMet) guides.push({ axis, at: own, from, to });
  }
  return guides;
}

/** How far `box` has to go, at most `within` in each direction, to stand in line with others, and what it then stands on. */
export function snap(index: SnapIndex, box: Box, within: number): Snapped {
  const found = (axis: Axis) => {
    const onLine = stepToLine(index.lines[axis], box, axis, within);
    const gaps = stepsToGaps(index.rows[axis], box, axis).filter(({ step }) => Math.abs(step) <= within);
    const nearest = [...gaps.map(({ step }) => step), ...(onLine === undefined ? [] : [onLine])].sort(
      (left, right) => Math.abs(left) - Math.abs(right),
    )[0];
    return { step: nearest, gaps };
  };
  const [across, down] = [found('x'), found('y')];
  const moved = { ...box, x: box.x + (across.step ?? 0), y: box.y + (down.step ?? 0) };
  const isKept = (axis: Axis, gap: GapStep) =>
    Math.abs(gap.step - ((axis === 'x' ? across.step : down.step) ?? Infinity)) <= touch;
  return {
    dx: across.step ?? 0,
    dy: down.step ?? 0,
    guides: [
      ...(across.step === undefined ? [] : guidesAt(index.lines.x, moved, 'x')),
      ...(down.step === undefined ? [] : guidesAt(index.lines.y, moved, 'y')),
    ],
    gaps: [
      ...across.gaps.filter((gap) => isKept('x', gap)).flatMap((gap) => gap.gaps(moved)),
      ...down.gaps.filter((gap) => isKept('y', gap)).flatMap((gap) => gap.gaps(moved)),
    ],
  };
}
