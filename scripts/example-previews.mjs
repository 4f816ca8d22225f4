#!/usr/bin/env node
// Makes examples/previews/: runs each example in the sandbox and keeps its last picture, small; of one that waits for a
// choice all there is to choose from, side by side. Run it after an example was changed:
// `node scripts/example-previews.mjs [name…]`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const root = fileURLToPath(new URL('..', import.meta.url));
const examples = join(root, 'examples');
const wanted = process.argv.slice(2);
/** Pictures side by side, and the pixels of one and of the gap between two. */
const sheet = { columns: 3, edge: 156, gap: 6 };

async function contactSheet(files) {
  const { columns, edge, gap } = sheet;
  const place = (at) => at * (edge + gap);
  const rows = Math.ceil(files.length / columns);
  const tiles = files.map(async (file, at) => ({
    input: await sharp(file).resize(edge, edge, { fit: 'cover' }).png().toBuffer(),
    left: place(at % columns),
    top: place(Math.floor(at / columns)),
  }));
  const [width, height] = [place(columns) - gap, place(rows) - gap];
  const background = { r: 0, g: 0, b: 0, alpha: 0 };
  return sharp({ create: { width, height, channels: 4, background } })
    .composite(await Promise.all(tiles))
    .png()
    .toBuffer();
}

const home = mkdtempSync(join(tmpdir(), 'seedloom-previews-'));
try {
  for (const name of readdirSync(examples).filter((file) => file.endsWith('.seedloom'))) {
    if (wanted.length > 0 && !wanted.includes(basename(name, '.seedloom'))) continue;
    const run = spawnSync(
      process.execPath,
      [join(root, 'scripts/seedloom.mjs'), 'run', join(examples, name), '--json', '--out', join(home, 'out')],
      { env: { ...process.env, SEEDLOOM_HOME: home }, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
    );
    const events = run.stdout
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line));
    const pictures = events
      .filter(({ type }) => type === 'step-finished')
      .flatMap(({ outputs }) => Object.values(outputs).flat())
      .filter((item) => typeof item === 'object' && 'hash' in item && 'width' in item)
      .map(({ hash }) => join(home, 'blobs', hash.slice(0, 2), `${hash.slice(2)}.bin`));
    const last = pictures.at(-1);
    if (last === undefined) throw new Error(`${name} made no picture:\n${run.stderr}`);
    const waits = events.some(({ type }) => type === 'step-waiting') && pictures.length > 1;
    const preview = join(examples, 'previews', `${basename(name, '.seedloom')}.webp`);
    const { size } = await sharp(waits ? await contactSheet(pictures) : last)
      .resize(480, 320, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 72, effort: 6 })
      .toFile(preview);
    console.error(`${preview}: ${Math.ceil(size / 1024)} KB`);
    if (size > 30 * 1024) throw new Error('a preview has at most 30 KB');
  }
} finally {
  rmSync(home, { recursive: true, force: true });
}
