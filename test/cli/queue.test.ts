import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { queueEntrySchema, type QueueEntry, type QueueState } from '#core/queue';
import { drawPicture } from '../kit/draw-picture';
import { commandLine, eventsOf, refusal, workflow, type CommandLine, type Ended } from './command-line';

let line: CommandLine;
beforeEach(() => {
  line = commandLine();
});
afterEach(() => line.remove());

const one = (prompt: string) =>
  workflow([['make', 'generate', { prompt, size: { width: 64, height: 64 } }]], [], { title: prompt });

async function add(name: string, workflowOf = one(name)): Promise<QueueEntry> {
  const added = await line.seedloom('queue', 'add', line.write(`${name}.seedloom`, workflowOf), '--json');
  expect(added.code).toBe(0);
  return queueEntrySchema.parse(JSON.parse(added.out));
}

const jobs = (ended: Ended) =>
  eventsOf(ended).flatMap((event) => (event.type === 'job-accepted' ? [event.job] : []));
const stateOf = ({ out }: Ended) => JSON.parse(out) as QueueState;
const opened = (ended: Ended) =>
  eventsOf(ended).flatMap((event) => (event.type === 'run-opened' ? [event.run] : []));

describe('seedloom queue', () => {
  it('keeps runs in order from one process to the next, and works on them', async () => {
    const [cat, dog, hen] = [await add('cat'), await add('dog'), await add('hen')];
    expect(cat).toMatchObject({ title: 'cat', price: 0 });
    const moved = await line.seedloom('queue', 'move', hen.run, '--before', cat.run, '--json');
    expect(stateOf(moved).waiting.map(({ title }) => title)).toEqual(['hen', 'cat', 'dog']);
    expect((await line.seedloom('queue', 'remove', cat.run)).code).toBe(0);
    const { out } = await line.seedloom('queue', 'list');
    expect(out.indexOf('hen')).toBeGreaterThan(0);
    expect(out.indexOf('hen')).toBeLessThan(out.indexOf('dog'));
    expect(out).not.toContain('cat');
    expect(out).toContain('2 runs wait, at most $0.00 together.');

    const worked = await line.seedloom('queue', 'work', '--json');
    expect(worked.code).toBe(0);
    expect(opened(worked)).toEqual([hen.run, dog.run]);
    expect((await line.seedloom('queue', 'list')).out).toBe('Nothing waits in the queue.\n');
    expect((await line.seedloom('queue', 'work')).out).toBe('Nothing waits in the queue.\n');
  });

  it('refuses a file that cannot run, and runs that do not wait, with 2', async () => {
    const file = line.write('wrong.seedloom', workflow([['change', 'edit', { prompt: 'at night' }]]));
    const added = await line.seedloom('queue', 'add', file, '--json');
    expect(added.code).toBe(2);
    expect(refusal(added).length).toBeGreaterThan(0);
    const { run } = await add('cat');
    const calls = [
      ['remove', 'nope'],
      ['move', 'nope'],
      ['move', run, '--before', 'nope'],
    ] as const;
    for (const given of calls) {
      const refused = await line.seedloom('queue', ...given);
      expect(refused).toMatchObject({ code: 2, out: '' });
      expect(refused.errors).toContain('No run "nope" waits in the queue. "seedloom queue list"');
    }
  });

  it('ends with the worst code, and says of one that cannot run any more why', async () => {
    const picture = join(line.folder, 'gone.png');
    writeFileSync(picture, await drawPicture({ width: 64, height: 64, from: '#335577' }));
    const needsFile = workflow(
      [
        ['file', 'image', { file: { name: 'gone.png', path: 'gone.png' } }],
        ['change', 'edit', { prompt: 'at night', size: { width: 64, height: 64 } }],
      ],
      ['file.image > change.image'],
    );
    const gone = await add('gone', needsFile);
    const cat = await add('cat');
    rmSync(picture);
    rmSync(join(line.folder, 'data', 'blobs'), { recursive: true });
    const worked = await line.seedloom('queue', 'work', '--json');
    expect(worked.code).toBe(1);
    expect(worked.errors).toContain('It could not run: ');
    expect(opened(worked)).toEqual([gone.run, cat.run]);
    expect((await line.seedloom('show', gone.run)).out).toContain('could not run: ');
  });

  it('waits while it is paused, also for another process to resume it', async () => {
    const { run } = await add('cat');
    await line.seedloom('queue', 'pause');
    expect((await line.seedloom('queue', 'list')).out).toContain('The queue is paused');
    let resumed: Promise<Ended> | undefined;
    const worked = await line.start(['queue', 'work', '--json'], {}, (text) => {
      if (text.includes('The queue is paused')) resumed ??= line.seedloom('queue', 'resume');
    });
    expect((await resumed)?.code).toBe(0);
    expect(worked.code).toBe(0);
    expect(opened(worked)).toEqual([run]);
    expect(worked.errors).toContain('Going on.');
  });

  it('is worked on by one process at a time', async () => {
    const { run } = await add('cat');
    let second: Promise<Ended> | undefined;
    const slow = ['queue', 'work', '--json', '--setting', 'sandbox.delay=3000'];
    const first = await line.start(slow, {}, (text) => {
      if (text.includes('job-accepted')) second ??= line.seedloom('queue', 'work');
    });
    expect(await second).toMatchObject({ code: 0 });
    expect((await second)?.out).toContain('Another Seedloom works on the queue');
    expect(opened(first)).toEqual([run]);
  });

  it('goes on after the process was killed: what was under way first, and nothing twice', async () => {
    const [cat, dog] = [await add('cat'), await add('dog')];
    const slow = ['queue', 'work', '--json', '--setting', 'sandbox.delay=3000'];
    const killed = await line.start(slow, {}, (text, kill) => {
      if (text.includes('job-accepted')) kill('SIGKILL');
    });
    expect(opened(killed)).toEqual([cat.run]);
    const listed = stateOf(await line.seedloom('queue', 'list', '--json'));
    expect(listed).toMatchObject({ underWay: cat, waiting: [dog], worker: 'none' });
    const worked = await line.seedloom('queue', 'work', '--json');
    expect(worked.code).toBe(0);
    expect(opened(worked)).toEqual([cat.run, dog.run]);
    const [before, [again]] = [jobs(killed), jobs(worked)];
    expect(before).toHaveLength(1);
    expect(again).toEqual(before[0]);
  });

  it('stops at Ctrl+C: the run under way is cancelled, the rest waits', async () => {
    const [cat, dog] = [await add('cat'), await add('dog')];
    const slow = ['queue', 'work', '--json', '--setting', 'sandbox.delay=60000'];
    const stopped = await line.start(slow, {}, (text, kill) => {
      if (text.includes('job-accepted')) kill('SIGINT');
    });
    expect(stopped.code).toBe(130);
    expect(opened(stopped)).toEqual([cat.run]);
    expect(stateOf(await line.seedloom('queue', 'list', '--json')).waiting).toEqual([dog]);
  });
});
