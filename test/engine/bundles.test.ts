import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync, unzipSync, type Zippable } from 'fflate';
import { describe, expect, it } from 'vitest';
import { setParam } from '#core/document/edit';
import { packNodes } from '#core/document/pack';
import { parseDocument } from '#core/document/parse';
import type { WorkflowDocument } from '#core/document/schema';
import { pinPlace, pinStep } from '#core/document/edit-modes';
import { catalogueOf } from '#core/document/subgraph';
import { drawPicture } from '#test/kit/draw-picture';
import { engineFixture, ofType } from '#test/kit/engine-fixture';
import { small, smallNodes } from '#test/kit/small-catalogue';

const fixture = engineFixture();

const chain = (more: { title?: string } = {}): WorkflowDocument => ({
  ...small(
    [
      ['words', 'words', { lines: 'a cat\na dog' }],
      ['make', 'make'],
      ['source', 'picture', { file: null }],
      ['shrink', 'shrink'],
      ['write', 'write'],
    ],
    ['words.text > make.prompt', 'make.image > shrink.image', 'shrink.image > write.image'],
  ),
  ...more,
});

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function withSource(): Promise<WorkflowDocument> {
  const bytes = await drawPicture({ width: 40, height: 30, from: 'bottle' });
  mkdirSync(join(fixture.folder, 'in'), { recursive: true });
  writeFileSync(join(fixture.folder, 'in', 'bottle.png'), bytes);
  return setParam(chain(), 'source', 'file', {
    name: 'bottle.png',
    path: 'in/bottle.png',
    hash: hashOf(bytes),
  });
}

const read = (path: string) => {
  const parsed = parseDocument(readFileSync(path, 'utf8'), smallNodes);
  if (!parsed.ok) throw new Error(parsed.issues[0]?.message);
  return parsed.document;
};

describe('a bundle', () => {
  it('carries the pictures and the results to another computer, where nothing is paid for again', async () => {
    const here = await fixture.bench();
    const document = await withSource();
    await here.run(document);
    const file = join(fixture.folder, 'Bottle.seedloom.zip');
    const written = await here.engine.writeBundle(here.request(document), file, { results: true });
    expect(written).toMatchObject({ path: file, missing: [] });
    expect(readdirSync(fixture.folder).filter((name) => name.endsWith('.part'))).toEqual([]);

    const there = await fixture.bench({ dataFolder: join(fixture.folder, 'other') });
    const unpacked = await there.engine.unpackBundle(file, join(fixture.folder, 'desk'));
    expect(unpacked.path).toBe(join(fixture.folder, 'desk', 'Bottle', 'Bottle.seedloom'));
    const opened = read(unpacked.path);
    expect(opened.nodes['source']?.params['file']).toMatchObject({ path: 'pictures/bottle.png' });
    const plan = await there.engine.plan(
      there.request(opened, { folder: join(fixture.folder, 'desk', 'Bottle') }),
    );
    const verdicts = Object.fromEntries(plan.nodes.map(({ id, verdict }) => [id, verdict]));
    expect(verdicts).toMatchObject({ make: 'reused', shrink: 'reused', source: 'value' });
    const sent = fixture.vendor.shop.charges.length;
    const { events } = await there.run(opened, { folder: join(fixture.folder, 'desk', 'Bottle') });
    expect(fixture.vendor.shop.charges.length).toBe(sent);
    expect(ofType(events, 'run-closed')[0]).toMatchObject({ outcome: 'done', spent: 0 });
  });

  it('leaves results behind where the person wants it so, and never lies over a folder', async () => {
    const bench = await fixture.bench();
    const document = await withSource();
    await bench.run(document);
    const file = join(fixture.folder, 'a.zip');
    const request = bench.request(document);
    expect(await bench.engine.writeBundle(request, file, { results: false })).toMatchObject({
      results: 0,
      pictures: 1,
    });
    const desk = join(fixture.folder, 'desk');
    await bench.engine.unpackBundle(file, desk);
    await bench.engine.unpackBundle(file, desk);
    expect(readdirSync(desk).sort()).toEqual(['a', 'a (2)']);
    const once = await bench.engine.unpackBundle(file, null);
    expect(await bench.engine.unpackBundle(file, null)).toEqual(once);
    // The same workflow makes the very same bundle.
    await bench.engine.writeBundle(request, join(fixture.folder, 'b', '..', 'a2.zip'), { results: false });
    const [first, second] = ['a.zip', 'a2.zip'].map((name) =>
      unzipSync(readFileSync(join(fixture.folder, name))),
    );
    expect(Object.values(first!).map(hashOf).slice(1)).toEqual(Object.values(second!).map(hashOf).slice(1));
  });

  it('names what is missing, and holds no place of this computer', async () => {
    const bench = await fixture.bench();
    const document = setParam(await withSource(), 'write', 'folder', join(fixture.folder, 'private'));
    rmSync(join(fixture.folder, 'in'), { recursive: true });
    const file = join(fixture.folder, 'a.zip');
    const written = await bench.engine.writeBundle(bench.request(document), file, { results: false });
    expect(written.missing).toEqual(['bottle.png']);
    for (const bytes of Object.values(unzipSync(readFileSync(file))))
      expect(Buffer.from(bytes).toString('utf8')).not.toContain(fixture.folder);
  });

  it('brings pinned results', async () => {
    const here = await fixture.bench();
    const document = await withSource();
    const { events } = await here.run(document);
    const made = ofType(events, 'step-finished').filter(({ node }) => node === 'make');
    const pinned = made.reduce(
      (pinning, { outputs }, index) => pinStep(pinning, 'make', pinPlace(index, 0), outputs),
      document,
    );
    const file = join(fixture.folder, 'a.zip');
    await here.engine.writeBundle(here.request(pinned), file, { results: false });
    const there = await fixture.bench({ dataFolder: join(fixture.folder, 'other') });
    const { path } = await there.engine.unpackBundle(file, join(fixture.folder, 'desk'));
    const plan = await there.engine.plan(there.request(read(path)));
    expect(plan.nodes.find(({ id }) => id === 'make')).toMatchObject({ verdict: 'reused', pinned: 2 });
  });
});

describe('a bundle from a stranger', () => {
  const document = '{"seedloom":1}';
  const manifest = (more: object = {}) => ({
    seedloomBundle: 1,
    workflow: 'a.seedloom',
    files: [],
    results: [],
    ...more,
  });
  const zip = (files: Zippable) => zipSync(files);
  const text = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
  const good = { 'bundle.json': text(manifest()), 'a.seedloom': text(document) };
  const picture = Buffer.from('a picture');
  const listed = (path: string, bytes = picture) => ({ path, hash: hashOf(bytes), bytes: bytes.length });

  const bad: [string, () => Uint8Array][] = [
    ['no archive', () => text('PK nothing')],
    ['an empty file', () => new Uint8Array()],
    ['a cut archive', () => zip(good).subarray(0, -30)],
    ['no list', () => zip({ 'a.seedloom': text(document) })],
    ['a list of another kind', () => zip({ ...good, 'bundle.json': text({ ...manifest(), more: 1 }) })],
    ['no workflow', () => zip({ 'bundle.json': text(manifest()) })],
    ['a file that is not listed', () => zip({ ...good, 'run.exe': picture })],
    [
      'a name that climbs',
      () =>
        zip({ ...good, 'bundle.json': text(manifest({ files: [listed('../x.png')] })), '../x.png': picture }),
    ],
    ['a full name', () => zip({ ...good, '/tmp/x.png': picture })],
    ['a name of Windows that climbs', () => zip({ ...good, '..\\x.png': picture })],
    ['a name of a drive', () => zip({ ...good, 'c:x.png': picture })],
    [
      'a workflow elsewhere',
      () => zip({ ...good, 'bundle.json': text(manifest({ workflow: '../a.seedloom' })) }),
    ],
    [
      'a picture that is another one',
      () =>
        zip({
          ...good,
          'bundle.json': text(manifest({ files: [listed('pictures/x.png')] })),
          'pictures/x.png': Buffer.from('a forgery'),
        }),
    ],
    [
      'a picture that is missing',
      () => zip({ ...good, 'bundle.json': text(manifest({ files: [listed('pictures/x.png')] })) }),
    ],
    ['a bomb', () => zip({ ...good, 'a.seedloom': Buffer.alloc(200 * 1024 * 1024) })],
    [
      'a size that lies',
      () => {
        const bytes = Buffer.from(zip({ ...good, 'a.seedloom': [Buffer.alloc(500_000), { level: 9 }] }));
        // Of the last entry's listed size.
        const at = bytes.lastIndexOf(Buffer.from('PK\u0001\u0002', 'latin1'));
        bytes.writeUInt32LE(100, at + 24);
        return bytes;
      },
    ],
  ];

  it.each(bad)('with %s is refused whole', async (_what, make) => {
    const bench = await fixture.bench();
    const file = join(fixture.folder, 'stranger.zip');
    writeFileSync(file, make());
    const desk = join(fixture.folder, 'desk');
    await expect(bench.engine.unpackBundle(file, desk)).rejects.toMatchObject({
      failure: { code: 'damaged-bundle', act: 'user' },
    });
    expect(readdirSync(fixture.folder).filter((name) => name === 'x.png')).toEqual([]);
    try {
      expect(readdirSync(desk)).toEqual([]);
    } catch (error) {
      expect((error as NodeJS.ErrnoException).code).toBe('ENOENT');
    }
  });
});

describe('results of a bundle', () => {
  type Listed = { results: { key: string; outputs: Record<string, unknown[]>; at: string }[] };

  /** The bundle of a workflow that ran elsewhere, its list changed by whoever hands it on. */
  async function foreign(document: WorkflowDocument, change: (list: Listed) => void = () => {}) {
    const there = await fixture.bench({ dataFolder: join(fixture.folder, 'foreign') });
    await there.run(document);
    const whole = join(fixture.folder, 'whole.zip');
    await there.engine.writeBundle(there.request(document), whole, { results: true });
    const files = unzipSync(readFileSync(whole));
    const list = JSON.parse(Buffer.from(files['bundle.json']!).toString('utf8')) as Listed;
    change(list);
    const file = join(fixture.folder, 'foreign.zip');
    writeFileSync(file, zipSync({ ...files, 'bundle.json': Buffer.from(JSON.stringify(list)) }));
    return file;
  }
  const verdictOf = async (bench: Awaited<ReturnType<typeof fixture.bench>>, document: WorkflowDocument) =>
    (await bench.engine.plan(bench.request(document))).nodes.find(({ id }) => id === 'make');

  it('count for its own workflow alone, whatever id and keys they name', async () => {
    const document = await withSource();
    const file = await foreign(document);
    const here = await fixture.bench();
    const { path } = await here.engine.unpackBundle(file, join(fixture.folder, 'desk'));
    const [own, imported] = [await verdictOf(here, document), await verdictOf(here, read(path))];
    expect(own).toMatchObject({ verdict: 'will-run' });
    expect(own).not.toHaveProperty('bundled');
    expect(imported).toMatchObject({
      verdict: 'reused',
      bundled: 2,
      reasons: [{ code: 'from-bundle' }],
    });
    const again = await here.engine.unpackBundle(file, join(fixture.folder, 'desk'));
    expect(read(again.path).id).toBe(read(path).id);
    expect(read(path).id).not.toBe(document.id);
  });

  it('are no spending, no receipts and no pictures made here', async () => {
    const file = await foreign(await withSource());
    const here = await fixture.bench();
    const { path } = await here.engine.unpackBundle(file, join(fixture.folder, 'desk'));
    const { events } = await here.run(read(path), { folder: join(path, '..') });
    const made = ofType(events, 'step-finished').filter(({ node }) => node === 'make');
    expect(made.map(({ reused, bundled, price }) => [reused, bundled, price])).toEqual([
      [true, true, 0],
      [true, true, 0],
    ]);
    expect(here.engine.receipts(events[0]!.run)).toMatchObject({
      own: [],
      reused: [],
      bundled: ['make#0', 'make#1', 'shrink#0', 'shrink#1'],
    });
    const { types } = await here.engine.gallery.facets();
    expect(types.filter(({ type }) => type === 'make')).toEqual([]);
  });

  it('never take the place of what was made here', async () => {
    const document = await withSource();
    const here = await fixture.bench();
    const own = await here.run(document);
    // One picture under the key of the other.
    const file = await foreign(document, ({ results }) => {
      const said = results.map(({ outputs }) => outputs);
      results.forEach((result, at) => {
        result.outputs = said.at(at - 1)!;
      });
    });
    const { path } = await here.engine.unpackBundle(file, join(fixture.folder, 'desk'));
    const { events } = await here.run(read(path), { folder: join(path, '..') });
    const images = (all: typeof events) =>
      ofType(all, 'step-finished')
        .filter(({ node }) => node === 'make')
        .map(({ step, outputs, bundled }) => [step, outputs['image'], bundled])
        .sort();
    expect(images(events)).toEqual(images(own.events));
    expect(here.engine.receipts(events[0]!.run)).toMatchObject({ reused: [{}, {}], bundled: [] });
  });

  it.each([
    ['another size than the picture has', (image: object) => ({ ...image, width: 16 })],
    ['another format', (image: object) => ({ ...image, format: 'webp' })],
    ['words where a picture is given', () => 'a picture'],
  ])('are left out when they say %s', async (_what, lie) => {
    const file = await foreign(await withSource(), ({ results }) => {
      for (const { outputs } of results)
        for (const [port, items] of Object.entries(outputs))
          outputs[port] = items.map((item) => lie(item as object));
    });
    const here = await fixture.bench();
    const { path } = await here.engine.unpackBundle(file, join(fixture.folder, 'desk'));
    expect(await verdictOf(here, read(path))).toMatchObject({ verdict: 'will-run' });
  });

  it('go along when the workflow is handed on, and stay when the data folder is cleaned up', async () => {
    const file = await foreign(await withSource());
    const here = await fixture.bench();
    const { path } = await here.engine.unpackBundle(file, join(fixture.folder, 'desk'));
    const request = here.request(read(path), { folder: join(path, '..') });
    const onward = join(fixture.folder, 'onward.zip');
    expect(await here.engine.writeBundle(request, onward, { results: true })).toMatchObject({ results: 4 });
    await here.engine.storage.cleanUp({ dryRun: false, open: [request], keepBytes: 0 });
    expect(await verdictOf(here, read(path))).toMatchObject({ bundled: 2 });
    const report = await here.engine.storage.cleanUp({ dryRun: false, open: [], keepBytes: 0 });
    expect(report.results).toBe(4);
  });
});

describe('a picture that was saved', () => {
  const saved = (events: Parameters<typeof ofType>[0]) =>
    ofType(events, 'run-closed').length === 1 ? readdirSync(join(fixture.folder, 'out')).sort() : [];

  it('gives back the graph that made it, on another computer too', async () => {
    const here = await fixture.bench();
    const document = await withSource();
    const { events } = await here.run(document);
    const [name] = saved(events);
    const file = join(fixture.folder, 'out', name!);
    const there = await fixture.bench({ dataFolder: join(fixture.folder, 'other') });
    const found = await there.engine.workflowOf(file);
    expect(found.from).toBe('picture');
    expect(found.document.nodes['words']?.params).toEqual(document.nodes['words']?.params);
    expect(readFileSync(file).toString('latin1')).not.toContain(fixture.folder);
    // Taken in again it is the picture it was, without the graph.
    const { image } = await there.engine.importFile(file, null);
    const shrunk = ofType(events, 'step-finished').filter(({ node }) => node === 'shrink');
    expect(shrunk.flatMap(({ outputs }) => outputs['image'])).toContainEqual(image);
  });

  it('carries nothing where the person wants it so, and is still known here by its content', async () => {
    const here = await fixture.bench({ carryWorkflow: () => false });
    const { events } = await here.run(await withSource());
    const file = join(fixture.folder, 'out', saved(events)[0]!);
    expect((await here.engine.workflowOf(file)).from).toBe('history');
    const there = await fixture.bench({ dataFolder: join(fixture.folder, 'other') });
    await expect(there.engine.workflowOf(file)).rejects.toMatchObject({ failure: { code: 'no-workflow' } });
  });

  it('is not written anew while it stands as it was written, and its copy is found', async () => {
    const here = await fixture.bench();
    const document = await withSource();
    const names = saved((await here.run(document)).events);
    const again = await here.run(document);
    expect(ofType(again.events, 'step-finished').every(({ reused }) => reused)).toBe(true);
    expect(readdirSync(join(fixture.folder, 'out')).sort()).toEqual(names);
    const shown = ofType(again.events, 'step-finished').find(({ node }) => node === 'make')!;
    const image = shown.outputs['image']![0] as { hash: string };
    const copy = join(fixture.folder, 'copy.png');
    await here.engine.savePictureAs(image.hash, copy);
    const there = await fixture.bench({ dataFolder: join(fixture.folder, 'other') });
    expect((await there.engine.workflowOf(copy)).from).toBe('picture');
  });
});

describe('a bundle of a workflow with subgraphs', () => {
  const inSubgraph = (document: WorkflowDocument, ids: string[]) => {
    const made = packNodes(document, ids, catalogueOf(document, smallNodes), 'Look');
    if ('refused' in made) throw new Error(made.refused);
    return made.document;
  };

  it('carries the pictures and pins inside them', async () => {
    const here = await fixture.bench();
    const source = await withSource();
    const { events } = await here.run(source);
    const pinned = ofType(events, 'step-finished')
      .filter(({ node }) => node === 'make')
      .reduce((pinning, { outputs }, at) => pinStep(pinning, 'make', pinPlace(at, 0), outputs), source);
    const document = inSubgraph(inSubgraph(pinned, ['source', 'make', 'shrink']), ['look', 'write']);
    const file = join(fixture.folder, 'a.zip');
    const written = await here.engine.writeBundle(here.request(document), file, { results: false });
    expect(written).toMatchObject({ missing: [], pictures: 3 });
    const there = await fixture.bench({ dataFolder: join(fixture.folder, 'other') });
    const { path } = await there.engine.unpackBundle(file, join(fixture.folder, 'desk'));
    const folder = join(fixture.folder, 'desk', 'a');
    const { issues, nodes } = await there.engine.plan(there.request(read(path), { folder }));
    expect(issues).toEqual([]);
    expect(nodes.find(({ id }) => id.endsWith('/make'))).toMatchObject({ verdict: 'reused', pinned: 2 });
  });

  it('holds no place of this computer that a node outside gives to one inside', async () => {
    const bench = await fixture.bench();
    const secret = join(fixture.folder, 'private');
    const packed = inSubgraph(chain(), ['shrink', 'write']);
    const [[id, inside] = ['', undefined]] = Object.entries(packed.subgraphs ?? {});
    const document = setParam(
      { ...packed, subgraphs: { [id]: { ...inside!, params: [{ name: 'to', param: 'write.name' }] } } },
      'look',
      'to',
      secret,
    );
    const file = join(fixture.folder, 'a.zip');
    await bench.engine.writeBundle(bench.request(document), file, { results: false });
    for (const bytes of Object.values(unzipSync(readFileSync(file))))
      expect(Buffer.from(bytes).toString('utf8')).not.toContain(fixture.folder);
  });
});
