import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serialize } from 'node:v8';
import sharp from 'sharp';
import { initialSettings } from '#core/settings';
import type { Provider } from '#core/provider';
import { createEngine } from '#engine/engine';
import { small, smallModel, smallNodes, smallProvider } from '#test/kit/small-catalogue';
import type { FromEngine, ToEngine } from '../../electron/engine-calls';
import { serveEngine } from '../../electron/engine-host/serve-engine';
import { printTable, ratio } from './table';

// What the engine host tells the window of a run: each node is a paid job that is asked for and reports its progress.
const picture = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#808080' } })
  .png()
  .toBuffer();
const provider: Provider = {
  ...smallProvider,
  hosts: [],
  models: [smallModel],
  limits: { together: 16 },
  submit: async (task) => {
    const id = 'prompt' in task ? task.prompt : '';
    return { state: 'accepted', job: { provider: 'shop', model: 'one', id, ticket: id } };
  },
  check: async (job) => ({
    state: 'done',
    result: { pictures: [{ from: 'bytes', bytes: Buffer.concat([picture, Buffer.from(job.id)]) }] },
  }),
  readError: () => ({ code: 'none', act: 'us', charge: 'none', message: 'never' }),
};

interface Told {
  messages: number;
  events: number;
  bytes: number;
}

/** Runs so many nodes through the engine host and counts what it says until the run is closed. */
async function toldOf(nodes: number, home: string): Promise<Told> {
  const told: Told = { messages: 0, events: 0, bytes: 0 };
  let receive: (message: ToEngine) => void = () => undefined;
  let close: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => {
    close = resolve;
  });
  let isClosed: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    isClosed = resolve;
  });
  let isReady: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => {
    isReady = resolve;
  });
  serveEngine(
    {
      postMessage(message: FromEngine) {
        if (message.kind === 'ready') isReady();
        if (message.kind === 'answer' && !message.answer.ok) throw new Error(message.answer.failure.message);
        if (message.kind !== 'run') return;
        told.messages += 1;
        told.events += message.events.length;
        told.bytes += serialize(message).byteLength;
        if (message.events.some(({ type }) => type === 'run-closed')) isClosed();
      },
      onMessage: (listener) => {
        receive = listener;
      },
    },
    {
      createEngine,
      nodes: smallNodes,
      providers: new Map([[provider.id, provider]]),
      imageHosts: new Map(),
      podHosts: new Map(),
      environment: {},
      toPng: () => Promise.reject(new Error('not asked for')),
      exit: () => close(),
    },
  );
  receive({ kind: 'start', dataFolder: home, values: { settings: initialSettings, secrets: {} } });
  await ready;
  const document = small(
    Array.from(
      { length: nodes },
      (_, place) => [`n${place}`, 'make', { prompt: `picture ${place}` }] as const,
    ).map(([id, type, params]) => [id, type, params]),
  );
  receive({ kind: 'call', id: 1, name: 'start', input: { document, folder: null, outFolder: home } });
  await ended;
  receive({ kind: 'close' });
  await closed;
  return told;
}

const rows: string[][] = [];
const perNode: { events: number; bytes: number }[] = [];
for (const nodes of [250, 500, 1_000, 2_000]) {
  const folder = mkdtempSync(join(tmpdir(), 'seedloom-bench-'));
  const first = await toldOf(nodes, join(folder, 'data'));
  const again = await toldOf(nodes, join(folder, 'data'));
  perNode.push({ events: first.events / nodes, bytes: first.bytes / nodes });
  rows.push([
    String(nodes),
    String(first.messages),
    String(first.events),
    (first.events / nodes).toFixed(2),
    `${(first.bytes / 1e6).toFixed(2)} MB`,
    String(again.messages),
    `${(again.bytes / 1e6).toFixed(2)} MB`,
  ]);
  rmSync(folder, { recursive: true, force: true });
}
printTable(
  'What the engine host tells the window (goal: events and bytes grow with the nodes, messages are few)',
  ['nodes', 'messages', 'events', 'a node', 'bytes', 'replay: messages', 'bytes'],
  rows,
);
const [least, most] = [perNode[0]!, perNode.at(-1)!];
console.log(
  `Linear: a node of 2,000 costs ${ratio(most.events / least.events)} the events and ${ratio(most.bytes / least.bytes)} the bytes of one of 250.`,
);
console.log('Yardstick, measured on ComfyUI 0.8: 500 nodes send 50 MB.');
