import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Provider } from '#core/provider';
import type { ImageRef } from '#core/values';
import type { Engine } from '#engine/contract';
import { createEngine } from '#engine/engine';
import { Store } from '#engine/store/store';
import { small, smallModel, smallNodes, smallProvider } from '#test/kit/small-catalogue';
import { median, milliseconds, printTable, ratio } from './table';

// A data folder that was used for years beside one that holds nothing but the workflow that is planned.
const manyResults = 100_000;
const stepsOfARun = 100;
const steps = 500;
const rounds = 15;

const provider: Provider = {
  ...smallProvider,
  hosts: [],
  models: [smallModel],
  submit: () => Promise.reject(new Error('nothing is sent here')),
  readError: () => ({ code: 'none', act: 'us', charge: 'none', message: 'never' }),
};
const words = Array.from({ length: steps }, (_, place) => `picture ${place}`).join('\n');
const document = small(
  [
    ['words', 'words', { lines: words }],
    ['make', 'make'],
  ],
  ['words.text > make.prompt'],
);
const folder = mkdtempSync(join(tmpdir(), 'seedloom-bench-'));

const open = (home: string): Promise<Engine> =>
  createEngine({
    dataFolder: home,
    nodes: smallNodes,
    providers: new Map([[provider.id, provider]]),
    secret: () => undefined,
    setting: () => undefined,
    price: () => undefined,
  });
const plan = (engine: Engine) => engine.plan({ document, folder: null, outFolder: folder });

/** Writes a picture's file by itself: a hundred thousand flushed writes would take an hour. */
function writePicture(home: string, content: string): ImageRef {
  const hash = createHash('sha256').update(content).digest('hex');
  mkdirSync(join(home, 'blobs', hash.slice(0, 2)), { recursive: true });
  writeFileSync(join(home, 'blobs', hash.slice(0, 2), `${hash.slice(2)}.bin`), content);
  return { hash, format: 'png', width: 64, height: 64, bytes: content.length };
}

/** The results of the planned workflow, and `others` more with their runs, journals and receipts. */
async function fill(home: string, others: number): Promise<void> {
  const engine = await open(home);
  const keys = (await plan(engine)).steps.map(({ key }) => key!);
  await engine.close();
  const store = new Store(home);
  const at = '2026-11-21T12:00:00.000Z';
  await store.together(() => {
    for (const [place, key] of keys.entries())
      store.putResult(key, { outputs: { image: [writePicture(home, `own ${place}`)] }, price: 0.04, at });
  });
  for (let from = 0; from < others; from += stepsOfARun)
    await store.together(() => {
      const run = `20250101-000000-${from.toString(16).padStart(6, '0')}`;
      store.putRun({
        run,
        title: 'Earlier',
        documentId: `document-${from % 50}`,
        openedAt: at,
        closedAt: at,
        outcome: 'done',
        steps: stepsOfARun,
        owner: 'gone',
        request: { document, folder: null, outFolder: folder },
      });
      for (let seq = 0; seq < stepsOfARun; seq += 1) {
        const outputs = { image: [writePicture(home, `other ${from + seq}`)] };
        const key = createHash('sha256')
          .update(`key ${from + seq}`)
          .digest('hex');
        const step = `make#${seq}`;
        store.putResult(key, { outputs, price: 0.04, at });
        store.putEntry({
          type: 'step-finished',
          step,
          node: 'make',
          key,
          outputs,
          reused: false,
          price: 0.04,
          run,
          seq,
          at,
        });
        store.putReceipt({
          run,
          step,
          key,
          provider: 'shop',
          model: 'one',
          requestId: key,
          price: 0.04,
          at,
          pictures: [],
          seconds: 8,
        });
      }
    });
  await store.close();
}

const row = (name: string, small: number, large: number) => [
  name,
  milliseconds(small),
  milliseconds(large),
  ratio(large / small),
];
const sumOf = (parts: readonly number[][]) => parts.reduce((sum, times) => sum + median(times), 0);

const homes = { empty: join(folder, 'empty'), large: join(folder, 'large') };
await fill(homes.empty, 0);
await fill(homes.large, manyResults);

const names = ['open', 'look for cut runs', 'plan'] as const;
const taken = { empty: names.map((): number[] => []), large: names.map((): number[] => []) };
// The first round fills the caches of the system and is not counted; then in turn, the machine is shared and noisy.
for (let round = 0; round <= rounds; round += 1)
  for (const which of ['empty', 'large'] as const) {
    const marks = [performance.now()];
    const engine = await open(homes[which]);
    marks.push(performance.now());
    engine.cutRuns();
    engine.lateJobs();
    marks.push(performance.now());
    const made = await plan(engine);
    marks.push(performance.now());
    if (made.counts.reused !== steps) throw new Error(JSON.stringify(made.counts));
    await engine.close();
    if (round === 0) continue;
    for (const part of names.keys()) taken[which][part]!.push(marks[part + 1]! - marks[part]!);
  }
printTable(
  `A store with ${manyResults.toLocaleString('en-US')} results in ${manyResults / stepsOfARun} runs beside an empty one, ${steps} steps planned (goal: all of it within 1.5 ×)`,
  ['', 'empty', 'large', 'ratio'],
  [
    ...names.map((name, part) => row(name, median(taken.empty[part]!), median(taken.large[part]!))),
    row('all of it', sumOf(taken.empty), sumOf(taken.large)),
  ],
);
rmSync(folder, { recursive: true, force: true });
