import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { median, milliseconds, printTable, ratio } from './table';

// From the start of the process to the first card that can be seen, beside a window with one line of text.
const rounds = 7;
const executable = process.env['SEEDLOOM_ELECTRON'] ?? '';
const flags = (process.env['SEEDLOOM_ELECTRON_FLAGS'] ?? '').split(' ').filter((flag) => flag !== '');

/** Loaded into both before their own code: says when something can be seen in the first page. */
const watcher = `
const { app } = require('electron');
app.once('web-contents-created', (_event, contents) => contents.once('dom-ready', async () => {
  console.log('visible ' + await contents.executeJavaScript(\`new Promise((done) => {
    const look = () => {
      const element = document.querySelector(\${JSON.stringify(process.env.BENCH_SELECTOR)});
      const isSeen = element !== null && element.getBoundingClientRect().width > 0 &&
        getComputedStyle(element).visibility !== 'hidden';
      if (!isSeen) requestAnimationFrame(look);
      else requestAnimationFrame(() => requestAnimationFrame(() => done(Date.now())));
    };
    look();
  })\`));
}));
`;

const emptyApp = `
const { app, BrowserWindow } = require('electron');
app.setPath('userData', process.env.SEEDLOOM_HOME);
app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 1400, height: 900, show: false,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false },
  });
  window.once('ready-to-show', () => window.show());
  window.loadFile('index.html');
});
`;

interface Started {
  name: string;
  folder: string;
  /** What is to be seen. */
  selector: string;
}

/** Milliseconds until the thing can be seen. */
async function startOnce({ folder, selector }: Started, home: string, watcherFile: string): Promise<number> {
  const began = Date.now();
  const child = spawn(executable, [...flags, '-r', watcherFile, folder], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, SEEDLOOM_HOME: home, BENCH_SELECTOR: selector },
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const tooLong = setTimeout(() => child.kill('SIGKILL'), 60_000);
  let seen: number | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('visible ')) continue;
    seen = Number(line.slice('visible '.length)) - began;
    break;
  }
  child.kill();
  await ended;
  clearTimeout(tooLong);
  if (seen === undefined) throw new Error(`${folder} showed no ${selector}`);
  return seen;
}

async function bench(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'seedloom-bench-'));
  const watcherFile = join(folder, 'watcher.cjs');
  writeFileSync(watcherFile, watcher);
  const empty = join(folder, 'empty');
  mkdirSync(empty);
  writeFileSync(
    join(empty, 'package.json'),
    JSON.stringify({ name: 'empty', version: '1.0.0', main: 'main.cjs' }),
  );
  writeFileSync(join(empty, 'main.cjs'), emptyApp);
  writeFileSync(join(empty, 'index.html'), '<!doctype html><title>Empty</title><h1>Empty</h1>');
  const apps: Started[] = [
    { name: 'an empty window', folder: empty, selector: 'h1' },
    { name: 'Seedloom, its first card', folder: process.cwd(), selector: '.react-flow__node' },
  ];
  const taken = apps.map((): number[] => []);
  // The first round fills the caches of the system and of Chromium, and is not counted.
  for (let round = 0; round <= rounds; round += 1)
    for (const [place, app] of apps.entries()) {
      const time = await startOnce(app, join(folder, `home-${place}`), watcherFile);
      if (round > 0) taken[place]!.push(time);
    }
  const yardstick = median(taken[0]!);
  printTable(
    `From start to usable, ${rounds} rounds in turn (goal: at most 1.5 × an empty window)`,
    ['window', 'median', 'least', 'most', 'ratio'],
    apps.map(({ name }, place) => {
      const times = taken[place]!;
      return [
        name,
        milliseconds(median(times)),
        milliseconds(Math.min(...times)),
        milliseconds(Math.max(...times)),
        ratio(median(times) / yardstick),
      ];
    }),
  );
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

if (executable === '') console.log('skipped: SEEDLOOM_ELECTRON names no Electron');
else await bench();
