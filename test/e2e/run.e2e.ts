import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createDocument } from '#core/document/create';
import { addNode, connect, newNode, setParam, setRoute } from '#core/document/edit';
import { parseDocument } from '#core/document/parse';
import type { WorkflowDocument } from '#core/document/schema';
import { pictureAddress, type Bridge } from '#core/ipc';
import { countSteps, emptyRun, foldRun, type RunEvent, type RunState } from '#core/run';
import { isImageRef } from '#core/values';
import { nodes } from '#nodes/catalogue';
import { createFakeFal } from '#test/kit/fake-fal';
import { hasElectron, launchApp, makeHome, type TestApp } from './kit/app';

async function temporaryHome(): Promise<string> {
  const home = await makeHome();
  onTestFinished(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));
  return home;
}

function folded(run: string, events: readonly RunEvent[]): RunState {
  return events.reduce(foldRun, emptyRun(run));
}

async function startRun(test: TestApp, document: WorkflowDocument): Promise<string> {
  const started = await test.value('run.start', { document, path: null, budget: null });
  if ('issues' in started) throw new Error(started.issues.map(({ message }) => message).join('\n'));
  return started.run;
}

/** Waits for the end of a run and gives its state as it was written down. An engine that is killed meanwhile is asked again. */
async function endOf(test: TestApp, run: string): Promise<RunState> {
  let state: RunState | undefined;
  const outcome = async () => {
    state = folded(run, await test.value('run.show', { run }));
    return state.outcome;
  };
  await expect.poll(outcome).toBeDefined();
  return state!;
}

/** One generate node on fal. */
function paidWorkflow(words = 'a red bicycle'): WorkflowDocument {
  const generate = newNode(nodes.get('generate')!);
  const prompt = newNode(nodes.get('prompt')!);
  let document = createDocument('paid', 'Paid');
  document = addNode(document, 'prompt', prompt, [0, 0]);
  document = addNode(document, 'generate', generate, [400, 0]);
  document = setParam(document, 'prompt', 'text', words);
  document = setParam(document, 'generate', 'size', { width: 2048, height: 2048 });
  document = setRoute(document, 'generate', 'fal/seedream-4.5');
  return connect(document, { from: 'prompt.text', to: 'generate.prompt' }, { replace: true });
}

/** Nobody is there to choose. */
function takingAll(document: WorkflowDocument): WorkflowDocument {
  const choosing = Object.keys(document.nodes).filter((id) => document.nodes[id]?.type === 'choose');
  return choosing.reduce((before, id) => setParam(before, id, 'mode', 'all'), document);
}

/** What is looked at is that all of it runs; pictures as large as the examples' take much longer to draw. */
function small(document: WorkflowDocument): WorkflowDocument {
  const sized = Object.keys(document.nodes).filter((id) => 'size' in (document.nodes[id]?.params ?? {}));
  return sized.reduce((before, id) => setParam(before, id, 'size', { width: 512, height: 512 }), document);
}

describe.skipIf(!hasElectron)('a run in the desktop', () => {
  it('of every example works with no key, is told to the window, and is reused after a restart', async () => {
    const home = await temporaryHome();
    const settings = { outFolder: join(home, 'out') };
    const test = await launchApp({ home, settings });
    const { examples } = await test.value('app.start', {});
    expect(examples.length).toBeGreaterThan(0);
    await test.page.evaluate(() => {
      const page = globalThis as unknown as { seedloom: Bridge; told: RunEvent[] };
      page.told = [];
      page.seedloom.listen((event) => event.type === 'run' && page.told.push(...event.events));
    });

    const documents: WorkflowDocument[] = [];
    for (const { name } of examples) {
      const opened = await test.value('workflow.open', { example: name });
      const parsed = parseDocument(opened?.text ?? '', nodes);
      if (!parsed.ok) throw new Error(`${name}: ${parsed.issues.map(({ message }) => message).join(' ')}`);
      const document = small(takingAll(parsed.document));
      documents.push(document);
      const run = await startRun(test, document);
      const state = await endOf(test, run);
      expect([name, state.outcome, countSteps(state).failed]).toEqual([name, 'done', 0]);
      const told = () => test.page.evaluate(() => (globalThis as unknown as { told: RunEvent[] }).told);
      await expect.poll(async () => folded(run, await told()).outcome).toBe('done');
      expect(countSteps(folded(run, await told()))).toEqual(countSteps(state));
      const outputs = [...state.steps.values()].flatMap((step) => Object.values(step.outputs ?? {}).flat());
      const picture = outputs.find(isImageRef);
      const wide = await test.page.evaluate(
        async (source) => {
          const image = new Image();
          image.src = source;
          await image.decode();
          return image.naturalWidth;
        },
        pictureAddress(picture?.hash ?? '', 256),
      );
      expect(wide).toBe(Math.min(256, picture?.width ?? 0));
    }
    await test.close();

    const again = await launchApp({ home });
    for (const document of documents) {
      const counts = countSteps(await endOf(again, await startRun(again, document)));
      expect({ ...counts, reused: 0 }).toMatchObject({ failed: 0, skipped: 0, open: 0 });
      const paid = Object.keys(document.nodes).filter((id) => document.nodes[id]?.type === 'generate');
      expect(counts.reused).toBeGreaterThanOrEqual(paid.length);
    }
    await again.close();
  });

  it('is paid once, also when the app is killed while the vendor works', async () => {
    const key = 'fal-key-of-the-test';
    const vendor = await createFakeFal({ key });
    onTestFinished(() => vendor.close());
    const home = await temporaryHome();
    const environment = { SEEDLOOM_FAL_KEY: key, SEEDLOOM_FAL_URL: vendor.url };
    const submits = () => vendor.requests.filter(({ points }) => points.includes('submit'));
    vendor.fail({ kind: 'slow', on: 'result' });

    const test = await launchApp({ home, environment });
    const start = await test.value('app.start', {});
    expect(start.secrets['fal.key']).toBe('environment');
    expect(JSON.stringify(start)).not.toContain(key);
    const run = await startRun(test, paidWorkflow());
    await vendor.held();
    expect(JSON.stringify(await test.value('run.show', { run }))).not.toContain(key);
    await test.kill();
    vendor.release();
    expect(submits().map(({ authorized }) => authorized)).toEqual([true]);

    const again = await launchApp({ home, environment });
    const state = await endOf(again, run);
    expect(state.outcome).toBe('done');
    expect(submits()).toHaveLength(1);
    expect(vendor.charges.map(({ pictures }) => pictures)).toEqual([1]);
    const replay = countSteps(await endOf(again, await startRun(again, paidWorkflow())));
    expect(replay.reused).toBe(1);
    expect(submits()).toHaveLength(1);
    await again.close();
  });

  it('is paid once, whenever the engine is killed, and goes on by itself', async () => {
    const key = 'fal-key-of-the-test';
    const vendor = await createFakeFal({ key });
    onTestFinished(() => vendor.close());
    const home = await temporaryHome();
    const environment = { SEEDLOOM_FAL_KEY: key, SEEDLOOM_FAL_URL: vendor.url };
    const ends: string[] = [];
    // An engine that dies three times in a minute is not started again, hence two and two.
    for (const points of [
      ['job-accepted', 'step-finished'],
      ['job-intended', 'step-started'],
    ]) {
      const test = await launchApp({ home, environment });
      const kills: Promise<void>[] = [];
      await test.page.exposeFunction('killEngine', () => {
        const kill = test.app.evaluate(({ app }) => {
          const engine = app.getAppMetrics().find(({ name }) => name === 'Seedloom engine');
          if (engine !== undefined) process.kill(engine.pid, 'SIGKILL');
        });
        kills.push(kill);
      });
      for (const [place, point] of points.entries()) {
        await test.page.evaluate((killAt) => {
          const page = globalThis as unknown as { seedloom: Bridge; killEngine(): void };
          let isDone = false;
          const stop = page.seedloom.listen((event) => {
            if (isDone || event.type !== 'run' || !event.events.some(({ type }) => type === killAt)) return;
            // Events that are on their way come also after this.
            isDone = true;
            stop();
            page.killEngine();
          });
        }, point);
        const words = `killed at ${point}`;
        // The engine may be gone before it has said the run's name: the run is on record all the same.
        const run = await startRun(test, paidWorkflow(words)).catch(async () => {
          const [latest] = await test.value('run.list', {});
          return latest!.run;
        });
        const state = await endOf(test, run);
        ends.push(state.outcome ?? '');
        // A run can be over before the window has heard of the point: the app is not to be closed while it is killed.
        await expect.poll(() => kills.length).toBe(place + 1);
        await kills[place];
        // Before the vendor's ticket is there nobody can know (the first step that finishes is the prompt); after it
        // everything is collected.
        const mayBeInDoubt = point !== 'job-accepted';
        expect([words, mayBeInDoubt && state.outcome === 'waiting' ? 'done' : state.outcome]).toEqual([
          words,
          'done',
        ]);
      }
      await test.close();
    }
    const submits = vendor.requests.filter(({ points }) => points.includes('submit'));
    expect(submits.length).toBeLessThanOrEqual(ends.length);
    expect(vendor.charges.length).toBeGreaterThanOrEqual(2);
    expect(vendor.charges.length).toBeLessThanOrEqual(ends.length);
  });
});
