import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Issue } from '#core/issue';
import { bytesOf, commandLine, refusal, workflow, type Workflow } from './command-line';

const line = commandLine();
afterAll(line.remove);

const picture = (name: string) => ({ file: { name, path: name } });

beforeAll(async () => {
  const whole = await sharp({ create: { width: 200, height: 200, channels: 3, background: '#aa3311' } })
    .png({ compressionLevel: 0 })
    .toBuffer();
  writeFileSync(join(line.folder, 'whole.png'), whole);
  writeFileSync(join(line.folder, 'truncated.png'), whole.subarray(0, whole.length / 3));
});

interface BadFile {
  name: string;
  content: Workflow | string;
  /** What each problem must say of itself. */
  problems: Pick<Issue, 'code' | 'place'>[];
}

const badFiles: BadFile[] = [
  { name: 'not-json', content: '{ "seedloom": 1,', problems: [{ code: 'not-json', place: {} }] },
  {
    name: 'newer-format',
    content: workflow([], [], { seedloom: 99 }),
    problems: [{ code: 'newer-format', place: { path: 'seedloom' } }],
  },
  {
    name: 'two-wrong-shapes',
    content: workflow([['make', 'generate', {}, { take: -1 }]], [], { title: 7 }),
    problems: [
      { code: 'wrong-shape', place: { path: 'title' } },
      { code: 'wrong-shape', place: { node: 'make', path: 'nodes.make.take' } },
    ],
  },
  {
    name: 'unknown-type',
    content: workflow([['magic', 'teleport', { to: 'mars' }]]),
    problems: [{ code: 'unknown-type', place: { node: 'magic' } }],
  },
  {
    name: 'unknown-param',
    content: workflow([['make', 'generate', { prompt: 'a cat', promt: 'a dog' }]]),
    problems: [{ code: 'unknown-param', place: { node: 'make', param: 'promt' } }],
  },
  {
    name: 'two-wrong-params',
    content: workflow([['make', 'generate', { prompt: 'a cat', count: 99, size: 'big' }]]),
    problems: [
      { code: 'wrong-param', place: { node: 'make', param: 'size' } },
      { code: 'wrong-param', place: { node: 'make', param: 'count' } },
    ],
  },
  {
    name: 'missing-picture',
    content: workflow([['photo', 'image', picture('gone.png')]]),
    problems: [{ code: 'missing-picture', place: { node: 'photo', param: 'file' } }],
  },
  {
    name: 'cycle',
    content: workflow(
      [
        ['one', 'upscale'],
        ['two', 'upscale'],
      ],
      ['one.image > two.image', 'two.image > one.image'],
    ),
    problems: [
      { code: 'cycle', place: { node: 'one' } },
      { code: 'cycle', place: { node: 'two' } },
    ],
  },
  {
    name: 'wrong-port-type',
    content: workflow(
      [
        ['words', 'prompt', { text: 'a cat' }],
        ['larger', 'upscale'],
      ],
      ['words.text > larger.image'],
    ),
    problems: [{ code: 'wrong-port-type', place: { node: 'larger', port: 'image', path: 'edges.0' } }],
  },
  {
    name: 'unequal-lists',
    content: workflow(
      [
        ['words', 'sweep', { lines: 'a cat\na dog\na hen' }],
        ['seeds', 'sweep', { mode: 'range', from: 1, to: 2 }],
        ['make', 'generate'],
      ],
      ['words.text > make.prompt', 'seeds.number > make.seed'],
    ),
    problems: [{ code: 'unequal-lists', place: { node: 'make', port: 'seed' } }],
  },
  {
    name: 'unknown-provider-and-model',
    content: workflow([
      ['nowhere', 'generate', { prompt: 'a cat' }, { route: 'atlantis/seedream-4.5' }],
      ['no-model', 'generate', { prompt: 'a cat' }, { route: 'fal/seedream-99' }],
      ['fine', 'generate', { prompt: 'a cat' }],
    ]),
    problems: [
      { code: 'unknown-route', place: { node: 'nowhere' } },
      { code: 'unknown-route', place: { node: 'no-model' } },
    ],
  },
  {
    name: 'everything-at-once',
    content: workflow(
      [
        ['magic', 'teleport'],
        ['photo', 'image', picture('gone.png')],
        ['make', 'generate', { promt: 'a dog' }],
        ['change', 'edit', { prompt: 'at night' }],
      ],
      ['make.image > change.prompt'],
    ),
    problems: [
      { code: 'wrong-port-type', place: { node: 'change', port: 'prompt', path: 'edges.0' } },
      { code: 'unknown-type', place: { node: 'magic' } },
      { code: 'missing-picture', place: { node: 'photo', param: 'file' } },
      { code: 'unknown-param', place: { node: 'make', param: 'promt' } },
    ],
  },
];

describe('a file that cannot run', () => {
  it.each(badFiles)('$name: every problem with its place, exit 2, the file untouched', async (bad) => {
    const file = line.write(`${bad.name}.seedloom`, bad.content);
    const before = bytesOf(file);
    const run = await line.seedloom('run', file, '--json');
    expect(run.code).toBe(2);
    const issues = refusal(run);
    expect(issues.map(({ code, place }) => ({ code, place }))).toEqual(bad.problems);
    for (const { message, place } of issues) {
      expect(run.errors).toContain(message);
      for (const part of Object.values(place)) expect(run.errors).toContain(part);
    }
    expect(bytesOf(file)).toBe(before);
  });

  it('says of a truncated picture which one it is', async () => {
    const file = line.write('truncated.seedloom', workflow([['photo', 'image', picture('truncated.png')]]));
    const run = await line.seedloom('run', file, '--json');
    expect(run.code).toBe(2);
    const [issue, ...others] = refusal(run);
    expect(others).toEqual([]);
    expect(issue?.place).toEqual({ node: 'photo', param: 'file' });
    expect(issue?.message).toContain('truncated.png');
  });

  it('says so when the file is not there, or is a folder', async () => {
    expect(refusal(await line.seedloom('run', 'nowhere.seedloom', '--json'))).toMatchObject([
      { code: 'unreadable-file', place: { path: join(line.folder, 'nowhere.seedloom') } },
    ]);
    const folder = await line.seedloom('plan', '.');
    expect(folder.code).toBe(2);
    expect(folder.errors).toContain('folder');
  });

  it('is told apart by validate: 0 for a sound one, every problem otherwise', async () => {
    const sound = line.write(
      'sound.seedloom',
      workflow(
        [
          ['photo', 'image', picture('whole.png')],
          ['larger', 'upscale'],
        ],
        ['photo.image > larger.image'],
      ),
    );
    const fine = await line.seedloom('validate', sound, '--json');
    expect(fine).toMatchObject({ code: 0, errors: '' });
    expect(JSON.parse(fine.out)).toEqual({ ok: true, issues: [] });
    const bad = await line.seedloom('validate', 'everything-at-once.seedloom', '--json');
    expect(bad.code).toBe(2);
    const answer = JSON.parse(bad.out) as { ok: boolean; issues: Issue[] };
    expect(answer.ok).toBe(false);
    expect(answer.issues).toHaveLength(4);
  });
});

describe('bad usage', () => {
  it('names what is allowed for every wrong option, all at once', async () => {
    const file = line.write('make.seedloom', workflow([['make', 'generate', { prompt: 'a cat' }]]));
    const wrong = ['mak.prompt=x', 'make.promt=x', 'make.count=99', 'nonsense'];
    const sets = wrong.flatMap((text) => ['--set', text]);
    const others = ['--route', 'fal/seedream-99', '--target', 'nobody'];
    const run = await line.seedloom('run', file, '--json', ...sets, ...others);
    expect(run.code).toBe(2);
    const messages = refusal(run).map(({ message }) => message);
    expect(messages).toHaveLength(6);
    expect(messages[0]).toContain('there are make');
    expect(messages[1]).toContain('prompt, size, count, set, seed');
    expect(messages[2]).toContain('a whole number from 1 to 15');
    expect(messages[3]).toContain('NODE.PARAM=VALUE');
    expect(messages[4]).toContain('seedream-4.5');
    expect(messages[5]).toContain('nobody');
  });

  it('refuses a route that no node can use', async () => {
    const file = line.write('make.seedloom', workflow([['make', 'generate', { prompt: 'a cat' }]]));
    const [issue] = refusal(await line.seedloom('run', file, '--json', '--route', 'local/lanczos'));
    expect(issue).toMatchObject({ code: 'wrong-route', place: { path: '--route local/lanczos' } });
  });

  it.each([
    [['rnu', 'x.seedloom'], 'Did you mean run?'],
    [['run', '--bugdet', '1', 'x.seedloom'], 'Did you mean --budget?'],
    [['run', 'x.seedloom', '--budget', 'much'], 'US dollars'],
    [['run'], "missing required argument 'file'"],
    [['answer', 'a-run', 'make#0', 'maybe'], 'resend, give-up'],
    [['show', 'no-such-run'], 'seedloom runs'],
    [['resume', 'no-such-run'], 'no run "no-such-run"'],
    [['answer', 'a-run', 'make#0', 'resend'], 'not in doubt'],
  ])('%j exits with 2 and says what would do', async (given, words) => {
    const ended = await line.seedloom(...given);
    expect(ended).toMatchObject({ code: 2, out: '' });
    expect(ended.errors).toContain(words);
  });
});

describe('the lists', () => {
  it('gives every provider with its models, tasks and prices', async () => {
    const providers = JSON.parse((await line.seedloom('providers', '--json')).out) as {
      id: string;
      label: string;
      recovery: string;
      models: { id: string; label: string; tasks: string[]; price: { perPicture: number } }[];
    }[];
    const fal = providers.find(({ id }) => id === 'fal');
    expect(fal).toMatchObject({ label: 'fal', recovery: 'ticket' });
    expect(fal?.models.find(({ id }) => id === 'seedream-4.5')).toMatchObject({
      tasks: ['generate', 'edit'],
      price: { perPicture: 0.04 },
    });
    expect(providers.map(({ id }) => id)).toEqual(expect.arrayContaining(['sandbox', 'local', 'comfyui']));
  });

  it('gives every kind of node with its params and ports', async () => {
    const nodes = JSON.parse((await line.seedloom('nodes', '--json')).out) as Record<string, unknown>[];
    expect(nodes.find(({ type }) => type === 'upscale')).toMatchObject({
      task: 'upscale',
      params: { factor: { initial: 2 } },
      inputs: { image: { type: 'image', takes: 'one', required: true } },
    });
  });
});
