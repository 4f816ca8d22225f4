/** Prints rows under a title, columns as wide as their longest cell. */
export function printTable(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): void {
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
      .join('  ');
  console.log(`\n${title}`);
  console.log(line(head));
  console.log(widths.map((width) => '─'.repeat(width)).join('  '));
  for (const row of rows) console.log(line(row));
}

export const milliseconds = (value: number) => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
export const ratio = (value: number) => `${value.toFixed(2)} ×`;

/** The middle of several measurements: the machine is shared and noisy. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)]!;
}

/** Milliseconds `work` takes, the median of `times` runs. */
export async function timed(times: number, work: () => unknown): Promise<number> {
  const measured: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const start = performance.now();
    await work();
    measured.push(performance.now() - start);
  }
  return median(measured);
}
