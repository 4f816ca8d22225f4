import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bytesOf, commandLine, eventsOf, finished, planOf, workflow, type CommandLine } from './command-line';

let line: CommandLine;
beforeEach(() => {
  line = commandLine();
});
afterEach(() => line.remove());

const small = { width: 96, height: 64 };
const chain = (save: boolean) =>
  workflow(
    [
      ['words', 'sweep', { lines: 'a cat\na dog' }],
      ['make', 'generate', { size: small }],
      ['change', 'edit', { prompt: 'at night' }],
      ...(save ? [['save', 'save', { name: 'pet-{n}' }] as [string, string, { name: string }]] : []),
    ],
    ['words.text > make.prompt', 'make.image > change.image', ...(save ? ['change.image > save.image'] : [])],
  );

describe('a change for one run', () => {
  it('makes again exactly what the plan says, and leaves the file alone', async () => {
    const file = line.write('pets.seedloom', chain(true));
    const before = bytesOf(file);
    expect((await line.seedloom('run', file)).code).toBe(0);
    expect(planOf(await line.seedloom('plan', file, '--json')).counts).toEqual({
      reused: 6,
      willRun: 0,
      blocked: 0,
    });

    const change = ['--set', 'words.lines=a cat\na hen'];
    const plan = planOf(await line.seedloom('plan', file, '--json', ...change));
    const willRun = plan.steps.filter(({ verdict }) => verdict === 'will-run').map(({ id }) => id);
    expect(willRun).toEqual(['make#1', 'change#1', 'save#1']);
    expect(plan.steps.find(({ id }) => id === 'make#1')?.reason).toEqual({
      code: 'changed',
      differences: [{ part: 'param', name: 'prompt' }],
    });

    const run = await line.seedloom('run', file, '--json', ...change);
    const made = finished(run).filter(({ reused }) => !reused);
    expect(made.map(({ step }) => step)).toEqual(willRun);
    expect(bytesOf(file)).toBe(before);
    expect(readdirSync(join(line.folder, 'pets pictures')).toSorted()).toEqual([
      'pet-1.png',
      'pet-2-2.png',
      'pet-2.png',
    ]);
  });

  it('takes one set value in place of a wire, and says so', async () => {
    const file = line.write('pets.seedloom', chain(false));
    const run = await line.seedloom('run', file, '--json', '--set', 'make.prompt=a fish');
    expect(run.errors).toContain('node make, param prompt');
    expect(finished(run).map(({ step }) => step)).toEqual(['make#0', 'change#0']);
  });

  it('runs only a target and what it needs', async () => {
    const file = line.write('pets.seedloom', chain(true));
    const run = await line.seedloom('run', file, '--json', '--target', 'make');
    expect(finished(run).map(({ node }) => node)).toEqual(['make', 'make']);
  });

  it('takes new pictures again and again, though the file stays as it is', async () => {
    const file = line.write('pets.seedloom', chain(false));
    const hashes: string[] = [];
    for (const more of [[], ['--take-next'], ['--take-next']]) {
      const run = await line.seedloom('run', file, '--json', '--target', 'make', ...more);
      const [step] = finished(run);
      expect(step?.reused).toBe(false);
      hashes.push(step?.key ?? '');
    }
    expect(new Set(hashes).size).toBe(3);
  });

  it('makes a result once that several steps ask for, one after the other', async () => {
    const ids = ['one', 'two', 'three', 'four', 'five'];
    const file = line.write(
      'same.seedloom',
      workflow(
        [
          ['make', 'generate', { prompt: 'a cat', size: small }],
          ...ids.map((id): [string, string] => [id, 'preview']),
        ],
        ['make', ...ids.slice(0, -1)].map((from, place) => `${from}.image > ${ids[place]}.images`),
      ),
    );
    const run = await line.seedloom('run', file, '--json');
    // Every preview passes the same picture on, so all five have one key.
    expect(finished(run).map(({ reused }) => reused)).toEqual([false, false, true, true, true, true]);
  });

  it('puts the pictures of the last nodes into a folder, never over another file', async () => {
    const file = line.write('pets.seedloom', chain(false));
    expect((await line.seedloom('run', file, '--out', 'first')).out).toContain('2 pictures in');
    expect(readdirSync(join(line.folder, 'first')).toSorted()).toEqual(['change-1.png', 'change-2.png']);
    const mine = join(line.folder, 'first', 'change-1.png');
    writeFileSync(mine, 'mine');
    await line.seedloom('run', file, '--out', 'first');
    expect(bytesOf(mine)).toBe(Buffer.from('mine').toString('base64'));
    expect(readdirSync(join(line.folder, 'first'))).toHaveLength(3);
    expect(existsSync(join(line.folder, 'pets pictures'))).toBe(false);
  });

  it('ends at Ctrl+C, cancelled and written down as such', async () => {
    const file = line.write('pets.seedloom', chain(false));
    let interrupted = false;
    const cancelled = await line.start(
      ['run', file, '--json', '--setting', 'sandbox.delay=600000'],
      {},
      (text, kill) => {
        if (!interrupted && text.includes('job-accepted')) kill('SIGINT');
        interrupted ||= text.includes('job-accepted');
      },
    );
    expect(cancelled.code).toBe(130);
    expect(cancelled.errors).toContain('Cancelled');
    expect(eventsOf(cancelled).at(-1)?.type).toBe('run-closed');
    const [summary] = JSON.parse((await line.seedloom('runs', '--json')).out) as { closedAt?: string }[];
    expect(summary?.closedAt).toBeDefined();
  });

  it('tells of a run afterwards', async () => {
    const file = line.write('pets.seedloom', chain(false));
    const run = eventsOf(await line.seedloom('run', file, '--json'));
    const id = run[0]?.run ?? '';
    const [summary] = JSON.parse((await line.seedloom('runs', '--json')).out) as { run: string }[];
    expect(summary).toMatchObject({ run: id, outcome: 'done', spent: 0, steps: 4, title: 'Test' });
    const shown = eventsOf(await line.seedloom('show', id, '--json'));
    expect(shown).toEqual(run.filter((event) => 'seq' in event));
  });
});
