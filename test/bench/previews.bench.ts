import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { createEngine } from '#engine/engine';
import { median, printTable, ratio } from './table';

// The same operation by bare sharp, as many at once: what previews cost beyond it is Seedloom's own.
const count = 24;
const together = 2;
const width = 512;
const folder = mkdtempSync(join(tmpdir(), 'seedloom-bench-'));
const engine = await createEngine({
  dataFolder: join(folder, 'data'),
  nodes: new Map(),
  providers: new Map(),
  secret: () => undefined,
  setting: () => undefined,
  price: () => undefined,
});

async function pictures(round: number, format: 'png' | 'jpeg'): Promise<string[]> {
  const hashes: string[] = [];
  for (let place = 0; place < count; place += 1) {
    const shade = { r: (place * 40) % 256, g: (round * 60) % 256, b: 120 };
    const noise = { type: 'gaussian' as const, mean: 128, sigma: 30 };
    const picture = sharp({
      create: { width: 2048, height: 2048, channels: 3, background: shade, noise },
    }).tint(shade);
    const bytes = await picture.toFormat(format, { compressionLevel: 1 }).toBuffer();
    hashes.push((await engine.importBytes(bytes, 'noise')).image.hash);
  }
  return hashes;
}

/** Pictures a second, `together` at once. */
async function throughput(
  hashes: readonly string[],
  work: (hash: string) => Promise<unknown>,
): Promise<number> {
  const left = [...hashes];
  const start = performance.now();
  const hand = async () => {
    for (let hash = left.pop(); hash !== undefined; hash = left.pop()) await work(hash);
  };
  await Promise.all(Array.from({ length: together }, hand));
  return (hashes.length / (performance.now() - start)) * 1000;
}

const rows: string[][] = [];
for (const format of ['jpeg', 'png'] as const) {
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const hashes = await pictures(round + (format === 'png' ? 10 : 0), format);
    bare.push(
      await throughput(hashes, (hash) =>
        sharp(engine.pictureFile(hash)!)
          .rotate()
          .resize({ width, withoutEnlargement: true })
          .webp({ quality: 80, effort: 2 })
          .toFile(join(folder, `${hash}.webp`)),
      ),
    );
    ours.push(await throughput(hashes, (hash) => engine.previewFile(hash, width)));
  }
  const kept = await pictures(99, format);
  for (const hash of kept) await engine.previewFile(hash, width);
  const again = await throughput(kept, (hash) => engine.previewFile(hash, width));
  rows.push([
    `2048² ${format} → ${width}`,
    median(bare).toFixed(1),
    median(ours).toFixed(1),
    ratio(median(ours) / median(bare)),
    again.toFixed(0),
  ]);
}
printTable(
  'Previews a second (goal: at least 0.9 of bare sharp doing the same)',
  ['picture', 'bare sharp', 'previews', 'ratio', 'when kept'],
  rows,
);
await engine.close();
rmSync(folder, { recursive: true, force: true });
