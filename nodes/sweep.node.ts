import { userFailure, type Failure } from '#core/failure';
import { defineNode } from '#core/node';
import { choiceParam, numberParam, textParam } from '#core/param';

/** More than this in one go is a slip of the keyboard far more often than a wish. */
const mostItems = 1000;
const furthest = 10_000_000_000;

function decimalsOf(value: number): number {
  const [, fraction = '', exponent = '0'] = /^-?\d+(?:\.(\d+))?(?:e(-?\d+))?$/.exec(String(value)) ?? [];
  return Math.max(0, fraction.length - Number(exponent));
}

/** From one number towards the other, down when `to` is the smaller; each rounded to the decimals that were typed. */
function range(from: number, to: number, step: number): number[] | Failure {
  if (from === to) return [from];
  if (step <= 0) return userFailure('no-step', 'The step must be above 0, or the range never ends.');
  // A last step that misses the end only by binary dust still reaches it.
  const steps = Math.floor(Math.abs(to - from) / step + 1e-9);
  if (steps >= mostItems)
    return userFailure(
      'too-many-items',
      `This range has ${steps + 1} numbers; a sweep gives at most ${mostItems}. Make the step larger.`,
    );
  const decimals = Math.max(decimalsOf(from), decimalsOf(step));
  const signed = from < to ? step : -step;
  // The last + 0 makes a plain 0 of -0.
  return Array.from(
    { length: steps + 1 },
    (_, place) => Number((from + place * signed).toFixed(decimals)) + 0,
  );
}

const forRange = { onCard: true, when: { param: 'mode', is: 'range' } } as const;

export default defineNode({
  type: 'sweep',
  version: 1,
  title: 'Sweep',
  group: 'source',
  icon: 'list-ordered',
  summary: 'A list: one text a line, or a range of numbers. What follows runs once for each.',
  keywords: ['list', 'lines', 'batch', 'variations', 'loop', 'range', 'seeds', 'for each'],
  params: {
    mode: choiceParam({
      label: 'Of',
      options: [
        { value: 'lines', label: 'Text lines' },
        { value: 'range', label: 'Number range' },
      ],
      initial: 'lines',
      onCard: true,
    }),
    lines: textParam({
      label: 'Lines',
      hint: 'One item a line; empty lines are left out. Lines that are all numbers also come out as numbers.',
      lines: 6,
      placeholder: 'in the rain\nat noon\nat night',
      onCard: true,
      when: { param: 'mode', is: 'lines' },
    }),
    from: numberParam({ label: 'From', min: -furthest, max: furthest, step: 0.1, initial: 1, ...forRange }),
    to: numberParam({
      label: 'To',
      hint: 'Counts down when this is smaller than "From".',
      min: -furthest,
      max: furthest,
      step: 0.1,
      initial: 5,
      ...forRange,
    }),
    step: numberParam({ label: 'Step', min: 0, max: furthest, step: 0.1, initial: 1, ...forRange }),
  },
  inputs: {},
  outputs: {
    text: { type: 'text', label: 'Text' },
    number: { type: 'number', label: 'Number' },
  },
  work: {
    on: 'plan',
    values: ({ params }) => {
      if (params.mode === 'range') {
        const numbers = range(params.from, params.to, params.step);
        return Array.isArray(numbers) ? { text: numbers.map(String), number: numbers } : numbers;
      }
      const lines = params.lines
        .split(/\r\n|\r|\n/)
        .map((line) => line.trim())
        .filter((line) => line !== '');
      if (lines.length > mostItems)
        return userFailure(
          'too-many-items',
          `These are ${lines.length} lines; a sweep gives at most ${mostItems}. Use two sweeps.`,
        );
      const numbers = lines.map(Number);
      return { text: lines, number: numbers.every(Number.isFinite) ? numbers : [] };
    },
  },
});
