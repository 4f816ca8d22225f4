#!/usr/bin/env node
// Makes examples/previews/: runs each example in the sandbox and keeps its last picture, small. Run it after an example
// was changed: `node scripts/example-previews.mjs`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const root = fileURLToPath(new URL('..', import.meta.url));
const examples = join(root, 'examples');
const home = mkdtempSync(join(tmpdir(), 'seedloom-previews-'));
try {
  for (const name of readdirSync(examples).filter((file) => file.endsWith('.seedloom'))) {
    const run = spawnSync(
      process.execPath,
      [join(root, 'scripts/seedloom.mjs'), 'run', join(examples, name), '--json', '--out', join(home, 'out')],
      { env: { ...process.env, SEEDLOOM_HOME: home }, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
    );
    const pictures = run.stdout
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line))
      .filter(({ type }) => type === 'step-finished')
      .flatMap(({ outputs }) => Object.values(outputs).flat())
      .filter((item) => typeof item === 'object' && 'hash' in item && 'width' in item);
    const last = pictures.at(-1);
    if (last === undefined) throw new Error(`${name} made no picture:\n${run.stderr}`);
    const blob = join(home, 'blobs', last.hash.slice(0, 2), `${last.hash.slice(2)}.bin`);
    const preview = join(examples, 'previews', `${basename(name, '.seedloom')}.webp`);
    const { size } = await sharp(blob)
      .resize(480, 320, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 72, effort: 6 })
      .toFile(preview);
    console.error(`${preview}: ${Math.ceil(size / 1024)} KB`);
    if (size > 30 * 1024) throw new Error('a preview has at most 30 KB');
  }
} finally {
  rmSync(home, { recursive: true, force: true });
}
