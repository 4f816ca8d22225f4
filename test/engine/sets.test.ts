import { describe, expect, it, onTestFinished } from 'vitest';
import { createDocument } from '#core/document/create';
import { addNode, connect, newNode, setParam, setRoute } from '#core/document/edit';
import type { RunEvent } from '#core/run';
import { nodes } from '#nodes/catalogue';
import byteplus from '#providers/byteplus.provider';
import { engineBench } from '#test/kit/engine-bench';
import { temporaryFolder } from '#test/kit/temporary-folder';
import { ofType } from '#test/kit/engine-fixture';
import { createFakeArk } from '#test/kit/fake-ark';

async function start() {
  const folder = temporaryFolder();
  const vendor = await createFakeArk({ key: 'ark-secret-key', prefix: '' });
  const bench = await engineBench(folder.path, [byteplus], {
    nodes,
    secret: () => 'ark-secret-key',
    setting: (_provider, name) => (name === 'baseUrl' ? vendor.url : undefined),
  });
  onTestFinished(async () => {
    await bench.engine.close();
    await vendor.close();
    folder.remove();
  });
  const submits = () => vendor.requests.filter(({ points }) => points.includes('submit')).length;
  return { bench, vendor, submits };
}

/** Four pictures of one request ──▶ each made smaller, and ──▶ one sheet of all. */
function workflow() {
  let document = createDocument('set', 'Set');
  for (const [id, type] of [
    ['make', 'generate'],
    ['small', 'resize'],
    ['sheet', 'contact-sheet'],
  ] as const)
    document = addNode(document, id, newNode(nodes.get(type)!), [0, 0]);
  const params = { prompt: 'four scenes of a fox', count: 4, set: true, size: { width: 1024, height: 1024 } };
  for (const [name, value] of Object.entries(params)) document = setParam(document, 'make', name, value);
  document = setRoute(document, 'make', 'byteplus/seedream-4.0');
  for (const to of ['small.image', 'sheet.images'])
    document = connect(document, { from: 'make.image', to }, { replace: true });
  return document;
}

const finished = (events: readonly RunEvent[], node: string) =>
  ofType(events, 'step-finished').filter((event) => event.node === node);

describe('a set of four pictures', () => {
  it('is one request, goes on picture by picture, and is reused', async () => {
    const { bench, vendor, submits } = await start();
    const first = await bench.run(workflow());
    expect(first).toMatchObject({ outcome: 'done' });
    expect({ submits: submits(), charges: vendor.charges }).toMatchObject({
      submits: 1,
      charges: [{ pictures: 4 }],
    });
    expect(ofType(first.events, 'picture-arrived')).toHaveLength(4);
    expect(finished(first.events, 'make')[0]?.outputs['image']).toHaveLength(4);
    expect([finished(first.events, 'small').length, finished(first.events, 'sheet').length]).toEqual([4, 1]);
    const again = await bench.run(workflow());
    expect(ofType(again.events, 'step-finished').every(({ reused }) => reused)).toBe(true);
    expect(submits()).toBe(1);
  });

  it('that becomes smaller than asked for goes on with what there is', async () => {
    const { bench, vendor, submits } = await start();
    vendor.fail({ kind: 'stream', how: 'ends', after: 3, on: 'submit' } as never);
    const { outcome, events } = await bench.run(workflow());
    expect(outcome).toBe('done');
    expect(finished(events, 'make')[0]?.outputs['image']).toHaveLength(3);
    expect([finished(events, 'small').length, finished(events, 'sheet').length]).toEqual([3, 1]);
    expect(ofType(events, 'step-skipped').map(({ step, because }) => [step, because])).toEqual([
      ['small#3', 'needs number 4 of make#0, which made 3'],
    ]);
    const again = await bench.run(workflow());
    expect(ofType(again.events, 'step-finished').map(({ node, reused }) => [node, reused])).toEqual([
      ['make', true],
      ...Array.from({ length: 3 }, () => ['small', true]),
      ['sheet', true],
    ]);
    expect({ submits: submits(), outcome: again.outcome }).toEqual({ submits: 1, outcome: 'done' });
  });
});
