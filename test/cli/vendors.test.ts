import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFakeComfyui } from '../kit/fake-comfyui';
import { createFakeFal } from '../kit/fake-fal';
import type { FakeVendor } from '../kit/fake-vendor';
import {
  commandLine,
  eventsOf,
  failures,
  finished,
  planOf,
  sent,
  workflow,
  type CommandLine,
} from './command-line';

let line: CommandLine;
let fal: FakeVendor;
beforeEach(async () => {
  line = commandLine();
  fal = await createFakeFal();
});
afterEach(async () => {
  await fal.close();
  line.remove();
});

const paid = { SEEDLOOM_FAL_KEY: 'test-key' };
const atFake = () => ({ ...paid, SEEDLOOM_FAL_URL: fal.url });
const onFal = ['--route', 'fal/seedream-4.5'];
const pair = workflow(
  [
    ['make', 'generate', { prompt: 'a cat' }],
    ['change', 'edit', { prompt: 'at night' }],
  ],
  ['make.image > change.image'],
);
const single = workflow([['make', 'generate', { prompt: 'a cat' }]]);

describe('a run on a paid route', () => {
  it('pays once for each picture, and sends nothing the second time', async () => {
    const file = line.write('pair.seedloom', pair);
    const plan = planOf(await line.start(['plan', file, '--json', ...onFal], atFake()));
    expect(plan.forecast.price).toEqual({ low: 0.08, high: 0.08 });
    expect(fal.requests).toEqual([]);

    const first = await line.process(['run', file, '--json', ...onFal], atFake());
    expect(first.code).toBe(0);
    expect(finished(first).map(({ step, price }) => ({ step, price }))).toEqual([
      { step: 'make#0', price: 0.04 },
      { step: 'change#0', price: 0.04 },
    ]);
    expect(eventsOf(first).at(-1)).toMatchObject({ type: 'run-closed', outcome: 'done', spent: 0.08 });
    expect(fal.charges).toHaveLength(2);
    expect(first.out + first.errors).not.toContain('test-key');

    const asked = fal.requests.length;
    const second = await line.start(['run', file, '--json', ...onFal], atFake());
    expect(finished(second).map(({ reused }) => reused)).toEqual([true, true]);
    expect(eventsOf(second).at(-1)).toMatchObject({ spent: 0 });
    expect(fal.requests).toHaveLength(asked);
  });

  it('goes by the person’s own price: in the plan, the budget and the receipt', async () => {
    const file = line.write('single.seedloom', single);
    const price = ['--price', 'fal/seedream-4.5=0.035'];
    const plan = planOf(await line.start(['plan', file, '--json', ...onFal, ...price], atFake()));
    expect(plan.forecast.price).toEqual({ low: 0.035, high: 0.035 });
    expect(plan.nodes.map(({ ownPrice }) => ownPrice)).toEqual([0.035]);
    const wrong = await line.start(['plan', file, ...onFal, '--price', 'fal/seedream-9=1'], atFake());
    expect(wrong).toMatchObject({ code: 2, out: '' });
    expect(wrong.errors).toContain('There is no route "fal/seedream-9"');

    const done = await line.start(['run', file, '--json', ...onFal, ...price, '--budget', '0.036'], atFake());
    const closed = eventsOf(done).at(-1);
    expect(closed).toMatchObject({ type: 'run-closed', outcome: 'done', spent: 0.035 });
    const receipts = await line.seedloom('receipts', closed!.run, '--json');
    expect(JSON.parse(receipts.out)).toMatchObject({ own: [{ price: 0.035 }] });
  });

  it('counts a price that stands in the settings', async () => {
    mkdirSync(join(line.folder, 'data'), { recursive: true });
    writeFileSync(
      join(line.folder, 'data', 'settings.json'),
      JSON.stringify({ prices: { 'fal/seedream-4.5': 0.2 } }),
    );
    const file = line.write('single.seedloom', single);
    const words = await line.start(['plan', file, ...onFal], atFake());
    expect(words.out).toContain('$0.20 (your price)');
    const other = await line.start(['plan', file, ...onFal, '--price', 'fal/seedream-4.5=0.3'], atFake());
    expect(other.out).toContain('$0.30 (your price)');
  });

  it('sends nothing that could pass the budget', async () => {
    const file = line.write('pair.seedloom', pair);
    const nothing = await line.start(['run', file, '--json', ...onFal, '--budget', '0'], atFake());
    expect(nothing.code).toBe(3);
    expect(nothing.errors).toContain('Over budget');
    expect(fal.requests).toEqual([]);
    const one = await line.start(['run', file, '--json', ...onFal, '--budget', '0.05'], atFake());
    expect(one.code).toBe(3);
    expect(fal.charges).toHaveLength(1);
  });

  it('says in words what it needs when there is no key', async () => {
    const file = line.write('single.seedloom', single);
    const run = await line.start(['run', file, ...onFal], { SEEDLOOM_FAL_URL: fal.url });
    expect(run.code).toBe(1);
    expect(run.errors).toContain('SEEDLOOM_FAL_KEY');
    expect(fal.requests).toEqual([]);
  });

  it('says in words that an address cannot be reached', async () => {
    const file = line.write('single.seedloom', single);
    const address = ['--setting', 'fal.baseUrl=http://127.0.0.1:1'];
    const run = await line.start(['run', file, '--json', ...onFal, ...address], paid);
    expect(run.code).toBe(1);
    const [failure] = failures(run);
    expect(failure).toMatchObject({ act: 'user', charge: 'none' });
    expect(failure?.message).toContain('127.0.0.1:1 cannot be reached');
    const text = await line.start(['run', file, ...onFal, ...address], paid);
    expect(text.errors).toContain('127.0.0.1:1 cannot be reached');
  });

  it('asks a person about a request that was cut, and sends it again only on their word', async () => {
    const file = line.write('single.seedloom', single);
    fal.fail({ kind: 'cut-during', on: 'submit' });
    const cut = await line.start(['run', file, '--json', ...onFal], atFake());
    expect(cut.code).toBe(4);
    expect(fal.charges).toHaveLength(1);
    const again = await line.start(['run', file, '--json', ...onFal], atFake());
    expect(again.code).toBe(4);
    expect(sent(again)).toEqual([]);
    expect(fal.charges).toHaveLength(1);

    const run = eventsOf(again)[0]?.run ?? '';
    const answered = await line.start(['answer', run, 'make#0', 'resend'], atFake());
    expect(answered.code).toBe(0);
    expect(answered.out).toContain('1 made');
    expect(fal.charges).toHaveLength(2);
  });

  it('gives a doubtful step up on their word, and sends nothing', async () => {
    const file = line.write('single.seedloom', single);
    fal.fail({ kind: 'cut-during', on: 'submit' });
    const cut = await line.start(['run', file, '--json', ...onFal], atFake());
    const run = eventsOf(cut)[0]?.run ?? '';
    expect((await line.start(['answer', run, 'make#0', 'give-up'], atFake())).code).toBe(0);
    expect((await line.start(['answer', run, 'make#0', 'give-up'], atFake())).code).toBe(2);
    expect(fal.charges).toHaveLength(1);
  });

  it('collects after a kill what was paid for', async () => {
    const file = line.write('single.seedloom', single);
    fal.fail({ kind: 'slow', on: 'status', times: 1 });
    const killed = await line.start(['run', file, '--json', ...onFal], atFake(), (text, signal) => {
      if (text.includes('job-accepted')) void fal.held().then(() => signal('SIGKILL'));
    });
    expect(killed.code).toBe(null);
    fal.release();
    const noticed = await line.start(['run', line.write('other.seedloom', workflow([]))], atFake());
    expect(noticed.errors).toContain('1 run was cut: seedloom resume');
    const resumed = await line.start(['resume'], atFake());
    expect(resumed.code).toBe(0);
    expect(resumed.out).toContain('1 made');
    expect(fal.charges).toHaveLength(1);
    expect((await line.seedloom('resume')).out).toContain('No run was cut');
  });
});

describe('two terminals on one data folder', () => {
  it('pay once for the same pictures at the same time', async () => {
    const file = line.write('pair.seedloom', pair);
    const ended = await Promise.all([
      line.process(['run', file, '--json', ...onFal], atFake()),
      line.process(['run', file, '--json', ...onFal], atFake()),
    ]);
    expect(ended.map(({ code }) => code)).toEqual([0, 0]);
    expect(fal.charges).toHaveLength(2);
    const spent = ended.map((each) => eventsOf(each).at(-1) as { spent?: number }).map((last) => last.spent);
    expect(spent.reduce((sum = 0, each = 0) => sum + each, 0)).toBeCloseTo(0.08);
  });

  it('take over what the other was killed over, once', async () => {
    const file = line.write('single.seedloom', single);
    fal.fail({ kind: 'slow', on: 'status' });
    let second: ReturnType<CommandLine['start']> | undefined;
    const killed = await line.start(['run', file, '--json', ...onFal], atFake(), (text, signal) => {
      if (!text.includes('job-accepted')) return;
      const startSecond = () =>
        line.start(['run', file, '--json', ...onFal], atFake(), (told) => {
          // The second one waits for the first, which is gone now.
          if (told.includes('run-opened')) signal('SIGKILL');
        });
      second = fal.held().then(startSecond);
    });
    expect(killed.code).toBe(null);
    fal.release();
    const taken = await second!;
    expect(taken.code).toBe(0);
    expect(sent(taken)).toEqual([]);
    expect(fal.charges).toHaveLength(1);
    expect((await line.start(['resume'], atFake())).code).toBe(0);
    expect(fal.charges).toHaveLength(1);
  });
});

describe('a second Ctrl+C', () => {
  it('leaves at once; what was paid for is collected later', async () => {
    const file = line.write('single.seedloom', single);
    fal.fail({ kind: 'slow', on: 'cancel' });
    fal.fail({ kind: 'slow', on: 'status' });
    let asked = false;
    const left = await line.start(['run', file, '--json', ...onFal], atFake(), (text, signal) => {
      if (!asked && text.includes('job-accepted')) void fal.held().then(() => signal('SIGINT'));
      asked ||= text.includes('job-accepted');
      if (text.includes('Ctrl+C again')) signal('SIGINT');
    });
    expect(left.code).toBe(130);
    expect(left.errors).toContain('was cut');
    fal.release();
    expect((await line.seedloom('runs')).out).toContain('cut');
    const resumed = await line.start(['resume'], atFake());
    expect(resumed.code).toBe(0);
    expect(fal.charges).toHaveLength(1);
    const again = await line.start(['run', file, '--json', ...onFal], atFake());
    expect(finished(again).map(({ reused }) => reused)).toEqual([true]);
    expect(fal.charges).toHaveLength(1);
  });
});

describe('a run on the own GPU', () => {
  it('makes the pictures on ComfyUI, and sends nothing the second time', async () => {
    const comfyui = await createFakeComfyui({ stepsPerJob: 1 });
    const file = line.write(
      'gpu.seedloom',
      workflow(
        [
          ['make', 'generate', { prompt: 'a cat', size: { width: 512, height: 512 } }],
          ['larger', 'upscale', { factor: 4 }, { route: 'comfyui/esrgan' }],
        ],
        ['make.image > larger.image'],
        { routes: { generate: 'comfyui/sdxl' } },
      ),
    );
    const environment = { SEEDLOOM_COMFYUI_URL: comfyui.url };
    try {
      const first = await line.start(['run', file, '--json'], environment);
      expect(failures(first)).toEqual([]);
      expect(first.code).toBe(0);
      expect(comfyui.charges).toHaveLength(2);
      expect(finished(first).at(-1)?.outputs['image']).toMatchObject([{ width: 2048, height: 2048 }]);
      const second = await line.start(['run', file, '--json'], environment);
      expect(finished(second).map(({ reused }) => reused)).toEqual([true, true]);
      expect(comfyui.charges).toHaveLength(2);
    } finally {
      await comfyui.close();
    }
  });
});
