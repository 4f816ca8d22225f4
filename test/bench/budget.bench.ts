import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { brokenPromise, budgetSimulation, scenarios, type Simulated } from '#test/kit/budget-simulation';
import { median, printTable } from './table';

// Random graphs, 1 to 16 at once, random faults: what was charged against what was allowed, by the vendor's own book.
const runs = 10_000;
const seed = 20_261_121;

const folder = mkdtempSync(join(tmpdir(), 'seedloom-bench-'));
const simulation = await budgetSimulation(folder);
const results: Simulated[] = [];
for (const [place, scenario] of fc.sample(scenarios, { numRuns: runs, seed }).entries()) {
  const result = await simulation.run(scenario);
  const broken = brokenPromise(result);
  if (broken !== undefined) {
    console.error(
      `run ${place} of seed ${seed}: ${broken}\n${JSON.stringify({ scenario, result }, null, 2)}`,
    );
    process.exitCode = 1;
  }
  results.push(result);
}
await simulation.close();
rmSync(folder, { recursive: true, force: true });

const stopped = results.filter(({ outcome, cap }) => outcome === 'over-budget' && cap > 0);
const share = (result: Simulated) => (result.spent + result.reserved) / result.cap;
const percent = (value: number) => `${(value * 100).toFixed(1)} %`;
const over = results.filter(({ charged, cap }) => charged > cap + 1e-6).length;
printTable(
  'Budget by reservation (goals: 0 over the cap, 0 held that would fit)',
  ['runs', 'over the cap', 'charges a step', 'broken promises', 'stopped at the cap', 'of the cap used then'],
  [
    [
      String(runs),
      String(over),
      `≤ ${Math.max(...results.map(({ chargesPerStep }) => chargesPerStep))}`,
      String(results.filter((result) => brokenPromise(result) !== undefined).length),
      String(stopped.length),
      `median ${percent(median(stopped.map(share)))}`,
    ],
  ],
);
const fits = stopped.filter(
  ({ cap, spent, reserved, worst }) => cap - spent - reserved >= worst + 1e-6,
).length;
console.log(
  `Tight: in ${stopped.length - fits} of ${stopped.length} stopped runs the next picture could have passed the cap.`,
);
