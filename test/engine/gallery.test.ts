import { rmSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { setParam, setRoute } from '#core/document/edit';
import { compareTexts, isWanted, type MadePicture, type PictureQuery } from '#core/gallery';
import { rehearsalOf } from '#core/plan/rehearsal';
import type { ImageRef } from '#core/values';
import { createGallery } from '#engine/history/gallery';
import { MadePictures } from '#engine/history/made-pictures';
import { KeyRows } from '#engine/store/key-rows';
import { PictureRows } from '#engine/store/picture-rows';
import { Store } from '#engine/store/store';
import { temporaryFolder } from '#test/kit/temporary-folder';
import { engineFixture, prompts } from '#test/kit/engine-fixture';
import { small, smallNodes } from '#test/kit/small-catalogue';

const fixture = engineFixture();
const all: PictureQuery = { filter: {}, sort: 'newest', limit: 100 };

const chain = (lines: string) =>
  small(
    [
      ['words', 'words', { lines }],
      ['make', 'make'],
      ['shrink', 'shrink'],
      ['write', 'write'],
    ],
    ['words.text > make.prompt', 'make.image > shrink.image', 'shrink.image > write.image'],
  );

describe('the pictures of all runs', () => {
  it('are those that steps made: not what was reused, and not what was only passed on', async () => {
    const bench = await fixture.bench();
    const first = await bench.run(chain('a cat\na dog'));
    await bench.run(chain('a cat\na hen'));
    const { pictures, total } = await bench.engine.gallery.list(all);
    // Three prompts, each made once and made smaller once.
    expect(total).toBe(6);
    expect(pictures.map(({ node }) => node).sort()).toEqual([
      'make',
      'make',
      'make',
      'shrink',
      'shrink',
      'shrink',
    ]);
    const cat = pictures.find(({ node, prompt }) => node === 'make' && prompt === 'a cat')!;
    expect(cat).toMatchObject({
      run: first.events[0]!.run,
      type: 'make',
      title: 'Make',
      provider: 'shop',
      model: 'one',
      price: 0.04,
      rating: 0,
      rejected: false,
      missing: false,
    });
    const details = await bench.engine.gallery.details(cat.hash);
    expect(details.receipt).toMatchObject({ run: cat.run, step: cat.step, pictures: [cat.hash] });
    expect(details.params).toContainEqual({ name: 'size', value: '64 × 64' });
  });

  it('are not those of a rehearsal', async () => {
    const bench = await fixture.bench();
    const real = prompts('a cat');
    await bench.run({ ...real, id: rehearsalOf(real, smallNodes, { faults: {}, take: 1, title: '' }).id });
    expect((await bench.engine.gallery.list(all)).total).toBe(0);
    expect(await bench.engine.gallery.rebuild()).toBe(0);
  });

  it('are found by words, node, model, price, time and rating, and the rejected only when asked for', async () => {
    const bench = await fixture.bench();
    await bench.run(chain('a cat\na dog'));
    const { gallery } = bench.engine;
    const count = async (filter: PictureQuery['filter']) => (await gallery.list({ ...all, filter })).total;
    const { pictures } = await gallery.list(all);
    expect(await count({ text: 'CAT make' })).toBe(1);
    expect(await count({ type: 'shrink' })).toBe(2);
    expect(await count({ model: 'shop/one' })).toBe(2);
    expect(await count({ model: 'shop' })).toBe(2);
    expect(await count({ model: 'shop/two' })).toBe(0);
    expect(await count({ priceFrom: 0.01 })).toBe(2);
    expect(await count({ priceTo: 0.01 })).toBe(2);
    expect(await count({ since: '2026-11-21', until: '2026-11-22' })).toBe(4);
    expect(await count({ until: '2026-11-21' })).toBe(0);
    const [one, two] = [pictures[0]!.hash, pictures[1]!.hash];
    await gallery.rate([one, two], { rating: 4 });
    await gallery.rate([two], { rejected: true });
    expect(await count({ ratingFrom: 4 })).toBe(1);
    expect(await count({ ratingFrom: 4, rejected: 'too' })).toBe(2);
    expect(await count({ rejected: 'only' })).toBe(1);
    expect(await count({})).toBe(3);
    const best = await gallery.list({ ...all, sort: 'rating' });
    expect(best.pictures[0]).toMatchObject({ hash: one, rating: 4 });
    const { types, models, workflows } = await gallery.facets();
    expect(types.map(({ type, count: number }) => [type, number]).sort()).toEqual([
      ['make', 2],
      ['shrink', 2],
    ]);
    expect(models).toEqual([{ model: 'shop/one', count: 2 }]);
    expect(workflows).toMatchObject([{ id: 'document-1', count: 4 }]);
  });

  it('stand still in a list that was begun while new ones are made', async () => {
    const bench = await fixture.bench();
    await bench.run(prompts('a', 'b', 'c'));
    const { gallery } = bench.engine;
    const begun = await gallery.list({ ...all, limit: 2 });
    await bench.clock.sleep(1000);
    await bench.run(prompts('d'));
    const rest = await gallery.list({ ...all, limit: 2, from: { list: begun.list, place: 2 } });
    expect([rest.list, rest.total, rest.place]).toEqual([begun.list, 3, 2]);
    expect([...begun.pictures, ...rest.pictures].map(({ prompt }) => prompt).sort()).toEqual(['a', 'b', 'c']);
    const anew = await gallery.list({ ...all, from: { list: 'of another start', place: 0 } });
    expect([anew.total, anew.pictures[0]!.prompt]).toEqual([4, 'd']);
  });

  it('are indexed from the journal in a store of before, with their ratings, and told to be gone when they are', async () => {
    const bench = await fixture.bench();
    await bench.run(chain('a cat\na dog'));
    const before = await bench.engine.gallery.list(all);
    await bench.engine.gallery.rate([before.pictures[0]!.hash], { rating: 5 });
    const gone = before.pictures[1]!.hash;
    rmSync(bench.engine.pictureFile(gone)!);
    await bench.engine.close();
    const store = new Store(join(fixture.folder, 'data'));
    for (const name of ['pictures', 'picture-places', 'picture-index'])
      await store.table<unknown, string>(name).clearAsync();
    await store.close();
    const later = await fixture.bench();
    const after = await later.engine.gallery.list(all);
    const expected = before.pictures.map((picture, place) => ({
      ...picture,
      rating: place === 0 ? 5 : 0,
      missing: place === 1,
    }));
    expect(after.pictures).toEqual(expected);
    expect(await later.engine.gallery.rebuild()).toBe(4);
    expect((await later.engine.gallery.list(all)).pictures).toEqual(expected);
  });

  it('can be named by a workflow once they are taken in', async () => {
    const bench = await fixture.bench();
    await bench.run(prompts('a cat'));
    const [picture] = (await bench.engine.gallery.list(all)).pictures;
    const { file, image } = await bench.engine.gallery.takeIn(picture!.hash, 'cat.png');
    expect(image.hash).toBe(picture!.hash);
    const again = setParam(
      small(
        [
          ['picture', 'picture'],
          ['shrink', 'shrink'],
        ],
        ['picture.image > shrink.image'],
      ),
      'picture',
      'file',
      { ...file },
    );
    const { outcome } = await bench.run(setRoute(again, 'shrink', undefined));
    expect(outcome).toBe('done');
    await expect(bench.engine.gallery.details('0'.repeat(64))).rejects.toMatchObject({
      failure: { code: 'unknown-picture' },
    });
  });
});

const hashOf = (number: number) => String(number).padStart(64, '0');
const imageOf = (number: number): ImageRef => ({
  hash: hashOf(number),
  format: 'png',
  width: 8,
  height: 8,
  bytes: number,
});

function openIndex() {
  const folder = temporaryFolder();
  const store = new Store(folder.path);
  onTestFinished(async () => {
    await store.close();
    folder.remove();
  });
  const keyRows = new KeyRows(store);
  const open = () => {
    const rows = new PictureRows(store);
    return { rows, made: new MadePictures(store, keyRows, rows, new Map()) };
  };
  return { store, keyRows, open };
}

describe('the index', () => {
  it('is the same whether it was kept up or built anew, in whatever order steps ended', async () => {
    const { store, open } = openIndex();
    const finished = fc.record({
      run: fc.constantFrom('r1', 'r2', 'r3'),
      step: fc.constantFrom('a#0', 'a#1', 'b#0'),
      minute: fc.nat(9),
      pictures: fc.uniqueArray(fc.nat(7), { minLength: 1, maxLength: 3 }),
      reused: fc.boolean(),
    });
    let base = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(finished, { maxLength: 4 }), { maxLength: 8 }), async (batches) => {
        const { rows, made } = open();
        await made.rebuild();
        const other = open().rows;
        // Pictures of its own for each example: the journal only grows.
        base += 100;
        const first = new Map<string, [string, string, string]>();
        for (const batch of batches) {
          await store.together(() => {
            for (const { run, step, minute, pictures, reused } of batch) {
              const at = `2026-01-01T00:0${minute}:00.000Z`;
              const entry = {
                type: 'step-finished' as const,
                run,
                seq: store.nextEntry(run),
                at,
                step,
                node: step.slice(0, 1),
                key: 'k',
                outputs: { image: pictures.map((number) => imageOf(base + number)) },
                reused,
                price: 0.1,
              };
              store.putEntry(entry);
              made.note(entry);
              if (reused) continue;
              for (const number of pictures) {
                const made_: [string, string, string] = [at, run, step];
                const known = first.get(hashOf(base + number));
                if (known === undefined || compareTexts(made_.join(), known.join()) < 0)
                  first.set(hashOf(base + number), made_);
              }
            }
          });
          // Another process that looks now and then knows as much as this one.
          expect(other.all()).toEqual(rows.all());
        }
        const own = (known: ReadonlyMap<string, MadePicture>) =>
          new Map([...known].filter(([hash]) => hash >= hashOf(base)));
        const keptUp = new Map(rows.all());
        const makers = [...own(keptUp)].map(([hash, { at, run, step }]) => [hash, [at, run, step]] as const);
        expect(new Map(makers)).toEqual(first);
        await made.rebuild();
        expect(rows.all()).toEqual(keptUp);
        expect(other.all()).toEqual(keptUp);
      }),
      { numRuns: 40 },
    );
  });

  it('is built on from where it was cut', async () => {
    const { store, open } = openIndex();
    await store.together(() => {
      for (let seq = 0; seq < 1000; seq += 1)
        store.putEntry({
          type: 'step-finished',
          run: 'r',
          seq,
          at: '2026-01-01T00:00:00.000Z',
          step: `a#${seq}`,
          node: 'a',
          key: 'k',
          outputs: { image: [imageOf(seq)] },
          reused: false,
          price: 0,
        });
    });
    const { rows, made } = open();
    await store.together(() => {
      expect(rows.unread).toEqual(['', 0]);
      rows.readTo(['r', 989]);
    });
    await made.built();
    expect(rows.all().size).toBe(10);
    await made.rebuild();
    expect(rows.all().size).toBe(1000);
  });

  it('gives 10,000 pictures page by page, each once and in order', async () => {
    const { store, keyRows, open } = openIndex();
    const { rows, made } = open();
    await made.built();
    const total = 10_000;
    await store.together(() => {
      for (let number = 0; number < total; number += 1)
        rows.keep({
          ...imageOf(number),
          at: new Date(1.7e12 + ((number * 7919) % total) * 1000).toISOString(),
          run: 'r',
          step: `a#${number}`,
          node: 'a',
          key: 'k',
          documentId: 'd',
          workflow: 'W',
          title: 'A',
          type: 'a',
          price: 0,
          take: 0,
          prompt: 'x'.repeat(900),
        });
    });
    const gallery = createGallery({
      store,
      keyRows,
      pictureRows: rows,
      madePictures: made,
      blobs: { has: () => true },
    } as unknown as Parameters<typeof createGallery>[0]);
    const seen: string[] = [];
    let list: string | undefined;
    for (let place = 0; place < total; place += 500) {
      const page = await gallery.list({
        filter: {},
        sort: 'newest',
        limit: 500,
        ...(list === undefined ? {} : { from: { list, place } }),
      });
      list = page.list;
      expect(page.total).toBe(total);
      expect(JSON.stringify(page).length).toBeLessThan(500_000);
      seen.push(...page.pictures.map(({ at, hash }) => `${at} ${hash}`));
    }
    expect(new Set(seen).size).toBe(total);
    expect(seen).toEqual([...seen].sort().reverse());
  });
});

describe('a filter', () => {
  it('with both ends of a price takes what lies between them', () => {
    const picture = { price: 0.04 } as MadePicture;
    const rating = { rating: 0, rejected: false };
    expect(isWanted(picture, rating, { priceFrom: 0.04, priceTo: 0.04 })).toBe(true);
    expect(isWanted(picture, rating, { priceFrom: 0.05 })).toBe(false);
    expect(isWanted(picture, rating, { priceTo: 0.03 })).toBe(false);
  });
});
