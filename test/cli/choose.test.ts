import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bytesOf, commandLine, finished, planOf, refusal, workflow, type CommandLine } from './command-line';

let line: CommandLine;
let file: string;
beforeEach(() => {
  line = commandLine();
  const nodes: Parameters<typeof workflow>[0] = [
    ['words', 'sweep', { lines: 'a cat\na dog\na hen' }],
    ['make', 'generate', { size: { width: 96, height: 64 } }],
    ['pick', 'choose', {}],
    ['change', 'edit', { prompt: 'at night' }],
  ];
  const edges = ['words.text > make.prompt', 'make.image > pick.images', 'pick.image > change.image'];
  file = line.write('pets.seedloom', workflow(nodes, edges));
});
afterEach(() => line.remove());

const made = (ended: Parameters<typeof finished>[0]) =>
  finished(ended)
    .filter(({ reused }) => !reused)
    .map(({ step }) => step)
    .sort();

describe('a run that comes to a choice', () => {
  it('waits with its pictures by number, and goes on with those that are picked', async () => {
    const before = bytesOf(file);
    const plan = await line.seedloom('plan', file);
    expect(plan.out).toContain('Then you choose at pick: up to 3 pictures.');
    expect(plan.out).toContain('After that 1 to 3 steps, nothing to pay.');

    const waits = await line.seedloom('run', file);
    expect(waits.code).toBe(4);
    expect(waits.out).toContain('pick waits for you to choose of 3 pictures:');
    expect(waits.out).toContain('--pick pick=1,2');
    const folder = join(line.folder, 'pets pictures', 'to choose');
    expect(readdirSync(folder).sort()).toEqual(['pick-1.png', 'pick-2.png', 'pick-3.png']);
    for (const name of readdirSync(folder)) expect(waits.out).toContain(join(folder, name));
    expect((await line.seedloom('runs')).out).toContain('waits for a choice');

    const goesOn = await line.seedloom('run', file, '--json', '--pick', 'pick=1,3');
    expect([goesOn.code, made(goesOn)]).toEqual([0, ['change#0', 'change#1']]);
    expect(bytesOf(file)).toBe(before);
  });

  it('asks nobody when it is told beforehand', async () => {
    const all = await line.seedloom('run', file, '--json', '--set', 'pick.mode=all');
    expect([all.code, made(all).length]).toEqual([0, 6]);
    expect(existsSync(join(line.folder, 'pets pictures', 'to choose'))).toBe(false);
    const plan = planOf(await line.seedloom('plan', file, '--json', '--pick', 'pick=2'));
    expect(plan.steps.map(({ id }) => id)).toEqual(['make#0', 'make#1', 'make#2', 'change#0']);
  });

  it('says what is wrong with a pick', async () => {
    const beyond = await line.seedloom('run', file, '--json', '--pick', 'pick=4');
    expect([beyond.code, refusal(beyond)]).toMatchObject([2, [{ code: 'cannot-choose' }]]);
    const elsewhere = await line.seedloom('run', file, '--json', '--pick', 'make=1');
    expect([elsewhere.code, refusal(elsewhere)]).toMatchObject([2, [{ code: 'wrong-pick' }]]);
    const unclear = await line.seedloom('run', file, '--json', '--pick', 'pick=first');
    expect([unclear.code, refusal(unclear)]).toMatchObject([2, [{ code: 'wrong-param' }]]);
  });
});
