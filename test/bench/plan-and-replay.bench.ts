import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open } from 'lmdb';
import { createDocument } from '#core/document/create';
import { newNode } from '#core/document/edit';
import type { WorkflowDocument } from '#core/document/schema';
import { defineNode, type NodeDefinition } from '#core/node';
import { textParam } from '#core/param';
import { createEngine } from '#engine/engine';
import { milliseconds, printTable, ratio, timed } from './table';

// A chain in which every node is a cached step of its own, so that nothing but Seedloom's own work is measured.
const echo: NodeDefinition = defineNode({
  type: 'echo',
  version: 1,
  title: 'Echo',
  group: 'other',
  icon: 'repeat',
  summary: 'Says it again.',
  params: { word: textParam({ label: 'Word' }) },
  inputs: { text: { type: 'text', label: 'Text', takes: 'one', required: false } },
  outputs: { text: { type: 'text', label: 'Text' } },
  work: {
    on: 'machine',
    effect: 'none',
    run: ({ params, inputs }) => Promise.resolve({ text: [`${inputs.text ?? ''}${params.word}`.slice(-40)] }),
  },
});

function chain(length: number): WorkflowDocument {
  const document = createDocument(`chain-${length}`);
  const nodes = Object.fromEntries(
    Array.from({ length }, (_, place) => [
      `n${place}`,
      { ...newNode(echo), params: { word: String(place) } },
    ]),
  );
  const edges = Array.from({ length: length - 1 }, (_, place) => ({
    from: `n${place}.text`,
    to: `n${place + 1}.text`,
  }));
  return { ...document, nodes, edges };
}

const folder = mkdtempSync(join(tmpdir(), 'seedloom-bench-'));
const engine = await createEngine({
  dataFolder: join(folder, 'data'),
  nodes: new Map([[echo.type, echo]]),
  providers: new Map(),
  secret: () => undefined,
  setting: () => undefined,
  price: () => undefined,
});
const yardstick = open({ path: join(folder, 'yardstick'), encoding: 'json' });

async function runOnce(document: WorkflowDocument): Promise<void> {
  const started = await engine.start({ document, folder: null, outFolder: folder });
  if (!started.ok) throw new Error(JSON.stringify(started.issues));
  await started.run.done;
}

/** What a first run must write at the least: for each step its result, its fact and what it was made of. */
async function bareWrites(length: number): Promise<void> {
  const row = { outputs: { text: ['x'.repeat(40)] }, price: 0, at: new Date().toISOString() };
  for (let place = 0; place < length; place += 1) {
    void yardstick.put(`result ${length} ${place}`, row);
    void yardstick.put(`fact ${length} ${place}`, {
      type: 'step-finished',
      step: `n${place}#0`,
      key: 'k'.repeat(64),
      ...row,
    });
    void yardstick.put(`parts ${length} ${place}`, {
      node: 'echo',
      version: 1,
      params: { word: 'x' },
      inputs: {},
      take: 0,
      copy: 0,
    });
  }
  await yardstick.flushed;
}

await runOnce(chain(50));
const rows: string[][] = [];
for (const length of [100, 1_000, 10_000]) {
  const document = chain(length);
  const request = { document, folder: null, outFolder: folder };
  const planNew = await timed(3, () => engine.plan(request));
  const writes = await timed(3, () => bareWrites(length));
  const first = await timed(1, () => runOnce(document));
  const planCached = await timed(5, () => engine.plan(request));
  const replay = await timed(5, () => runOnce(document));
  rows.push([
    String(length),
    milliseconds(planNew),
    milliseconds(planCached),
    milliseconds(first),
    milliseconds(writes),
    `${((first - writes) / length).toFixed(3)} ms`,
    milliseconds(replay),
    `${((replay / length) * 1000).toFixed(1)} µs`,
  ]);
}
printTable(
  'Plan and replay of a chain (goals: 1,000 cached under 50 ms; first run under 0.2 ms a step beside its writes; linear)',
  [
    'nodes',
    'plan, new',
    'plan, cached',
    'first run',
    'bare writes',
    'beside writes, a step',
    'cached replay',
    'a step',
  ],
  rows,
);
console.log('Yardstick, measured on ComfyUI 0.8: 500 nodes fully cached 2,800–4,400 ms; 1,000 nodes fail.');
const perStep = rows.map((row) => Number.parseFloat(row[7]!));
console.log(
  `Linear: a step in the chain of 10,000 costs ${ratio(perStep[2]! / perStep[0]!)} of one in the chain of 100.`,
);
await engine.close();
await yardstick.close();
rmSync(folder, { recursive: true, force: true });
