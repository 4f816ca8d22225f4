import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Provider } from '#core/provider';
import { createEngine } from '#engine/engine';
import { small, smallModel, smallNodes, smallProvider } from '#test/kit/small-catalogue';
import { printTable, ratio } from './table';

// Simulated vendors: each job takes a known time, 16 at once. The best possible makespan is known from the graph alone.
const together = 16;
const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#808080' } })
  .png()
  .toBuffer();

/** Milliseconds of a job, from its words: the same every time. */
function duration(prompt: string): number {
  return 120 + ([...prompt].reduce((sum, letter) => sum * 31 + letter.codePointAt(0)!, 7) % 360);
}

const provider: Provider = {
  ...smallProvider,
  hosts: [],
  models: [{ ...smallModel, maxReferences: 14 }],
  limits: { together },
  recovery: 'none',
  submit: async (task) => {
    await new Promise((resolve) => setTimeout(resolve, duration('prompt' in task ? task.prompt : '')));
    return { state: 'done', result: { pictures: [{ from: 'bytes', bytes: picture }] } };
  },
  readError: () => ({ code: 'none', act: 'us', charge: 'none', message: 'never' }),
};

/** `width` chains of `depth` steps. */
function chains(width: number, depth: number) {
  const nodes: [string, string, Record<string, string>][] = [];
  const edges: string[] = [];
  const ends: number[] = [];
  for (let chain = 0; chain < width; chain += 1) {
    let end = 0;
    for (let place = 0; place < depth; place += 1) {
      const prompt = `${chain} of ${place}`;
      const id = `n${chain}-${place}`;
      nodes.push([id, place === 0 ? 'make' : 'change', { prompt }]);
      if (place > 0) edges.push(`n${chain}-${place - 1}.image > ${id}.images`);
      end += duration(prompt);
    }
    ends.push(end);
  }
  const work = ends.reduce((sum, end) => sum + end, 0);
  return {
    document: small(nodes, edges),
    critical: Math.max(...ends),
    bound: Math.max(Math.max(...ends), work / together),
  };
}

const rows: string[][] = [];
for (const [width, depth] of [
  [1, 12],
  [16, 8],
  [64, 6],
] as const) {
  const folder = mkdtempSync(join(tmpdir(), 'seedloom-bench-'));
  const engine = await createEngine({
    dataFolder: folder,
    nodes: smallNodes,
    providers: new Map([[provider.id, provider]]),
    secret: () => undefined,
    setting: () => undefined,
    price: () => undefined,
  });
  const { document, critical, bound } = chains(width, depth);
  const start = performance.now();
  const started = await engine.start({ document, folder: null, outFolder: folder });
  if (!started.ok) throw new Error(JSON.stringify(started.issues));
  await started.run.done;
  const makespan = performance.now() - start;
  rows.push([
    `${width} chains of ${depth}`,
    `${critical} ms`,
    `${bound.toFixed(0)} ms`,
    `${makespan.toFixed(0)} ms`,
    ratio(makespan / bound),
  ]);
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
}
printTable(
  `Makespan with simulated vendors, ${together} at a time (goal: at most 1.05 of the longest chain or the work through ${together} hands)`,
  ['graph', 'longest chain', 'least possible', 'makespan', 'ratio'],
  rows,
);
