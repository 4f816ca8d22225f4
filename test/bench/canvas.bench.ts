import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import sharp from 'sharp';
import { build } from 'vite';
import { createDocument } from '#core/document/create';
import type { Edge, Point, WorkflowDocument } from '#core/document/schema';
import { serializeDocument } from '#core/document/serialize';
import { drawPicture } from '#test/kit/draw-picture';
import { doGesture, gestures, type Gesture } from './canvas-gestures';
import { median, milliseconds, printTable, ratio } from './table';

// Frames while a large canvas is moved, its cards dragged and written in, beside a page that is React Flow and nothing else.
const rounds = 3;
const frames = 60;
/** Seedloom's frames over those of React Flow alone. */
const goal = 1.1;
const executable = process.env['SEEDLOOM_ELECTRON'] ?? '';
const flags = (process.env['SEEDLOOM_ELECTRON_FLAGS'] ?? '').split(' ').filter((flag) => flag !== '');

interface Case {
  name: string;
  columns: number;
  rows: number;
  step: Point;
  pictures: boolean;
}

const cases: readonly Case[] = [
  { name: '300 pictures', columns: 20, rows: 15, step: [320, 400], pictures: true },
  { name: '1,000 bare cards', columns: 40, rows: 25, step: [320, 320], pictures: false },
];

function placesOf({ columns, rows, step }: Case): Point[] {
  return Array.from({ length: columns * rows }, (_, index): Point => [
    (index % columns) * step[0],
    Math.floor(index / columns) * step[1],
  ]);
}

/** Bare cards hang together row by row; pictures are sources. Pairs of places in the list. */
function wiresOf({ columns, rows, pictures }: Case): [number, number][] {
  if (pictures) return [];
  return Array.from({ length: columns * rows }, (_, index): [number, number] => [index, index + 1]).filter(
    ([, to]) => to % columns !== 0,
  );
}

function documentOf(one: Case, pictureFiles: readonly string[]): WorkflowDocument {
  const document: WorkflowDocument = createDocument(`bench-${one.columns}`, one.name);
  placesOf(one).forEach((place, index) => {
    const id = `n${index}`;
    document.layout[id] = place;
    document.nodes[id] = one.pictures
      ? {
          type: 'image',
          version: 1,
          params: { file: { name: `${index}.jpg`, path: pictureFiles[index % pictureFiles.length]! } },
        }
      : { type: 'prompt', version: 1, params: { text: `Words number ${index}` } };
  });
  const wire = ([from, to]: [number, number]): Edge => ({ from: `n${from}.text`, to: `n${to}.insert` });
  // Every third row is a group.
  const groups = Object.fromEntries(
    Array.from({ length: Math.ceil(one.rows / 3) }, (_, group) => [
      `row${group}`,
      {
        title: `Row ${3 * group + 1}`,
        nodes: Array.from({ length: one.columns }, (_item, column) => `n${3 * group * one.columns + column}`),
      },
    ]),
  );
  return { ...document, edges: wiresOf(one).map(wire), groups };
}

/** The page that is only React Flow: default nodes at the same places, with the same wires; pictures where asked. */
const barePage = `
import { createElement as h, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { Handle, MiniMap, ReactFlow } from '@xyflow/react';
import '@xyflow/react/dist/style.css';
const { places, wires, picture, box } = window.bench;
const Picture = ({ data }) => h('div', { style: { width: 264, background: '#fff', border: '1px solid #bbb' } },
  h('div', null, data.label), h('img', { src: data.src, width: 256, draggable: false, decoding: 'async' }),
  h(Handle, { type: 'source', position: 'right' }));
const nodeTypes = { picture: Picture };
const nodes = places.map(([x, y], index) => ({
  id: 'n' + index, position: { x, y }, ...(picture ? { type: 'picture' } : {}),
  data: { label: 'Node ' + index, src: picture ? picture[index % picture.length] : undefined },
}));
const edges = wires.map(([from, to]) => ({ id: from + '-' + to, source: 'n' + from, target: 'n' + to }));
const root = document.createElement('div');
Object.assign(root.style, { position: 'fixed', left: 0, top: 0, width: box[0] + 'px', height: box[1] + 'px' });
document.body.append(root);
function Page() {
  const [minimap, setMinimap] = useState(false);
  const [text, setText] = useState('');
  return h('div', { style: { height: '100%' } },
    h(ReactFlow, {
      defaultNodes: nodes, defaultEdges: edges, nodeTypes, panOnScroll: true, minZoom: 0.1, fitView: true,
      fitViewOptions: { minZoom: 0.2 },
    }, minimap ? h(MiniMap) : null),
    h('textarea', { value: text, onChange: (event) => setText(event.target.value) }),
    h('button', { 'aria-label': 'Minimap', onClick: () => setMinimap(!minimap) }));
}
createRoot(root).render(h(Page));
`;

const bareMain = `
const { app, BrowserWindow } = require('electron');
app.setPath('userData', process.env.BENCH_HOME);
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1400, height: 900, show: false, webPreferences: { sandbox: true } });
  window.once('ready-to-show', () => window.show());
  window.loadFile('out/index.html');
});
`;

async function buildBare(
  folder: string,
  one: Case,
  box: readonly number[],
  pictures: readonly string[] | null,
): Promise<string> {
  // Inside the project, so that the page finds the same React Flow.
  const source = join(process.cwd(), 'out', 'bench', 'canvas', 'bare');
  rmSync(source, { recursive: true, force: true });
  mkdirSync(source, { recursive: true });
  mkdirSync(folder, { recursive: true });
  const data = { places: placesOf(one), wires: wiresOf(one), picture: pictures, box };
  writeFileSync(join(source, 'page.js'), barePage);
  writeFileSync(
    join(source, 'index.html'),
    `<!doctype html><body style="margin:0"><script>window.bench = ${JSON.stringify(data)}</script><script type="module" src="./page.js"></script>`,
  );
  await build({
    configFile: false,
    root: source,
    base: './',
    logLevel: 'error',
    build: { outDir: join(folder, 'out'), emptyOutDir: true, target: 'chrome114' },
  });
  writeFileSync(join(folder, 'package.json'), '{"name":"bare","version":"1.0.0","main":"main.cjs"}');
  writeFileSync(join(folder, 'main.cjs'), bareMain);
  return folder;
}

interface Measured {
  box: readonly [number, number];
  /** Milliseconds between frames, by gesture. */
  gaps: Record<Gesture, number[]>;
  /** Of the page's process, megabytes. */
  memory: number;
}

/** Previews are made, the engine plans for the first time: that is the start's time, not the canvas's. */
async function untilIdle(started: ElectronApplication): Promise<void> {
  for (let quiet = 0, seconds = 0; quiet < 2 && seconds < 30; seconds += 1) {
    const busy = await started.evaluate(async ({ app: { getAppMetrics } }) => {
      // Each asking gives the share since the one before.
      getAppMetrics();
      await new Promise((done) => setTimeout(done, 1000));
      return Math.max(...getAppMetrics().map(({ cpu }) => cpu.percentCPUUsage));
    });
    quiet = busy < 3 ? quiet + 1 : 0;
  }
}

async function measure(
  app: string,
  files: string[],
  environment: Record<string, string>,
  kinds: readonly Gesture[],
): Promise<Measured> {
  const started = await _electron.launch({
    executablePath: executable,
    args: [...flags, app, ...files],
    env: { ...(process.env as Record<string, string>), ...environment },
  });
  try {
    const page: Page = await started.firstWindow();
    await page.locator('.react-flow__node').first().waitFor();
    await page.waitForFunction(() =>
      [...document.querySelectorAll('img')].every((image) => image.complete && image.naturalWidth > 0),
    );
    await untilIdle(started);
    const size = await page.locator('.react-flow').first().boundingBox();
    const gaps = {} as Measured['gaps'];
    for (const kind of kinds) gaps[kind] = await page.evaluate(doGesture, [kind, frames] as const);
    const kilobytes = await started.evaluate(({ app: { getAppMetrics } }) =>
      Math.max(...getAppMetrics().map(({ type, memory }) => (type === 'Tab' ? memory.workingSetSize : 0))),
    );
    return { box: [size?.width ?? 0, size?.height ?? 0], gaps, memory: kilobytes / 1024 };
  } finally {
    await started.close();
  }
}

function percentile95(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length * 0.95)]!;
}

async function bench(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'seedloom-bench-'));
  const pictureFiles: string[] = [];
  const previews: string[] = [];
  for (let index = 0; index < 60; index += 1) {
    const picture = sharp(await drawPicture({ width: 1024, height: 1024, from: `bench ${index}` }));
    const file = join(folder, `${index}.jpg`);
    await picture.jpeg().toFile(file);
    pictureFiles.push(`${index}.jpg`);
    previews.push(
      `data:image/webp;base64,${(await picture.resize(256).webp().toBuffer()).toString('base64')}`,
    );
  }
  for (const one of cases) {
    const file = join(folder, `${one.columns}.seedloom`);
    writeFileSync(file, serializeDocument(documentOf(one, pictureFiles)));
    // Cards that are pictures have nothing to write in.
    const kinds = gestures.filter((kind) => !one.pictures || kind !== 'type in a field');
    // A data folder of its own for each start: another would be shown as it was left, looking elsewhere.
    const seedloom = () => {
      const home = mkdtempSync(join(folder, 'home-'));
      writeFileSync(join(home, 'settings.json'), JSON.stringify({ guide: 'left' }));
      return measure(process.cwd(), [file], { SEEDLOOM_HOME: home }, kinds);
    };
    // The first start says how large the canvas is.
    const { box } = await seedloom();
    const apps: [string, () => Promise<Measured>][] = [['Seedloom', seedloom]];
    const addBare = async (name: string, pictures: string[] | null) => {
      const app = await buildBare(join(folder, `bare ${apps.length}`), one, box, pictures);
      apps.push([name, () => measure(app, [], { BENCH_HOME: join(folder, 'bare-home') }, kinds)]);
    };
    await addBare('React Flow alone', null);
    if (one.pictures) await addBare('React Flow with pictures', previews);
    const gaps = apps.map(() => Object.fromEntries(gestures.map((kind) => [kind, [] as number[]])));
    const memory = apps.map((): number[] => []);
    for (let round = 0; round < rounds; round += 1)
      for (const [place, [, start]] of apps.entries()) {
        const measured = await start();
        for (const kind of kinds) gaps[place]![kind]!.push(...measured.gaps[kind]);
        memory[place]!.push(measured.memory);
      }
    const rows = kinds.flatMap((kind) =>
      apps.slice(1).map(([name], place) => {
        const [ours, bare] = [gaps[0]![kind]!, gaps[place + 1]![kind]!];
        return [
          kind,
          name,
          milliseconds(median(bare)),
          milliseconds(median(ours)),
          ratio(median(ours) / median(bare)),
          median(ours) / median(bare) <= goal ? 'met' : 'MISSED',
          milliseconds(percentile95(bare)),
          milliseconds(percentile95(ours)),
          ratio(percentile95(ours) / percentile95(bare)),
        ];
      }),
    );
    printTable(
      `${one.name}: frame time (goal: at most ${ratio(goal)} React Flow alone)`,
      ['gesture', 'beside', 'median', 'Seedloom', 'ratio', 'goal', '95 %', 'Seedloom', 'ratio'],
      rows,
    );
    printTable(
      `${one.name}: memory of the page`,
      ['page', 'median', 'ratio'],
      apps.map(([name], place) => [
        name,
        `${median(memory[place]!).toFixed(0)} MB`,
        ratio(median(memory[0]!) / median(memory[place]!)),
      ]),
    );
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

if (executable === '') console.log('skipped: SEEDLOOM_ELECTRON names no Electron');
else await bench();
