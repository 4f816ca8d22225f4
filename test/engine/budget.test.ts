import fc from 'fast-check';
import { expect, it } from 'vitest';
import { budgetSimulation, brokenPromise, scenarios } from '#test/kit/budget-simulation';
import { temporaryFolder } from '#test/kit/temporary-folder';

// The long form of this, ten thousand runs, is `npm run bench budget`.
it('no run passes its cap, whatever happens, and nothing is held that would fit', async () => {
  const folder = temporaryFolder();
  const simulation = await budgetSimulation(folder.path);
  try {
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => {
        expect(brokenPromise(await simulation.run(scenario))).toBeUndefined();
      }),
      { numRuns: 120 },
    );
  } finally {
    await simulation.close();
    folder.remove();
  }
}, 60_000);
