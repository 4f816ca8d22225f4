import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Comparison } from '#core/compare/comparison';
import type { ListedPicture } from '#core/gallery';
import type { ExportedRun } from '#core/exported-run';
import type { RunSummary } from '#core/ipc';
import type { RunReceipts } from '#core/receipt';
import { commandLine, eventsOf, refusal, workflow, type CommandLine } from './command-line';

let line: CommandLine;
beforeEach(() => {
  line = commandLine();
});
afterEach(() => line.remove());

async function twoRuns(): Promise<[string, string]> {
  const file = line.write(
    'cats.seedloom',
    workflow(
      [
        ['words', 'prompt', { text: 'a cat on a roof' }],
        ['make', 'generate', { size: { width: 96, height: 64 } }],
        ['change', 'edit', { prompt: 'at night' }],
      ],
      ['words.text > make.prompt', 'make.image > change.image'],
    ),
  );
  const run = async (...more: string[]) =>
    eventsOf(await line.seedloom('run', file, '--json', ...more))[0]!.run;
  return [await run(), await run('--set', 'change.prompt=at noon')];
}

const parsed = <T>({ out }: { out: string }) => JSON.parse(out) as T;

describe('looking back', () => {
  it('lists only the newest runs where so few are wanted', async () => {
    const [, second] = await twoRuns();
    const list = parsed<RunSummary[]>(await line.seedloom('runs', '--limit', '1', '--json'));
    expect(list.map(({ run }) => run)).toEqual([second]);
    const words = await line.seedloom('runs', '--limit', '1');
    expect(words.out).toContain('1 older not shown');
    const none = await line.seedloom('runs', '--limit', '0');
    expect([none.code, none.errors]).toEqual([2, expect.stringContaining('whole number from 1')]);
  });

  it('compares two runs: the first cause first, what follows from it under it', async () => {
    const [first, second] = await twoRuns();
    const words = await line.seedloom('compare', first, second);
    expect(words.code).toBe(0);
    expect(words.out).toContain('1 step in common, 1 differs.');
    expect(words.out).toContain('1. change: prompt: “at night” → “at noon”\n   change#0');
    const comparison = parsed<Comparison>(await line.seedloom('compare', first, second, '--json'));
    expect(comparison).toMatchObject({ a: { run: first }, b: { run: second }, same: ['make#0'] });
    expect(comparison.causes).toHaveLength(1);
    expect((await line.seedloom('compare', first, first)).out).toContain(
      'Nothing differs: 2 steps in common.',
    );
  });

  it('shows the receipts with their sum, and those of an earlier run that were used again', async () => {
    const [first, second] = await twoRuns();
    const receipts = parsed<RunReceipts>(await line.seedloom('receipts', first, '--json'));
    expect(receipts.own.map(({ step, provider }) => [step, provider])).toEqual([
      ['make#0', 'sandbox'],
      ['change#0', 'sandbox'],
    ]);
    const words = await line.seedloom('receipts', second);
    expect(words.code).toBe(0);
    expect(words.out).toMatch(/sum +\$0\.00 +\$0\.00/);
    expect(words.out).toContain('paid for by an earlier run:');
    expect(words.out).toContain(first);
  });

  it('writes a run into a new folder, here or where it is told to', async () => {
    const [first] = await twoRuns();
    const here = parsed<ExportedRun>(await line.seedloom('export', first, '--json'));
    expect(here.path).toBe(join(line.folder, `Test ${first}`));
    expect(readdirSync(here.path).toSorted()).toEqual([
      'change-1.png',
      'make-1.png',
      'receipts.json',
      'run.json',
      'workflow.seedloom',
    ]);
    const there = await line.seedloom('export', first, '--out', 'archive');
    expect(there.out).toContain(join(line.folder, 'archive', `Test ${first}`));
    const again = await line.seedloom('run', join(here.path, 'workflow.seedloom'), '--json');
    expect(eventsOf(again).filter((event) => event.type === 'job-intended')).toEqual([]);
    expect(again.code).toBe(0);
  });

  it('says which run is not there, and does nothing', async () => {
    const [first] = await twoRuns();
    for (const words of [
      ['receipts', 'gone'],
      ['compare', first, 'gone'],
      ['compare', 'gone', first],
      ['export', 'gone', '--out', 'nowhere'],
    ]) {
      const refused = await line.seedloom(...words, '--json');
      expect(refused.code).toBe(2);
      expect(refused.errors).toContain('There is no run "gone".');
      expect(refusal(refused)[0]).toMatchObject({ code: 'unknown-run' });
    }
    expect(existsSync(join(line.folder, 'nowhere'))).toBe(false);
  });
});

describe('the pictures of all runs', () => {
  it('are listed from the terminal, filtered, and with an index built anew', async () => {
    await twoRuns();
    const all = parsed<ListedPicture[]>(await line.seedloom('pictures', '--json'));
    // One picture, and two ways to change it.
    expect(all.map(({ node }) => node).sort()).toEqual(['change', 'change', 'make']);
    const noon = await line.seedloom('pictures', '--text', 'at noon', '--model', 'sandbox', '--rebuild');
    expect(noon.out.trim().split('\n')).toHaveLength(2);
    expect(noon.out).toContain(all.find(({ prompt }) => prompt === 'at noon')!.hash.slice(0, 12));
    const none = await line.seedloom('pictures', '--since', '2100-01-01');
    expect([none.code, none.out.trim()]).toEqual([0, 'No such pictures.']);
    const wrong = await line.seedloom('pictures', '--since', 'yesterday');
    expect([wrong.code, wrong.errors]).toEqual([2, expect.stringContaining('It is a date such as')]);
  });
});
