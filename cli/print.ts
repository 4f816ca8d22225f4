import colors from 'yoctocolors';
import { describeIssue, type Issue } from '#core/issue';
import type { PriceRange } from '#core/price';

/** The part of a stream that is written to. */
export interface Stream {
  write(text: string): unknown;
  isTTY?: boolean | undefined;
}

const names = ['bold', 'dim', 'red', 'green', 'yellow', 'cyan'] as const;
export type Paint = Record<(typeof names)[number], (text: string) => string>;

/** Colours where a person sees them: `NO_COLOR` and `FORCE_COLOR` are obeyed, a pipe gets plain text. */
export function paintFor(stream: Stream, force = process.env['FORCE_COLOR']): Paint {
  const colored = stream.isTTY === true || (force !== undefined && force !== '' && force !== '0');
  const same = (text: string) => text;
  return Object.fromEntries(names.map((name) => [name, colored ? colors[name] : same])) as Paint;
}

/** Drawn below everything else and redrawn after each line. */
export interface LiveDisplay {
  clear(): void;
  draw(): void;
}

/** Where a command writes. With `--json` standard output carries nothing but JSON; words go to standard error. */
export class Output {
  readonly paint: Paint;
  readonly errorPaint: Paint;
  #live: LiveDisplay | undefined;

  constructor(
    readonly out: Stream,
    readonly errors: Stream,
    readonly json: boolean,
    force = process.env['FORCE_COLOR'],
  ) {
    this.errorPaint = paintFor(errors, force);
    this.paint = json ? this.errorPaint : paintFor(out, force);
  }

  /** Words a person asked for. */
  line(text = ''): void {
    this.#write(this.json ? this.errors : this.out, `${text}\n`);
  }

  /** What is wrong, or worth knowing beside the answer. */
  error(text: string): void {
    this.#write(this.errors, `${text}\n`);
  }

  /** One JSON value on one line of standard output. */
  data(value: unknown): void {
    this.#write(this.out, `${JSON.stringify(value)}\n`);
  }

  /** `undefined` takes the display away. */
  showBelow(live: LiveDisplay | undefined): void {
    this.#live?.clear();
    this.#live = live;
  }

  #write(stream: Stream, text: string): void {
    this.#live?.clear();
    stream.write(text);
    this.#live?.draw();
  }
}

/** A reader that went away (`seedloom runs | head -1`) is no error. */
export function quietWhenClosed(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

/** Text of a file or a vendor without what would steer a terminal. */
export function clean(text: string): string {
  return text.replace(/\p{Cc}/gu, (character) => (character === '\n' ? '\n' : ' '));
}

const dollars = new Intl.NumberFormat('en-US', {
  style: 'currency',
  currency: 'USD',
  minimumFractionDigits: 2,
  maximumFractionDigits: 4,
});

/** `$0.04`; up to four digits after the point. */
export function money(usd: number): string {
  return dollars.format(usd);
}

/** `free`, `$0.04` or `$0.04–$0.08`. */
export function priceRange({ low, high }: PriceRange): string {
  if (high === 0) return 'free';
  return low === high ? money(high) : `${money(low)}–${money(high)}`;
}

/** `8 s`, `2 min`, `1.5 h`. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}

/** `512 B`, `84 KB`, `1.2 MB`, `3.4 GB`. */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} KB`;
  return bytes < 999_500_000 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

/** `1 step`, `2 steps`. */
export function counted(count: number, word: string, plural = `${word}s`): string {
  return `${count} ${count === 1 ? word : plural}`;
}

/** Columns side by side, two spaces between them; `paintCell` colours a cell after its width is known. */
export function table(
  rows: readonly (readonly string[])[],
  paintCell: (text: string, column: number, row: number) => string = (text) => text,
): string[] {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    });
  return rows.map((row, rowNumber) =>
    row
      .map((cell, column) => {
        const painted = cell === '' ? '' : paintCell(cell, column, rowNumber);
        return painted + ' '.repeat((widths[column] ?? 0) - cell.length);
      })
      .join('  ')
      .trimEnd(),
  );
}

/** Every problem with its place, one a line. */
export function printIssues(output: Output, heading: string, issues: readonly Issue[]): void {
  const { errorPaint } = output;
  output.error(heading);
  for (const issue of issues) {
    const word = issue.severity === 'error' ? errorPaint.red('error') : errorPaint.yellow('warning');
    output.error(`  ${word}  ${clean(describeIssue(issue))}`);
  }
}

/** Says why nothing is done: in words, and as JSON where that was asked for. */
export function printRefusal(output: Output, subject: string, issues: readonly Issue[]): void {
  const errors = issues.filter(({ severity }) => severity === 'error').length;
  printIssues(output, `${clean(subject)}: ${counted(errors, 'problem')}; nothing was sent.`, issues);
  if (output.json) output.data({ type: 'refused', issues });
}
