import type { Provider } from '#core/provider';
import type { RunEvent } from '#core/run';
import type { Clock, Run, Started } from '#engine/contract';
import { systemClock } from '#engine/clock';
import { createEngine } from '#engine/engine';
import { recoverableProvider } from '#test/kit/scripted-provider';
import { smallNodes } from '#test/kit/small-catalogue';
import type { Order } from './order';
import { pointedProvider, pointFiles, Points, pointStore, say } from './points';
import { workflows } from './workflows';

/** Written to the disk before anybody is told of them: once told, they may never be missing. */
const durable: ReadonlySet<string> = new Set(['job-intended', 'job-accepted', 'run-closed']);

/** The real time, with naps instead of sleep: a story of hundreds of processes is not to wait for back-off. */
const hurriedClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) => systemClock.sleep(Math.min(20, milliseconds / 100), signal),
};

const order = JSON.parse(process.argv[2]!) as Order;
const points = new Points(order.killAt);
pointStore(points);
pointFiles([order.dataFolder, order.outFolder], points);

const catalogue = new Map<string, Provider>(
  ['shop', 'second'].map((id) => [
    id,
    pointedProvider(recoverableProvider(id, order.shop, order.recovery), points),
  ]),
);

const engine = await createEngine({
  dataFolder: order.dataFolder,
  nodes: smallNodes,
  providers: catalogue,
  secret: () => undefined,
  setting: () => undefined,
  price: () => undefined,
  clock: hurriedClock,
});
points.pass('the engine is open');

function heard(event: RunEvent): void {
  if ('seq' in event && durable.has(event.type))
    say({ type: 'told', run: event.run, seq: event.seq, event: event.type });
  if (event.type === 'job-progressed' || event.type === 'preview-arrived') return;
  points.pass('step' in event ? `told ${event.type} ${event.step}` : `told ${event.type}`);
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
  else say({ type: 'did', did: `refused: ${started.issues.map(({ message }) => message).join(' ')}` });
}

async function start(): Promise<void> {
  const { document } = workflows[order.workflow];
  say({ type: 'did', did: 'starts' });
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
points.pass('all runs are closed');
await engine.close();
points.pass('the engine is closed');
