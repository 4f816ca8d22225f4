import type { Provider } from '#core/provider';
import type { RunEvent } from '#core/run';
import type { Clock, Run, Started } from '#engine/contract';
import { systemClock } from '#engine/clock';
import { createEngine } from '#engine/engine';
import { recoverableProvider } from '#test/kit/scripted-provider';
import { smallNodes } from '#test/kit/small-catalogue';
import type { Order, Word } from './order';
import { pointedProvider, type Pass } from './points';
import { workflows } from './workflows';

/** The real time, with naps instead of sleep: a story of hundreds of processes is not to wait for back-off. */
const hurriedClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) => systemClock.sleep(Math.min(20, milliseconds / 100), signal),
};

/** An engine's whole life on a data folder: opened, cut runs gone on with (or the workflow run), closed. */
export async function live(order: Order, say: (word: Word) => void, pass: Pass): Promise<void> {
  const providers = new Map<string, Provider>(
    ['shop', 'second'].map((id) => [
      id,
      pointedProvider(recoverableProvider(id, order.shop, order.recovery), pass),
    ]),
  );
  const engine = await createEngine({
    dataFolder: order.dataFolder,
    nodes: smallNodes,
    providers,
    secret: () => undefined,
    setting: () => undefined,
    price: () => undefined,
    clock: hurriedClock,
  });
  pass('the engine is open');

  function heard(event: RunEvent): void {
    if ('seq' in event) say({ type: 'told', run: event.run, seq: event.seq, event: event.type });
    if (event.type === 'job-progressed') return;
    pass('step' in event ? `told ${event.type} ${event.step}` : `told ${event.type}`);
  }

  async function follow(run: Run, from: number): Promise<void> {
    // What earlier processes wrote is told again to a new listener; only what this one does is a moment.
    run.listen((event) => {
      if (!('seq' in event) || event.seq >= from) heard(event);
    });
    const { outcome } = await run.done;
    say({ type: 'ended', run: run.id, outcome });
  }

  async function followed(started: Started, from: number): Promise<void> {
    if (started.ok) await follow(started.run, from);
    else say({ type: 'did', did: `is refused: ${started.issues.map(({ message }) => message).join(' ')}` });
  }

  async function start(): Promise<void> {
    const { document } = workflows[order.workflow];
    say({ type: 'did', did: 'starts the workflow' });
    await followed(await engine.start({ document, folder: null, outFolder: order.outFolder }), 0);
  }

  async function resume(run: string): Promise<void> {
    say({ type: 'did', did: `resumes ${run}` });
    const from = engine.show(run)?.length ?? 0;
    await followed(await engine.resume(run), from);
  }

  if (order.task === 'again') {
    await start();
  } else {
    const cut = engine.cutRuns();
    await Promise.all(cut.map(({ run }) => resume(run)));
    if (cut.length === 0 && !engine.runs().some(({ closedAt }) => closedAt !== undefined)) await start();
  }
  const late = await engine.collectLate(heard);
  if (late > 0) say({ type: 'did', did: `collects ${late} late jobs` });
  pass('all runs are closed');
  await engine.close();
  pass('the engine is closed');
}
