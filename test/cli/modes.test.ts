import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  bytesOf,
  commandLine,
  finished,
  planOf,
  refusal,
  workflow,
  type CommandLine,
  type Workflow,
} from './command-line';

let line: CommandLine;
beforeEach(() => {
  line = commandLine();
});
afterEach(() => line.remove());

const size = { width: 96, height: 64 };
const chain = (more: Record<string, Workflow> = {}) =>
  workflow(
    [
      ['words', 'sweep', { lines: 'a cat' }],
      ['make', 'generate', { size }, more['make'] ?? {}],
      ['change', 'edit', { prompt: 'at night' }, more['change'] ?? {}],
      ['other', 'generate', { prompt: 'a hat', size }],
    ],
    ['words.text > make.prompt', 'make.image > change.image'],
  );
const steps = (ended: Parameters<typeof finished>[0]) =>
  finished(ended)
    .map(({ step }) => step)
    .sort();

describe('a run', () => {
  it('begins at a node, with what it needs and all that comes after it', async () => {
    const file = line.write('pets.seedloom', chain());
    const before = bytesOf(file);
    expect(steps(await line.seedloom('run', file, '--json', '--from', 'make'))).toEqual([
      'change#0',
      'make#0',
    ]);
    expect(steps(await line.seedloom('run', file, '--json', '--from', 'other'))).toEqual(['other#0']);
    expect(bytesOf(file)).toBe(before);
  });

  it('leaves out a muted node and what needs it, passes by a bypassed one, for this time alone', async () => {
    const file = line.write('pets.seedloom', chain());
    const muted = await line.seedloom('run', file, '--json', '--mute', 'make', '--mute', 'other');
    expect([muted.code, steps(muted)]).toEqual([0, []]);
    const passed = await line.seedloom('run', file, '--json', '--bypass', 'change');
    expect(steps(passed)).toEqual(['make#0', 'other#0']);
    expect(steps(await line.seedloom('run', file, '--json'))).toEqual(['change#0', 'make#0', 'other#0']);
  });

  it('is rehearsed with what goes wrong at a node, and leaves nothing to be decided', async () => {
    const file = line.write('pets.seedloom', chain());
    const plain = await line.seedloom('run', file, '--rehearse');
    expect([plain.code, plain.out]).toEqual([0, expect.stringContaining('Done: 3 made')]);
    const cut = await line.seedloom('run', file, '--fault', 'other=cut');
    expect(cut.code).toBe(4);
    expect(cut.out).toContain('A real run would wait for you');
    expect(cut.errors).toContain('other#0 in doubt: a real run would ask you here');
    expect(cut.errors).not.toContain('seedloom answer');
    const resumed = await line.seedloom('resume');
    expect(resumed.out).toContain('there is nothing to go on with');
    expect((await line.seedloom('run', file, '--fault', 'words=cut')).errors).toContain('asks a model here');
  });

  it('takes new pictures of the nodes asked for and of no other', async () => {
    const file = line.write('pets.seedloom', chain());
    await line.seedloom('run', file);
    const again = await line.seedloom('run', file, '--json', '--from', 'change', '--take-next');
    const made = finished(again).map(({ step, reused }) => [step, reused]);
    expect(made).toEqual([
      ['make#0', true],
      ['change#0', false],
    ]);
  });

  it('says that there is nothing to take where all of it is muted', async () => {
    const file = line.write('pets.seedloom', chain({ make: { mode: 'mute' } }));
    const refused = await line.seedloom('run', file, '--json', '--target', 'change', '--take-next');
    expect(refused.code).toBe(2);
    expect(refusal(refused)).toMatchObject([{ code: 'nothing-to-take' }]);
  });

  it('gives a pinned picture and takes no new one in its place', async () => {
    const first = await line.seedloom('run', line.write('pets.seedloom', chain()), '--json');
    const { outputs } = finished(first).find(({ step }) => step === 'make#0')!;
    const file = line.write(
      'pinned.seedloom',
      chain({ make: { pins: { '0': outputs as unknown as Workflow } } }),
    );
    const run = await line.seedloom(
      'run',
      file,
      '--json',
      '--set',
      'make.prompt=a dog',
      '--target',
      'change',
    );
    expect(finished(run).map(({ step, reused }) => [step, reused])).toEqual([
      ['make#0', true],
      ['change#0', true],
    ]);
    const refused = await line.seedloom('run', file, '--json', '--target', 'make', '--take-next');
    expect(refusal(refused)).toMatchObject([{ code: 'nothing-to-take' }]);
  });

  it.each(['--from', '--mute', '--bypass', '--target'])(
    '%s of an unknown node is refused',
    async (option) => {
      const file = line.write('pets.seedloom', chain());
      const refused = await line.seedloom('run', file, '--json', option, 'nobody');
      expect(refused.code).toBe(2);
      expect(refusal(refused)).toMatchObject([{ severity: 'error', place: { node: 'nobody' } }]);
    },
  );
});

it('a plan says in words what is muted, passed by and left out, and why', async () => {
  const file = line.write('pets.seedloom', chain({ make: { mode: 'mute' } }));
  const { out, code } = await line.seedloom('plan', file);
  expect(code).toBe(0);
  expect(out).toMatch(/make +muted/);
  expect(out).toMatch(/change +left out +needs make, which is muted/);
  const json = planOf(await line.seedloom('plan', file, '--json', '--bypass', 'change'));
  expect(json.nodes.map(({ id, verdict }) => [id, verdict])).toContainEqual(['change', 'bypassed']);
});
