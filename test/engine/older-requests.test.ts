import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { WorkflowDocument } from '#core/document/schema';
import { defineNode, type NodeCatalogue } from '#core/node';
import { textParam } from '#core/param';
import { engineFixture, prompts } from '#test/kit/engine-fixture';
import { smallNodes } from '#test/kit/small-catalogue';

const fixture = engineFixture();

/** The same words in another shape: what version 1 wrote as it is, version 2 has in brackets. */
const newer: NodeCatalogue = new Map([
  ...smallNodes,
  [
    'words',
    defineNode({
      type: 'words',
      version: 2,
      title: 'Words',
      group: 'source',
      icon: 'list',
      summary: 'A text.',
      params: { lines: textParam({ label: 'Lines' }) },
      inputs: {},
      outputs: { text: { type: 'text', label: 'Text' } },
      upgrades: [{ from: 1, params: (old) => ({ ...old, lines: `[${String(old['lines'])}]` }) }],
      work: { on: 'plan', values: ({ params }) => ({ text: [params.lines.slice(1, -1)] }) },
    }),
  ],
]);

it('what an older Seedloom wrote down is read as it was meant: nothing made for it is paid for again', async () => {
  const document: WorkflowDocument = prompts('a cat');
  const dataFolder = join(fixture.folder, 'data');
  const before = await fixture.bench({ dataFolder });
  const { events } = await before.run(document);
  await before.engine.close();
  expect(fixture.vendor.shop.charges).toHaveLength(1);

  const after = await fixture.bench({ dataFolder, nodes: newer });
  const started = await after.engine.resume(events[0]!.run);
  if (!started.ok) throw new Error(started.issues[0]?.message);
  await started.run.done;
  expect(fixture.vendor.shop.charges).toHaveLength(1);

  const plan = await after.engine.plan(after.request(document));
  expect(plan.steps.map(({ id, verdict }) => `${id} ${verdict}`)).toEqual(['make#0 reused']);
});
