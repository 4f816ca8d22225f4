import { existsSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createDocument } from '#core/document/create';
import { addNode, connect, newNode, setParam, setRoute } from '#core/document/edit';
import type { Fault } from '#core/fault';
import { rehearsalOf } from '#core/plan/rehearsal';
import { emptyRun, foldRunEvents } from '#core/run';
import { nodes } from '#nodes/catalogue';
import fal from '#providers/fal.provider';
import sandbox from '#providers/sandbox.provider';
import { engineBench } from '#test/kit/engine-bench';
import { temporaryFolder } from '#test/kit/temporary-folder';

/** Two pictures of a vendor nobody can reach, made larger and saved. */
function workflow() {
  let document = createDocument('real', 'Cats');
  for (const type of ['generate', 'edit', 'save'])
    document = addNode(document, type, newNode(nodes.get(type)!), [0, 0]);
  document = setParam(document, 'generate', 'prompt', 'a cat');
  document = setParam(document, 'generate', 'count', 2);
  document = setParam(document, 'edit', 'prompt', 'at night');
  document = setRoute(document, 'generate', 'fal/seedream-4.5');
  document = setRoute(document, 'edit', 'fal/seedream-4.5');
  document = connect(document, { from: 'generate.image', to: 'edit.image' }, { replace: true });
  return connect(document, { from: 'edit.image', to: 'save.image' }, { replace: true });
}

async function start() {
  const folder = temporaryFolder();
  const bench = await engineBench(folder.path, [fal, sandbox], { nodes });
  onTestFinished(async () => {
    await bench.engine.close();
    folder.remove();
  });
  let take = 0;
  const rehearse = async (faults: Record<string, Fault>) => {
    take += 1;
    const document = rehearsalOf(workflow(), nodes, { faults, take, title: 'Rehearsal' });
    const { events, outcome } = await bench.run(document);
    const state = foldRunEvents(emptyRun(events[0]!.run), events);
    return {
      outcome,
      events,
      steps: Object.fromEntries([...state.steps].map(([id, step]) => [id, step.state])),
    };
  };
  return { bench, rehearse };
}

describe('a rehearsal', () => {
  it('runs the whole workflow on the sandbox, writes no file, and is done anew each time', async () => {
    const { bench, rehearse } = await start();
    const first = await rehearse({});
    expect(first.outcome).toBe('done');
    expect(Object.values(first.steps)).toEqual(['finished', 'finished', 'finished', 'finished']);
    expect(Object.values((await rehearse({})).steps)).not.toContain('reused');
    expect(existsSync(bench.outFolder)).toBe(false);
    // Nothing of it counts for the real run.
    expect((await bench.engine.plan(bench.request(workflow()))).counts.reused).toBe(0);
    expect(bench.engine.runs().every(({ rehearsal }) => rehearsal === true)).toBe(true);
  });

  it('shows what each fault does to what comes after', async () => {
    const { rehearse } = await start();
    expect((await rehearse({ generate: 'moderation' })).steps).toMatchObject({
      'generate#0': 'failed',
      'edit#0': 'skipped',
    });
    expect((await rehearse({ edit: 'cut' })).steps).toMatchObject({
      'generate#0': 'finished',
      'edit#0': 'in-doubt',
    });
    expect((await rehearse({ generate: 'missing' })).steps).toMatchObject({
      'generate#0': 'finished',
      'generate#0.1': 'failed',
    });
    const limited = await rehearse({ generate: 'rate-limit' });
    expect(limited.outcome).toBe('done');
    expect(limited.events).toContainEqual(expect.objectContaining({ words: 'too many requests, waits' }));
  });
});
