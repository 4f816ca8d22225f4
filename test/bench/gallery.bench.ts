import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from 'playwright-core';
import sharp from 'sharp';
import { build } from 'vite';
import type { MadePicture } from '#core/gallery';
import { createBlobStore } from '#engine/pictures/blob-store';
import { PictureRows } from '#engine/store/picture-rows';
import { Store } from '#engine/store/store';
import { drawPicture } from '#test/kit/draw-picture';
import { median, milliseconds, printTable, ratio } from './table';

// Frames while a light table of 10,000 pictures is scrolled, beside a list as long that is virtual too and shows nothing.
const total = 10_000;
const rounds = 2;
const frames = 120;
const executable = process.env['SEEDLOOM_ELECTRON'] ?? '';
const flags = (process.env['SEEDLOOM_ELECTRON_FLAGS'] ?? '').split(' ').filter((flag) => flag !== '');

const gestures = { 'slowly, 30 px a frame': 30, 'quickly, 300 px a frame': 300 } as const;
type Gesture = keyof typeof gestures;

/** A data folder whose index names 10,000 pictures, each with a file of its own. */
async function seed(dataFolder: string): Promise<void> {
  const blobs = createBlobStore(join(dataFolder, 'blobs'));
  const drawn: Buffer[] = [];
  for (let index = 0; index < 24; index += 1)
    drawn.push(
      await sharp(await drawPicture({ width: 640, height: 480, from: `gallery ${index}` }))
        .jpeg()
        .toBuffer(),
    );
  const store = new Store(dataFolder);
  const rows = new PictureRows(store);
  await store.together(() => {
    void rows.unread;
    rows.readTo('end');
  });
  const start = Date.parse('2026-01-01T00:00:00Z');
  for (let from = 0; from < total; from += 500) {
    const some = await Promise.all(
      Array.from({ length: 500 }, async (_, offset): Promise<MadePicture> => {
        const number = from + offset;
        // What follows a picture's end is no part of it, and makes it another file.
        const bytes = Buffer.concat([drawn[number % drawn.length]!, Buffer.from(`number ${number}`)]);
        return {
          hash: await blobs.put(bytes),
          format: 'jpeg',
          width: 640,
          height: 480,
          bytes: bytes.byteLength,
          at: new Date(start + number * 60_000).toISOString(),
          run: `run-${Math.floor(number / 20)}`,
          step: `make#${number % 20}`,
          node: 'make',
          key: `key-${number}`,
          documentId: `document-${number % 7}`,
          workflow: `Workflow ${number % 7}`,
          title: 'Generate',
          type: 'generate',
          provider: 'sandbox',
          model: 'picture',
          price: 0.03,
          take: 0,
          prompt: `A picture of number ${number}, on a table, in soft light`,
        };
      }),
    );
    await store.together(() => some.forEach((picture) => rows.keep(picture)));
  }
  await store.close();
}

const barePage = `
import { createElement as h, useRef } from 'react';
import { createRoot } from 'react-dom/client';
import { useVirtualizer } from '@tanstack/react-virtual';
function List() {
  const box = useRef(null);
  const columns = 5;
  const rows = useVirtualizer({ count: ${total} / columns, getScrollElement: () => box.current, estimateSize: () => 208, overscan: 1 });
  return h('div', { ref: box, className: 'scroller', style: { height: '100vh', overflowY: 'scroll' } },
    h('div', { style: { height: rows.getTotalSize(), position: 'relative' } }, rows.getVirtualItems().map(({ key, index, start }) =>
      h('div', { key, style: { position: 'absolute', top: 0, display: 'flex', gap: 8, transform: 'translateY(' + start + 'px)' } },
        Array.from({ length: columns }, (_, column) => h('div', { key: column, style: { width: 200, height: 200, background: '#ccc' } }))))));
}
createRoot(document.body.appendChild(document.createElement('div'))).render(h(List));
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

async function buildBare(folder: string): Promise<string> {
  // Inside the project, so that the page finds the same libraries.
  const source = join(process.cwd(), 'out', 'bench', 'gallery', 'bare');
  rmSync(source, { recursive: true, force: true });
  mkdirSync(source, { recursive: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(source, 'page.js'), barePage);
  writeFileSync(
    join(source, 'index.html'),
    '<!doctype html><body style="margin:0"><script type="module" src="./page.js"></script>',
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
  gaps: Record<Gesture, number[]>;
  /** Most pictures that were in the page at once. */
  pictures: number;
}

/** Runs in the page. */
async function scroll([selector, step, count]: readonly [string, number, number]): Promise<{
  gaps: number[];
  pictures: number;
}> {
  const box = document.querySelector(selector)!;
  const frame = () => new Promise<number>((done) => requestAnimationFrame(() => done(performance.now())));
  box.scrollTop = 4000;
  for (let settle = 0; settle < 20; settle += 1) await frame();
  const gaps: number[] = [];
  let pictures = 0;
  let before = await frame();
  for (let index = 0; index < count; index += 1) {
    box.scrollTop += step;
    const now = await frame();
    gaps.push(now - before);
    before = now;
    pictures = Math.max(pictures, box.querySelectorAll('img').length);
  }
  return { gaps, pictures };
}

async function measure(
  app: string,
  selector: string,
  environment: Record<string, string>,
): Promise<Measured> {
  const started = await _electron.launch({
    executablePath: executable,
    args: [...flags, app],
    env: { ...(process.env as Record<string, string>), ...environment },
  });
  try {
    const page = await started.firstWindow();
    if (selector === '.gallery-grid') {
      await page.locator('.frame[data-ready="true"]').waitFor();
      await page.locator('.react-flow__pane').click({ position: { x: 5, y: 5 } });
      await page.keyboard.press('l');
      await page.locator('.gallery-tile img[data-shown="true"]').first().waitFor();
    }
    await page.locator(selector).waitFor();
    const gaps = {} as Measured['gaps'];
    let pictures = 0;
    for (const [name, step] of Object.entries(gestures) as [Gesture, number][]) {
      const found = await page.evaluate(scroll, [selector, step, frames] as const);
      gaps[name] = found.gaps;
      pictures = Math.max(pictures, found.pictures);
    }
    return { gaps, pictures };
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
  const home = join(folder, 'home');
  await seed(home);
  const bare = await buildBare(join(folder, 'bare'));
  const apps = [
    () => measure(process.cwd(), '.gallery-grid', { SEEDLOOM_HOME: home }),
    () => measure(bare, '.scroller', { BENCH_HOME: join(folder, 'bare-home') }),
  ];
  // The first start makes the previews of what is scrolled through.
  await apps[0]!();
  const gaps = apps.map(() => ({}) as Record<string, number[]>);
  let pictures = 0;
  for (let round = 0; round < rounds; round += 1)
    for (const [place, start] of apps.entries()) {
      const measured = await start();
      for (const [name, found] of Object.entries(measured.gaps)) (gaps[place]![name] ??= []).push(...found);
      pictures = Math.max(pictures, measured.pictures);
    }
  const rows = Object.keys(gestures).map((name) => {
    const [ours, empty] = [gaps[0]![name]!, gaps[1]![name]!];
    return [
      name,
      milliseconds(median(empty)),
      milliseconds(median(ours)),
      ratio(median(ours) / median(empty)),
      milliseconds(percentile95(empty)),
      milliseconds(percentile95(ours)),
    ];
  });
  printTable(
    `light table of ${total.toLocaleString('en-US')} pictures, scrolled: frame time (goal: median at most 16.7 ms, 95 % at most 33 ms); at most ${pictures} pictures in the page at once`,
    ['scrolled', 'empty list', 'Seedloom', 'ratio', 'empty, 95 %', 'Seedloom, 95 %'],
    rows,
  );
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

if (executable === '') console.log('skipped: SEEDLOOM_ELECTRON names no Electron');
else await bench();
