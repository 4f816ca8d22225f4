import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FailureError } from '#core/failure';
import { engineBench, type EngineBench } from '#test/kit/engine-bench';
import { temporaryFolder } from '#test/kit/temporary-folder';
import { scriptedProvider, type ScriptedProvider } from '#test/kit/scripted-provider';
import { small } from '#test/kit/small-catalogue';

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

const png = (shade: string) =>
  sharp({ create: { width: 40, height: 30, channels: 3, background: shade } })
    .png()
    .toBuffer();

const withPicture = (file: { name: string; path?: string; hash?: string }) =>
  small(
    [
      ['p', 'picture', { file }],
      ['s', 'shrink'],
    ],
    ['p.image > s.image'],
  );

describe('the files of a workflow', () => {
  it('are found beside it, and a changed file changes what depends on it', async () => {
    const path = join(folder.path, 'in.png');
    writeFileSync(path, await png('#aa0000'));
    const document = withPicture({ name: 'in.png', path: 'in.png' });
    await bench.run(document);
    expect((await bench.engine.plan(bench.request(document))).counts.reused).toBe(1);
    writeFileSync(path, await png('#00aa00'));
    const plan = await bench.engine.plan(bench.request(document));
    expect(plan.nodes.find(({ id }) => id === 's')!.reasons).toEqual([
      { code: 'changed', differences: [{ part: 'input', name: 'image' }] },
    ]);
  });

  it('are imported with a relative path and a hash, and the content is kept when the file is gone', async () => {
    mkdirSync(join(folder.path, 'pictures'));
    const path = join(folder.path, 'pictures', 'in.png');
    writeFileSync(path, await png('#0000aa'));
    const { file, image } = await bench.engine.importFile(path, folder.path);
    expect(file).toEqual({ name: 'in.png', path: 'pictures/in.png', hash: image.hash });
    expect(image).toMatchObject({ width: 40, height: 30, format: 'png' });
    rmSync(path);
    expect((await bench.run(withPicture(file))).outcome).toBe('done');
  });

  it('that are nowhere are an issue at their node, and nothing is sent', async () => {
    const { issues } = await bench.engine.plan(
      bench.request(withPicture({ name: 'gone.png', path: 'gone.png' })),
    );
    expect(issues).toEqual([
      expect.objectContaining({ code: 'missing-picture', place: { node: 'p', param: 'file' } }),
    ]);
    expect(issues[0]!.message).toContain('gone.png');
  });

  it('that are damaged are an issue that names the file', async () => {
    const whole = await png('#123456');
    writeFileSync(join(folder.path, 'half.png'), whole.subarray(0, whole.length / 2));
    writeFileSync(join(folder.path, 'words.png'), 'no picture at all');
    for (const name of ['half.png', 'words.png']) {
      const { issues } = await bench.engine.plan(bench.request(withPicture({ name, path: name })));
      expect(issues).toHaveLength(1);
      expect(issues[0]!.message).toContain(name);
      expect(issues[0]!.place.node).toBe('p');
    }
    await expect(bench.engine.importFile(join(folder.path, 'words.png'), null)).rejects.toBeInstanceOf(
      FailureError,
    );
  });

  it('of a workflow that is not saved need their content, not a path', async () => {
    const { file } = await bench.engine.importBytes(await png('#ffaa00'), 'pasted.png');
    expect(file.path).toBeUndefined();
    const request = { ...bench.request(withPicture(file)), folder: null };
    expect((await bench.engine.plan(request)).issues).toEqual([]);
  });
});

describe('pictures by hash', () => {
  it('are files with the very bytes, and previews are smaller', async () => {
    const bytes = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#446688' } })
      .png()
      .toBuffer();
    const { image } = await bench.engine.importBytes(bytes, 'big.png');
    expect(readFileSync(bench.engine.pictureFile(image.hash)!)).toEqual(bytes);
    const preview = await bench.engine.previewFile(image.hash, 256);
    expect((await sharp(readFileSync(preview!)).metadata()).width).toBe(256);
    expect(bench.engine.pictureFile('0'.repeat(64))).toBeUndefined();
    expect(bench.engine.pictureFile('../../etc/passwd')).toBeUndefined();
  });
});
