import { existsSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CleanUpReport, StorageReport, VerifyReport } from '#core/storage';
import { commandLine, planOf, workflow, type CommandLine } from './command-line';

let line: CommandLine;
beforeEach(() => {
  line = commandLine();
});
afterEach(() => line.remove());

const cats = workflow([['make', 'generate', { prompt: 'a cat', size: { width: 96, height: 64 } }]], []);
const blobs = () => join(line.folder, 'data', 'blobs');
const pictures = () =>
  readdirSync(blobs(), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.bin'));

describe('seedloom store', () => {
  it('says what uses the data folder, cleans up only when told to, and the picture is made again', async () => {
    const file = line.write('cats.seedloom', cats);
    expect((await line.seedloom('run', file)).code).toBe(0);
    const shown = await line.seedloom('store');
    expect(shown.code).toBe(0);
    expect(shown.out).toMatch(/results +1 picture/);
    const report = JSON.parse((await line.seedloom('store', '--json')).out) as StorageReport;
    expect(report.results.count).toBe(1);

    const dry = await line.seedloom('store', 'clean-up', '--keep', '0MB', '--dry-run');
    expect(dry.out).toMatch(/^Would remove 1 result with 1 picture: \d+ K?B/);
    expect(pictures()).toHaveLength(1);
    expect((await line.seedloom('store', 'clean-up', '--older-than', '1h')).out).toContain(
      'nothing to remove',
    );
    const done = await line.seedloom('store', 'clean-up', '--keep', '0MB', '--json');
    expect(JSON.parse(done.out)).toMatchObject({
      isDryRun: false,
      results: 1,
      bytes: report.results.bytes,
    } satisfies Partial<CleanUpReport>);
    expect(pictures()).toEqual([]);
    expect(planOf(await line.seedloom('plan', file, '--json')).counts.willRun).toBe(1);
    expect((await line.seedloom('runs')).out).toContain('done');
  });

  it('checks every picture, and ends with 1 when one was damaged', async () => {
    const file = line.write('cats.seedloom', cats);
    await line.seedloom('run', file);
    expect(await line.seedloom('store', 'verify')).toMatchObject({ code: 0 });
    const [picture] = pictures();
    writeFileSync(join(blobs(), picture!), 'not what it was');
    const found = await line.seedloom('store', 'verify', '--json');
    expect(found.code).toBe(1);
    const { damaged, folder } = JSON.parse(found.out.split('\n')[0]!) as VerifyReport;
    expect(damaged).toHaveLength(1);
    expect(existsSync(join(folder, `${damaged[0]!.hash}.bin`))).toBe(true);
    expect((await line.seedloom('run', file)).code).toBe(0);
    expect((await line.seedloom('store', 'verify')).out).toContain('Every one is as it was made.');
  });

  it('refuses sizes and ages it cannot read', async () => {
    for (const given of [
      ['--keep', '10'],
      ['--older-than', 'yesterday'],
    ])
      expect(await line.seedloom('store', 'clean-up', ...given)).toMatchObject({ code: 2, out: '' });
  });

  it('says in the terminal that a damaged database was set aside, and goes on', async () => {
    const file = line.write('cats.seedloom', cats);
    await line.seedloom('run', file);
    truncateSync(join(line.folder, 'data', 'store', 'data.mdb'), 5000);
    const ended = await line.seedloom('run', file);
    expect(ended.code).toBe(0);
    expect(ended.errors).toContain('store.damaged-');
    expect((await line.seedloom('store')).out).toMatch(/damaged, set aside +\d+ file/);
  });

  it('refuses a data folder that is a file in words, with exit code 2', async () => {
    const folder = join(line.folder, 'a file');
    writeFileSync(folder, '');
    const ended = await line.start(['runs'], { SEEDLOOM_HOME: folder });
    expect(ended.code).toBe(2);
    expect(ended.errors).toContain('SEEDLOOM_HOME');
    expect(ended.errors).not.toContain('    at ');
  });
});
