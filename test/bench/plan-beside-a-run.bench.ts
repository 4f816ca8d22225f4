import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseDocument } from '#core/document/parse';
import { createEngine } from '#engine/engine';
import { nodes } from '#nodes/catalogue';
import { providers } from '#providers/catalogue';
import sharp from 'sharp';
import { median, milliseconds, printTable } from './table';

// One workflow draws twenty pictures in the sandbox while the plan of another, which names files, is asked for again and again.
const pictures = 20;
const files = 6;
const folder = mkdtempSync(join(tmpdir(), 'seedloom-bench-'));

function documentOf(id: string, body: object) {
  const text = JSON.stringify({
    seedloom: 1,
    id,
    title: id,
    nodes: {},
    edges: [],
    routes: { generate: 'sandbox/picture', edit: 'sandbox/picture' },
    layout: {},
    ...body,
  });
  const parsed = parseDocument(text, nodes);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.document;
}

const prompts = Array.from({ length: pictures }, (_, place) => `a bottle in scene ${place}`);
const drawing = documentOf('drawing', {
  nodes: Object.fromEntries(
    prompts.map((prompt, place) => [
      `make${place}`,
      {
        type: 'generate',
        version: nodes.get('generate')!.version,
        params: { prompt, size: { width: 2048, height: 2048 } },
      },
    ]),
  ),
});

async function planned() {
  const sources: [string, object][] = [];
  for (let place = 0; place < files; place += 1) {
    const path = join(folder, `reference-${place}.png`);
    const background = { r: 40 * place, g: 90, b: 120 };
    await sharp({ create: { width: 1200, height: 900, channels: 3, background } })
      .png()
      .toFile(path);
    sources.push([
      `file${place}`,
      {
        type: 'image',
        version: nodes.get('image')!.version,
        params: { file: { name: `reference-${place}.png`, path } },
      },
    ]);
  }
  return documentOf('other', { nodes: Object.fromEntries(sources) });
}

const engine = await createEngine({
  dataFolder: join(folder, 'data'),
  nodes,
  providers,
  secret: () => undefined,
  setting: () => undefined,
  price: () => undefined,
});
const other = await planned();
const plan = async () => {
  const start = performance.now();
  await engine.plan({ document: other, folder: null, outFolder: folder });
  return performance.now() - start;
};

const first = await plan();
const quiet: number[] = [];
for (let time = 0; time < 20; time += 1) quiet.push(await plan());

const loop = monitorEventLoopDelay({ resolution: 5 });
const begun = performance.now();
const started = await engine.start({ document: drawing, folder: null, outFolder: folder });
if (!started.ok) throw new Error(JSON.stringify(started.issues));
loop.enable();
const over = started.run.done.then(() => true);
const pause = () => new Promise<false>((resolve) => setTimeout(() => resolve(false), 100));
const beside: number[] = [];
do beside.push(await plan());
while (!(await Promise.race([over, pause()])));
loop.disable();
const took = performance.now() - begun;
await engine.close();
rmSync(folder, { recursive: true, force: true });

const row = (name: string, all: readonly number[]) => [
  name,
  String(all.length),
  milliseconds(median(all)),
  milliseconds(Math.max(...all)),
];
printTable(
  `The plan of another workflow while ${pictures} pictures are drawn (${(took / 1000).toFixed(1)} s, ` +
    `${process.env['UV_THREADPOOL_SIZE'] ?? 'default'} threads, event loop late by at most ${milliseconds(loop.max / 1e6)})`,
  ['', 'plans', 'median', 'longest'],
  [row('its first', [first]), row('nothing else', quiet), row('beside the run', beside)],
);
