import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import fc from 'fast-check';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pinStep, unpinStep } from '#core/document/edit-modes';
import type { WorkflowDocument } from '#core/document/schema';
import type { RunEvent } from '#core/run';
import { isImageRef, type ImageRef } from '#core/values';
import { intactResult } from '#engine/store/intact-result';
import { createBlobStore } from '#engine/pictures/blob-store';
import { Store, type OpenJob } from '#engine/store/store';
import { engineBench, type EngineBench } from '#test/kit/engine-bench';
import { temporaryFolder } from '#test/kit/temporary-folder';
import { scriptedProvider, type ScriptedProvider } from '#test/kit/scripted-provider';
import { small } from '#test/kit/small-catalogue';

let folder: ReturnType<typeof temporaryFolder>;
let vendor: ScriptedProvider;
let bench: EngineBench;
const data = () => join(folder.path, 'data');
const never = new AbortController().signal;

beforeEach(async () => {
  folder = temporaryFolder();
  vendor = await scriptedProvider();
  bench = await engineBench(folder.path, [vendor.provider]);
});
afterEach(async () => {
  await bench.engine.close();
  await vendor.close();
  folder.remove();
});

const made = (prompt: string) => small([['make', 'make', { prompt }]]);

/** The pictures of the steps that a run finished. */
function picturesIn(events: readonly RunEvent[]): ImageRef[] {
  return events.flatMap((event) =>
    event.type === 'step-finished' ? Object.values(event.outputs).flat().filter(isImageRef) : [],
  );
}
const fileOf = (hash: string) => join(data(), 'blobs', hash.slice(0, 2), `${hash.slice(2)}.bin`);

async function run(document: WorkflowDocument): Promise<ImageRef> {
  const { events, outcome } = await bench.run(document);
  expect(outcome).toBe('done');
  return picturesIn(events).at(-1)!;
}

/** Bytes of all files below a folder. */
function bytesBelow(place: string): number {
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath ?? entry.path, entry.name)).size, 0);
}
const pictureBytes = () =>
  ['blobs', 'previews'].reduce(
    (sum, name) => sum + (existsSync(join(data(), name)) ? bytesBelow(join(data(), name)) : 0),
    0,
  );

describe('a picture that was cut off', () => {
  it('is gone for the plan, and made again', async () => {
    const { hash } = await run(made('a cat'));
    truncateSync(fileOf(hash), 20);
    const plan = await bench.engine.plan(bench.request(made('a cat')));
    expect(plan.counts).toMatchObject({ reused: 0, willRun: 1 });
    const again = await run(made('a cat'));
    expect(again.hash).toBe(hash);
    expect(
      createHash('sha256')
        .update(readFileSync(fileOf(hash)))
        .digest('hex'),
    ).toBe(hash);
  });

  it('is read in again from its file', async () => {
    const source = join(folder.path, 'photo.png');
    await sharp({ create: { width: 30, height: 20, channels: 3, background: '#406080' } }).toFile(source);
    const { file, image } = await bench.engine.importFile(source, folder.path);
    const document = small(
      [
        ['photo', 'picture', { file: file as never }],
        ['shrink', 'shrink'],
      ],
      ['photo.image > shrink.image'],
    );
    truncateSync(fileOf(image.hash), 5);
    expect((await bench.run(document)).outcome).toBe('done');
    expect(statSync(fileOf(image.hash)).size).toBe(image.bytes);
  });
});

describe('looking at every picture', () => {
  it('finds what was changed on the disk, sets it aside, and it is made again', async () => {
    const cat = await run(made('a cat'));
    const dog = await run(made('a dog'));
    await bench.engine.previewFile(cat.hash, 256);
    const bytes = readFileSync(fileOf(cat.hash));
    bytes[bytes.length - 20]! ^= 1;
    writeFileSync(fileOf(cat.hash), bytes);
    const told: number[] = [];
    const report = await bench.engine.storage.verify(({ checked, of }) => told.push(checked / of), never);
    expect(report).toMatchObject({
      damaged: [{ hash: cat.hash, use: 'result' }],
      database: 'sound',
      isStopped: false,
      checked: { count: 2 },
    });
    expect(told).toEqual([0.5, 1]);
    expect(readFileSync(join(data(), 'damaged', `${cat.hash}.bin`))).toEqual(bytes);
    expect(bench.engine.pictureFile(cat.hash)).toBeUndefined();
    expect(bench.engine.pictureFile(dog.hash)).toBeDefined();
    expect((await run(made('a cat'))).hash).toBe(cat.hash);
    expect((await bench.engine.storage.verify(() => undefined, never)).damaged).toEqual([]);
    expect((await bench.engine.storage.report()).damaged).toEqual({ count: 1, bytes: bytes.length });
  });

  it('stops when it is told to', async () => {
    await run(made('a cat'));
    await run(made('a dog'));
    const stop = new AbortController();
    const report = await bench.engine.storage.verify(() => stop.abort(), stop.signal);
    expect(report).toMatchObject({ checked: { count: 1 }, isStopped: true });
  });
});

describe('what uses the data folder', () => {
  it('adds up to all its files', async () => {
    const cat = await run(made('a cat'));
    await bench.engine.previewFile(cat.hash, 256);
    const source = join(folder.path, 'photo.png');
    await sharp({ create: { width: 30, height: 20, channels: 3, background: '#406080' } }).toFile(source);
    const { image } = await bench.engine.importFile(source, folder.path);
    writeFileSync(join(data(), 'blobs', cat.hash.slice(0, 2), 'abc.tmp'), 'cut');
    const strange = 'ab'.repeat(32);
    mkdirSync(join(data(), 'blobs', 'ab'), { recursive: true });
    writeFileSync(fileOf(strange), 'of another database');
    const report = await bench.engine.storage.report();
    expect(report).toMatchObject({
      results: { count: 1, bytes: cat.bytes },
      takenIn: { count: 1, bytes: image.bytes },
      others: { count: 1, bytes: 19 },
      previews: { count: 1 },
      leftOver: { count: 1, bytes: 3 },
      damaged: { count: 0, bytes: 0 },
    });
    expect(report.database.bytes).toBeGreaterThan(0);
    expect(report.bytes).toBe(bytesBelow(data()));
  });
});

describe('a clean-up', () => {
  const cleanUp = (more: Partial<Parameters<EngineBench['engine']['storage']['cleanUp']>[0]>) =>
    bench.engine.storage.cleanUp({ dryRun: false, open: [], ...more });
  const inAnHour = () => new Date(bench.clock.now() + 3_600_000);

  it('says first what it would do, and then does exactly that', async () => {
    const cat = await run(made('a cat'));
    await bench.engine.previewFile(cat.hash, 256);
    const before = pictureBytes();
    const would = await cleanUp({ olderThan: inAnHour(), dryRun: true });
    expect(would).toMatchObject({
      isDryRun: true,
      results: 1,
      pictures: { count: 1 },
      previews: { count: 1 },
    });
    expect(pictureBytes()).toBe(before);
    const did = await cleanUp({ olderThan: inAnHour() });
    expect(did).toEqual({ ...would, isDryRun: false });
    expect(before - pictureBytes()).toBe(did.bytes);
    expect((await bench.engine.plan(bench.request(made('a cat')))).counts).toMatchObject({ willRun: 1 });
  });

  it('takes those unused for longest first: a result that was reused counts as used', async () => {
    const cat = await run(made('a cat'));
    await bench.clock.sleep(10_000);
    const dog = await run(made('a dog'));
    await bench.clock.sleep(10_000);
    await run(made('a cat'));
    const did = await cleanUp({ keepBytes: cat.bytes });
    expect(did).toMatchObject({ results: 1, bytes: dog.bytes });
    expect(bench.engine.pictureFile(cat.hash)).toBeDefined();
    expect(bench.engine.pictureFile(dog.hash)).toBeUndefined();
  });

  it('leaves what an open workflow would reuse, names or has pinned', async () => {
    const cat = await run(made('a cat'));
    const dog = await run(made('a dog'));
    await run(made('a bird'));
    const pinned = { ...made('a fish'), pins: { make: { image: [dog] } } } as unknown as WorkflowDocument;
    const open = [bench.request(made('a cat')), bench.request(pinned)];
    expect(await cleanUp({ olderThan: inAnHour(), open })).toMatchObject({ results: 1, needed: 2 });
    expect([cat, dog].map(({ hash }) => existsSync(fileOf(hash)))).toEqual([true, true]);
  });

  it('leaves what a workflow has pinned, also when it was closed and never run since', async () => {
    const image = await run(made('a cat'));
    const pinned = pinStep(made('a cat'), 'make', '0', { image: [image] });
    const elsewhere = { ...pinned, id: 'another-workflow' };
    await bench.engine.plan(bench.request(elsewhere));
    const clean = () => bench.engine.storage.cleanUp({ keepBytes: 0, dryRun: false, open: [] });
    expect((await clean()).results).toBe(0);
    expect(existsSync(fileOf(image.hash))).toBe(true);
    await bench.engine.plan(bench.request(unpinStep(elsewhere, 'make', '0')));
    expect((await clean()).results).toBe(1);
    expect(existsSync(fileOf(image.hash))).toBe(false);
  });

  it('leaves what a queued run would reuse', async () => {
    const cat = await run(made('a cat'));
    await run(made('a dog'));
    await bench.engine.queue.pause();
    expect(await bench.engine.queue.add(bench.request(made('a cat')))).toMatchObject({ ok: true });
    expect(await cleanUp({ olderThan: inAnHour() })).toMatchObject({ results: 1, needed: 1 });
    expect(existsSync(fileOf(cat.hash))).toBe(true);
  });

  it('leaves what a run that is waiting has made, and what it takes', async () => {
    const both = small(
      [
        ['make', 'make', { prompt: 'a cat' }],
        ['change', 'change'],
      ],
      ['make.image > change.images'],
    );
    const { events, outcome } = await bench.run(both, { budget: 0.04 });
    expect(outcome).toBe('over-budget');
    const [cat] = picturesIn(events);
    expect(await cleanUp({ olderThan: inAnHour(), keepBytes: 0 })).toMatchObject({ results: 0, needed: 1 });
    expect(existsSync(fileOf(cat!.hash))).toBe(true);
  });

  it('sweeps cut writes that are older than a day, and no younger ones', async () => {
    const place = join(data(), 'blobs', 'ab');
    mkdirSync(place, { recursive: true });
    for (const name of ['old.tmp', 'new.tmp']) writeFileSync(join(place, name), 'cut');
    const now = bench.clock.now() / 1000;
    utimesSync(join(place, 'old.tmp'), now - 90_000, now - 90_000);
    utimesSync(join(place, 'new.tmp'), now - 60, now - 60);
    expect(await cleanUp({})).toMatchObject({ results: 0, leftOver: { count: 1, bytes: 3 }, bytes: 3 });
    expect(readdirSync(place)).toEqual(['new.tmp']);
  });

  it('never removes what is needed, keeps what is left whole, and frees what it says', async () => {
    await bench.engine.close();
    const hashes = Array.from({ length: 8 }, (_, place) =>
      createHash('sha256').update(`picture ${place}`).digest('hex'),
    );
    const picture = fc.integer({ min: 0, max: 7 });
    const result = fc.record({
      pictures: fc.array(picture, { maxLength: 3 }),
      hour: fc.integer({ min: 0, max: 48 }),
    });
    const situation = fc.record({
      results: fc.array(result, { minLength: 1, maxLength: 10 }),
      takenIn: fc.array(picture, { maxLength: 2 }),
      pinned: fc.array(picture, { maxLength: 2 }),
      /** Places of results whose run is cut, and whose job is open. */
      cut: fc.array(fc.nat(9), { maxLength: 2 }),
      job: fc.option(fc.nat(9), { nil: undefined }),
      previews: fc.array(picture, { maxLength: 3 }),
      olderThan: fc.option(fc.integer({ min: -1, max: 49 }), { nil: undefined }),
      keepBytes: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
    });
    let number = 0;
    await fc.assert(
      fc.asyncProperty(situation, async (given) => {
        number += 1;
        const place = join(folder.path, `case ${number}`);
        const home = join(place, 'data');
        const blobs = createBlobStore(join(home, 'blobs'));
        for (let each = 0; each < 8; each += 1) await blobs.put(Buffer.from(`picture ${each}`));
        for (const each of given.previews) {
          mkdirSync(join(home, 'previews', '256', hashes[each]!.slice(0, 2)), { recursive: true });
          writeFileSync(
            join(home, 'previews', '256', hashes[each]!.slice(0, 2), `${hashes[each]!.slice(2)}.webp`),
            'small',
          );
        }
        const ref = (each: number): ImageRef => ({
          hash: hashes[each]!,
          format: 'png',
          width: 1,
          height: 1,
          bytes: 9,
        });
        const at = (hour: number) =>
          new Date(Date.parse('2026-11-19T12:00:00.000Z') + hour * 3_600_000).toISOString();
        mkdirSync(home, { recursive: true });
        const store = new Store(home);
        await store.together(() => {
          given.results.forEach(({ pictures, hour }, index) =>
            store.putResult(`key ${index}`, {
              outputs: { image: pictures.map(ref) },
              price: 0.04,
              at: at(hour),
            }),
          );
          for (const each of given.takenIn) store.putImage(ref(each));
          given.cut.forEach((index, seq) => {
            const outputs = { image: (given.results[index]?.pictures ?? []).map(ref) };
            store.putRun({
              run: 'cut',
              title: '',
              documentId: 'document-1',
              openedAt: at(0),
              steps: 1,
              owner: 'nobody',
              request: { document: made('a cut run'), folder: null, outFolder: '' },
            });
            store.putEntry({
              type: 'step-finished',
              step: 'make#0',
              node: 'make',
              key: `key ${index}`,
              outputs,
              reused: false,
              price: 0,
              run: 'cut',
              seq,
              at: at(0),
            });
          });
          if (given.job !== undefined) store.putOpenJob(`key ${given.job}`, openJob);
        });
        await store.close();

        const opened = await engineBench(place, [vendor.provider]);
        const document = { ...made('open'), pins: given.pinned.map(ref) } as unknown as WorkflowDocument;
        const request = {
          dryRun: true,
          open: [opened.request(document)],
          ...(given.olderThan === undefined ? {} : { olderThan: new Date(at(given.olderThan)) }),
          ...(given.keepBytes === undefined ? {} : { keepBytes: given.keepBytes }),
        };
        const before = (await opened.engine.storage.report()).bytes;
        const size = async () => {
          const { results, takenIn, others, previews } = await opened.engine.storage.report();
          return results.bytes + takenIn.bytes + others.bytes + previews.bytes;
        };
        const bytes = await size();
        const would = await opened.engine.storage.cleanUp(request);
        expect((await opened.engine.storage.report()).bytes).toBe(before);
        const did = await opened.engine.storage.cleanUp({ ...request, dryRun: false });
        expect(did).toEqual({ ...would, isDryRun: false });
        expect(bytes - (await size())).toBe(did.bytes);
        await opened.engine.close();

        const after = new Store(home);
        /** By the open workflow or the run that was cut. */
        const named = new Set(given.pinned);
        for (const index of given.cut)
          for (const each of given.results[index]?.pictures ?? []) named.add(each);
        const needed = new Set([...given.takenIn, ...named]);
        if (given.job !== undefined)
          for (const each of given.results[given.job]?.pictures ?? []) needed.add(each);
        for (const each of needed)
          expect(Buffer.from(await blobs.read(hashes[each]!)).toString()).toBe(`picture ${each}`);
        let left = 0;
        for (const [index, { hour, pictures }] of given.results.entries()) {
          const key = `key ${index}`;
          if (after.result(key) === undefined) continue;
          left += 1;
          expect(intactResult(after, blobs, key)).toBeDefined();
          // One that is old and not needed by anything must have gone.
          const isNeeded =
            given.cut.includes(index) || given.job === index || pictures.some((each) => named.has(each));
          const isOld = given.olderThan !== undefined && hour < given.olderThan;
          expect(isOld && !isNeeded && pictures.length > 0).toBe(false);
        }
        expect(left).toBe(given.results.length - did.results);
        await after.close();
      }),
      { numRuns: 40 },
    );
    bench = await engineBench(folder.path, [vendor.provider]);
  });
});

const openJob: OpenJob = {
  state: 'accepted',
  run: 'another run',
  step: 'make#0',
  owner: '',
  requestId: 'request',
  route: { provider: 'shop', model: 'one' },
  worstPrice: 0.04,
  place: { documentId: 'document-1', node: 'make', type: 'make', index: 0, copy: 0, parts: {} },
  at: '2026-11-19T12:00:00.000Z',
};
