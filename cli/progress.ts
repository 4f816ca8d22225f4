import { createLogUpdate } from 'log-update';
import type { RunEvent, StepProgress } from '#core/run';
import { eventWords, isTrouble } from './event-words';
import { money, type LiveDisplay, type Output, type Paint } from './print';
import { isEnd, type RunTally } from './run-tally';

/** Shows a run while it goes on. It is told each event after the tally has taken it. */
export interface Progress {
  event(event: RunEvent): void;
  end(): void;
}

export interface ProgressOptions {
  output: Output;
  tally: RunTally;
  /** US dollars; `undefined` for none. */
  budget: number | undefined;
}

/** JSON lines, a live display on a terminal, or a line for each step that ended. */
export function progressFor(options: ProgressOptions): Progress {
  const { output } = options;
  if (output.json) return { event: (event) => output.data(event), end: () => undefined };
  return output.out.isTTY === true ? new LiveProgress(options) : lineProgress(options);
}

/** One line for each step that ended and each picture of a set that came; trouble goes to standard error. */
export function lineProgress({ output, tally }: ProgressOptions): Progress {
  return {
    event(event) {
      if (!isEnd(event) && event.type !== 'run-stopped' && event.type !== 'picture-arrived') return;
      if (isTrouble(event)) output.error(eventWords(event, output.errorPaint, tally.isRehearsal) ?? '');
      else output.line(`[${tally.ended}/${tally.asked}] ${eventWords(event, output.paint) ?? ''}`);
    },
    end: () => undefined,
  };
}

const drawEvery = 100;
const barWidth = 24;

class LiveProgress implements Progress, LiveDisplay {
  readonly #update = createLogUpdate(process.stdout);
  readonly #timer: NodeJS.Timeout;
  #changed = true;

  constructor(private readonly options: ProgressOptions) {
    options.output.showBelow(this);
    this.#timer = setInterval(() => {
      if (this.#changed) this.draw();
    }, drawEvery);
  }

  event(event: RunEvent): void {
    this.#changed = true;
    const { output, tally } = this.options;
    if (isTrouble(event)) output.error(eventWords(event, output.errorPaint, tally.isRehearsal) ?? '');
  }

  end(): void {
    clearInterval(this.#timer);
    this.options.output.showBelow(undefined);
    this.#update.done();
  }

  clear(): void {
    this.#update.clear();
  }

  draw(): void {
    this.#changed = false;
    // A terminal that does not know its size says 0.
    const [columns, rows] = [process.stdout.columns || 80, process.stdout.rows || 24];
    const { output, tally, budget } = this.options;
    const { spent } = tally;
    this.#update(progressLines(tally.steps(), { spent, budget, columns, rows }, output.paint).join('\n'));
  }
}

export interface Screen {
  spent: number;
  budget: number | undefined;
  columns: number;
  rows: number;
}

/** One line for each node that is at work, then what all of it has come to. */
export function progressLines(steps: readonly StepProgress[], screen: Screen, paint: Paint): string[] {
  const nodes = new Map<string, StepProgress[]>();
  for (const step of steps) {
    const list = nodes.get(step.node);
    if (list === undefined) nodes.set(step.node, [step]);
    else list.push(step);
  }
  const active = [...nodes].filter(([, list]) => list.some(isActive));
  const nameWidth = Math.max(0, ...active.map(([node]) => node.length));
  const most = Math.max(1, screen.rows - 3);
  const lines = active
    .slice(0, most)
    .map(([node, list]) => nodeLine(node.padEnd(nameWidth), list, screen.columns, paint));
  if (active.length > most) lines.push(paint.dim(`… and ${active.length - most} more`));
  return [...lines, totalLine(steps, screen, paint)];
}

function isActive({ state }: StepProgress): boolean {
  return state === 'running' || state === 'collecting';
}

function isOver({ state }: StepProgress): boolean {
  return state !== 'waiting' && !isActive({ state } as StepProgress);
}

function nodeLine(name: string, steps: readonly StepProgress[], columns: number, paint: Paint): string {
  const active = steps.filter(isActive);
  const over = steps.filter(isOver).length;
  const known = active.filter(({ fraction }) => fraction !== undefined);
  const part = (over + known.reduce((sum, { fraction = 0 }) => sum + fraction, 0)) / steps.length;
  const places = active.flatMap(({ place }) => (place === undefined ? [] : [place]));
  const queued = places.length === 0 ? '' : `  place ${Math.min(...places)} in the queue`;
  const count = steps.length === 1 ? '' : `  ${over} of ${steps.length}`;
  const set = active.findLast(({ arrived }) => arrived !== undefined)?.arrived;
  const pictures = set === undefined ? '' : `  ${set.hashes.length} of ${set.of} pictures`;
  const words = `${`${Math.floor(part * 100)}%`.padStart(4)}${count}${pictures}${queued}`;
  const width = Math.max(0, Math.min(barWidth, columns - name.length - words.length - 4));
  const full = Math.round(part * width);
  const bar = `${paint.cyan('━'.repeat(full))}${paint.dim('━'.repeat(width - full))}`;
  return `${name}  ${bar} ${words}`;
}

function totalLine(steps: readonly StepProgress[], { spent, budget }: Screen, paint: Paint): string {
  const count = (...states: StepProgress['state'][]) =>
    steps.filter(({ state }) => states.includes(state)).length;
  const failed = count('failed');
  const doubtful = count('in-doubt');
  const parts = [
    `${steps.filter(isOver).length} of ${steps.length} steps`,
    `${count('finished')} made`,
    `${count('reused')} reused`,
    ...(failed === 0 ? [] : [paint.red(`${failed} failed`)]),
    ...(doubtful === 0 ? [] : [paint.yellow(`${doubtful} in doubt`)]),
    budget === undefined ? money(spent) : `${money(spent)} of ${money(budget)}`,
  ];
  return parts.join(paint.dim(' · '));
}
