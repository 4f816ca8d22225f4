import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeCause } from '#core/compare/comparison-words';
import { setParam } from '#core/document/edit';
import { parseDocument } from '#core/document/parse';
import type { RunReceipts } from '#core/receipt';
import { withoutPlaces } from '#engine/history/private-paths';
import { Store } from '#engine/store/store';
import { drawPicture } from '#test/kit/draw-picture';
import { engineBench, type EngineBench } from '#test/kit/engine-bench';
import { temporaryFolder } from '#test/kit/temporary-folder';
import { scriptedProvider, type ScriptedProvider } from '#test/kit/scripted-provider';
import { small, smallNodes } from '#test/kit/small-catalogue';

let folder: ReturnType<typeof temporaryFolder>;
let vendor: ScriptedProvider;
let bench: EngineBench;

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

const chain = () =>
  small(
    [
      ['words', 'words', { lines: 'a cat\na dog' }],
      ['make', 'make'],
      ['shrink', 'shrink'],
      ['write', 'write'],
    ],
    ['words.text > make.prompt', 'make.image > shrink.image', 'shrink.image > write.image'],
  );

async function run(document = chain(), more = {}): Promise<string> {
  const { events } = await bench.run(document, more);
  return events[0]!.run;
}

const causes = (a: string, b: string) =>
  bench.engine.compare(a, b).causes.map((cause) => describeCause(cause));

describe('two runs of a data folder', () => {
  it('are compared by what was kept, also when a third was between them, and after a restart', async () => {
    const first = await run();
    await run(setParam(chain(), 'words', 'lines', 'a cow\na hen'));
    const third = await run(setParam(chain(), 'words', 'lines', 'a cat\na fox'));
    expect(causes(first, third)).toEqual(['words: lines: “a cat a dog” → “a cat a fox”']);
    await bench.engine.close();
    bench = await engineBench(folder.path, [vendor.provider]);
    const comparison = bench.engine.compare(first, third);
    expect(comparison.steps.map(({ step, through }) => [step, through?.step])).toEqual([
      ['make#1', undefined],
      ['shrink#1', 'make#1'],
      ['write#1', 'shrink#1'],
    ]);
  });

  it('that used the same results again have all of them in common', async () => {
    const [first, second] = [await run(), await run()];
    const { same, causes: none, steps } = bench.engine.compare(first, second);
    expect([same.length, none, steps]).toEqual([6, [], []]);
  });

  it('differ by a revision of the provider that no word of the graph tells', async () => {
    const first = await run();
    await bench.engine.close();
    bench = await engineBench(folder.path, [{ ...vendor.provider, revision: 2 }]);
    expect(causes(first, await run())).toEqual(['make: revision of the provider: 1 → 2']);
  });

  it('differ by the folder the files go to, which is not told', async () => {
    const first = await run();
    const second = await run(chain(), { outFolder: join(folder.path, 'elsewhere') });
    expect(causes(first, second)).toEqual(['write: it writes to another folder']);
  });

  it('differ by what the vendor refused in one of them', async () => {
    const first = await run();
    const refused = await scriptedProvider({
      submit: () => Promise.reject(new Error('it does not work today')),
    });
    await bench.engine.close();
    bench = await engineBench(folder.path, [{ ...refused.provider, revision: 2 }]);
    const second = await run();
    await refused.close();
    const { causes: found } = bench.engine.compare(first, second);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      node: 'make',
      change: { kind: 'ended', before: 'finished', after: 'failed' },
    });
    expect(found[0]!.steps).toHaveLength(6);
  });

  it('keep saying what changed since the last time, from rows of before as well', async () => {
    await run();
    const edited = setParam(chain(), 'make', 'seed', 7);
    const reasons = async () =>
      (await bench.engine.plan(bench.request(edited))).steps.find(({ id }) => id === 'make#0')!.reason;
    const seedChanged = { code: 'changed', differences: [{ part: 'param', name: 'seed' }] };
    expect(await reasons()).toEqual(seedChanged);
    await bench.engine.close();
    const store = new Store(join(folder.path, 'data'));
    const previous = store.table<unknown, string>('previous');
    const keys = store.table<{ parts: unknown }, string>('keys');
    const place = 'document-1/make#0.0';
    const parts = keys.get(previous.get(place) as string)!.parts;
    await previous.put(place, parts);
    await keys.clearAsync();
    await store.close();
    bench = await engineBench(folder.path, [vendor.provider]);
    expect(await reasons()).toEqual(seedChanged);
  });
});

describe('a receipt', () => {
  it('says who made a picture, under which request, for how much by our list and by the vendor’s word', async () => {
    await bench.engine.close();
    const { check } = vendor.provider;
    const saying: typeof vendor.provider = {
      ...vendor.provider,
      check: async (job, tools) => {
        const state = await check!(job, tools);
        return state.state === 'done'
          ? { ...state, result: { ...state.result, price: 0.03, vendorId: `claim-${job.id}` } }
          : state;
      },
    };
    bench = await engineBench(folder.path, [saying]);
    const first = await run();
    const { own, reused, sum } = bench.engine.receipts(first);
    expect(reused).toEqual([]);
    expect(own).toHaveLength(2);
    expect(sum).toEqual({ ours: 0.08, vendors: 0.06 });
    const make = bench.engine
      .show(first)!
      .flatMap((event) => (event.type === 'step-finished' && event.node === 'make' ? [event] : []));
    for (const receipt of own) {
      const step = make.find(({ step: id }) => id === receipt.step)!;
      const job = [...vendor.shop.jobs.values()].find(({ requestId }) => requestId === receipt.requestId)!;
      expect(receipt).toMatchObject({
        run: first,
        key: step.key,
        provider: 'shop',
        model: 'one',
        vendorId: `claim-${job.id}`,
        price: 0.04,
        vendorPrice: 0.03,
        pictures: Object.values(step.outputs)
          .flat()
          .map((image) => (image as { hash: string }).hash),
      });
    }
    // A run that only used them again carries the receipts of the one that paid.
    const second = bench.engine.receipts(await run());
    expect(second).toMatchObject({ own: [], sum: { ours: 0, vendors: 0 } });
    expect(second.reused).toEqual(own);
  });

  it('of a run that is not there is refused by name, as is everything else asked of it', async () => {
    const known = await run();
    const refusal = expect.objectContaining({ failure: expect.objectContaining({ code: 'unknown-run' }) });
    for (const ask of [
      () => bench.engine.receipts('gone'),
      () => bench.engine.compare(known, 'gone'),
      () => bench.engine.compare('gone', known),
      () => bench.engine.documentOf('gone'),
      () => bench.engine.exportRun('gone', folder.path),
    ])
      expect(ask).toThrow(refusal);
  });
});

describe('an exported run', () => {
  const filesIn = (path: string) => readdirSync(path).toSorted();
  const textsIn = (path: string) =>
    filesIn(path)
      .filter((name) => !/\.(png|jpg)$/.test(name))
      .map((name) => readFileSync(join(path, name), 'utf8'));

  it('has the pictures, the graph as it was, the receipts and the facts', async () => {
    const id = await run();
    const { path, pictures, missing } = await bench.engine.exportRun(id, join(folder.path, 'exports'));
    expect(basename(path)).toBe(`Small ${id}`);
    expect(filesIn(path)).toEqual([
      'make-1.png',
      'make-2.png',
      'receipts.json',
      'run.json',
      'shrink-1.png',
      'shrink-2.png',
      'workflow.seedloom',
    ]);
    expect([pictures, missing]).toEqual([4, []]);
    const [receipts, facts, workflow] = textsIn(path) as [string, string, string];
    expect(parseDocument(workflow, smallNodes)).toEqual({ ok: true, document: chain() });
    expect((JSON.parse(receipts) as RunReceipts).own.map(({ step }) => step).sort()).toEqual([
      'make#0',
      'make#1',
    ]);
    expect(JSON.parse(facts)).toMatchObject({
      run: id,
      outcome: 'done',
      spent: 0.08,
      documentId: 'document-1',
    });
    const { steps } = JSON.parse(facts) as {
      steps: { step: string; pictures: { hash: string; file: string }[] }[];
    };
    for (const { pictures: shown } of steps)
      for (const { hash, file } of shown)
        expect(readFileSync(join(path, file))).toEqual(readFileSync(bench.engine.pictureFile(hash)!));
  });

  it('goes over nothing that is there', async () => {
    const id = await run();
    const exports = join(folder.path, 'exports');
    mkdirSync(join(exports, `Small ${id}`), { recursive: true });
    writeFileSync(join(exports, `Small ${id}`, 'run.json'), 'mine');
    const { path } = await bench.engine.exportRun(id, exports);
    expect(basename(path)).toBe(`Small ${id} (2)`);
    expect(readFileSync(join(exports, `Small ${id}`, 'run.json'), 'utf8')).toBe('mine');
    expect(filesIn(join(exports, `Small ${id}`))).toEqual(['run.json']);
  });

  it('says nothing of this machine: no home, no data folder, no place of the workflow or its pictures', async () => {
    const pictures = join(folder.path, 'private pictures');
    const workflows = join(folder.path, 'workflows');
    mkdirSync(pictures);
    writeFileSync(join(pictures, 'cat.png'), await drawPicture({ width: 64, height: 64, from: 'a cat' }));
    const document = small(
      [
        ['picture', 'picture', { file: { name: 'cat.png', path: join(pictures, 'cat.png') } }],
        ['climbing', 'picture', { file: { name: 'cat.png', path: '../private pictures/cat.png' } }],
        ['change', 'change', { prompt: `as in ${homedir()}/notes, ${workflows}/more` }],
        ['write', 'write', { name: join(folder.path, 'somewhere', 'named') }],
      ],
      ['picture.image > change.images', 'climbing.image > change.images', 'change.image > write.image'],
    );
    const id = await run(document, { folder: workflows });
    const { path } = await bench.engine.exportRun(id, join(folder.path, 'exports'));
    const texts = textsIn(path);
    expect(texts).toHaveLength(3);
    for (const text of texts)
      for (const place of [
        homedir(),
        folder.path,
        join(folder.path, 'data'),
        bench.outFolder,
        'private pictures',
      ])
        expect(text).not.toContain(JSON.stringify(place).slice(1, -1));
    expect(texts.join('')).toContain('as in ~/notes');
  });

  it('that cannot be written leaves nothing behind and says where', async () => {
    const id = await run();
    const file = join(folder.path, 'a file');
    writeFileSync(file, 'mine');
    await expect(bench.engine.exportRun(id, join(file, 'below'))).rejects.toMatchObject({
      failure: { code: 'cannot-write', act: 'user', charge: 'none' },
    });
    expect(existsSync(join(file, 'below'))).toBe(false);
  });
});

describe('places of this machine', () => {
  it('are taken out whole, the longest first, and no others', () => {
    const places = [
      { path: '/home/max', words: '(workflow folder)' },
      { path: '/home/max/data', words: '(data folder)' },
      { path: 'C:\\Users\\Max', words: '(output folder)' },
    ];
    const text = JSON.stringify([
      '/home/max/data/x',
      '/home/max/y',
      '/home/maxine',
      'C:\\Users\\Max\\z',
      'see /h/m.',
    ]);
    expect(JSON.parse(withoutPlaces(text, places, '/h/m'))).toEqual([
      '(data folder)/x',
      '(workflow folder)/y',
      '/home/maxine',
      '(output folder)\\z',
      'see ~.',
    ]);
  });
});
