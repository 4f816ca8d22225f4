import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Provider } from '#core/provider';
import { createEngine } from '#engine/engine';
import { small, smallModel, smallNodes, smallProvider } from '#test/kit/small-catalogue';
import { printTable, ratio } from './table';

// One run of many steps, each with a 4K picture of its own that is decoded, stored and journalled.
const steps = 10_000;
const marks = [1_000, 2_000, 4_000, 6_000, 8_000, 10_000];

const photograph = await sharp({
  create: { width: 3840, height: 2160, channels: 3, background: '#7a8ca0' },
})
  .jpeg({ quality: 80 })
  .toBuffer();
let made = 0;

/** Another file each time, the same picture: what follows a JPEG's end is not part of it. */
function nextPicture(): Uint8Array {
  made += 1;
  return Buffer.concat([photograph, Buffer.from(`\n${made}`)]);
}

const provider: Provider = {
  ...smallProvider,
  hosts: [],
  models: [smallModel],
  limits: { together: 16 },
  recovery: 'none',
  submit: async () => {
    // The turn a real answer would come in.
    await new Promise((resolve) => setImmediate(resolve));
    return { state: 'done', result: { pictures: [{ from: 'bytes', bytes: nextPicture() }] } };
  },
  readError: () => ({ code: 'none', act: 'us', charge: 'none', message: 'never' }),
};

const branches = 4;
const document = small(
  Array.from({ length: branches }, (_, branch) => {
    const lines = Array.from({ length: steps / branches }, (_line, place) => `${branch}${place}`).join('\n');
    return [
      [`words${branch}`, 'words', { lines }] as [string, string, { lines: string }],
      [`make${branch}`, 'make'] as [string, string],
    ];
  }).flat(),
  Array.from({ length: branches }, (_, branch) => `words${branch}.text > make${branch}.prompt`),
);

const folder = mkdtempSync(join(tmpdir(), 'seedloom-bench-'));
const engine = await createEngine({
  dataFolder: join(folder, 'data'),
  nodes: smallNodes,
  providers: new Map([[provider.id, provider]]),
  secret: () => undefined,
  setting: () => undefined,
  price: () => undefined,
});

const rows: { steps: number; heap: number; resident: number }[] = [];
function look(finished: number): void {
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  rows.push({ steps: finished, heap: heapUsed / 1e6, resident: rss / 1e6 });
}

const started = await engine.start({ document, folder: null, outFolder: folder });
if (!started.ok) throw new Error(JSON.stringify(started.issues));
let finished = 0;
started.run.listen((event) => {
  if (event.type !== 'step-finished' || !event.node.startsWith('make')) return;
  finished += 1;
  if (marks.includes(finished)) look(finished);
});
const begun = performance.now();
const { outcome } = await started.run.done;
const seconds = (performance.now() - begun) / 1000;
if (outcome !== 'done' || finished !== steps) throw new Error(`${outcome} after ${finished} steps`);

const [first] = rows;
printTable(
  `Memory of one run of ${steps.toLocaleString('en-US')} steps with 4K pictures, ${seconds.toFixed(0)} s (goal: flat from the first thousand on)`,
  ['steps', 'heap', 'of the first', 'resident', 'of the first'],
  rows.map(({ steps: at, heap, resident }) => [
    String(at),
    `${heap.toFixed(0)} MB`,
    ratio(heap / first!.heap),
    `${resident.toFixed(0)} MB`,
    ratio(resident / first!.resident),
  ]),
);
const last = rows.at(-1)!;
const grown = ((last.heap - first!.heap) * 1e3) / (last.steps - first!.steps);
console.log(`The heap grows by ${grown.toFixed(2)} KB a step.`);
await engine.close();
rmSync(folder, { recursive: true, force: true });
