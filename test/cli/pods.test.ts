import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PodReport } from '#core/pod';
import type { FakeRunpod } from '../kit/fake-runpod';
import { runpodIn, runpodKey } from '../kit/pod-bench';
import { SimulatedClock } from '../kit/simulated-clock';
import { commandLine, workflow, type CommandLine, type Ended } from './command-line';

let line: CommandLine;
let runpod: FakeRunpod;
beforeEach(async () => {
  line = commandLine();
  // The command line has the real time; this pod's watchdog is not run, its image is deaf.
  const clock = new SimulatedClock(Date.now());
  runpod = await runpodIn(line.folder, { clock, deafImages: ['runpod/comfyui:latest'] });
});
afterEach(async () => {
  await runpod.close();
  line.remove();
});

const environment = (changes: Record<string, string> = {}) => ({
  SEEDLOOM_RUNPOD_KEY: runpodKey,
  SEEDLOOM_RUNPOD_URL: runpod.url,
  ...changes,
});
const pods = (...given: string[]) => line.start(['pods', ...given], environment());
const create = ['create', '--gpu', 'RTX 4090', '--no-wait'];
const spending = () =>
  runpod.requests.filter(({ method, path }) => method === 'POST' && path.startsWith('/v2/pods'));
const reports = ({ out }: Ended) => JSON.parse(out) as PodReport[];

describe('seedloom pods', () => {
  it('shows the price an hour and creates nothing without a yes', async () => {
    const asked = await pods(...create);
    expect(asked.code).toBe(2);
    expect(asked.errors).toContain('$0.60 an hour ($14.40 a day)');
    expect(asked.errors).toContain('--yes');
    expect(spending()).toEqual([]);
    expect(runpod.pods).toEqual([]);
  });

  it('creates with a yes, lists with price and money since the start, stops, and terminates', async () => {
    const made = await pods(...create, '--yes', '--name', 'portraits', '--idle', '20', '--env', 'A=b');
    expect(made).toMatchObject({ code: 0 });
    expect(made.out).toContain('portraits');
    expect(runpod.pods[0]!.body.env['A']).toBe('b');
    await runpod.clock.pass(5);
    const [listed] = reports(await pods('--json'));
    expect(listed).toMatchObject({ id: 'pod1x', name: 'portraits', phase: 'idle', perHour: 0.6, kept: true });
    expect(listed!.rules).toMatchObject({ idle: 20 });
    const words = await pods();
    expect(words.out).toMatch(/pod1x +portraits +ready +\$0\.60\/h +\$0\.\d+/);
    expect(words.out).toContain('1 pod costs $0.60 an hour now');
    const stopped = await pods('stop', 'pod1x');
    expect(stopped.code).toBe(0);
    expect(stopped.out).toContain('None costs by the hour now.');
    expect(runpod.pods[0]!.isUp).toBe(false);
    expect((await pods('terminate', 'pod1x')).code).toBe(2);
    expect((await pods('terminate', 'pod1x', '--yes')).code).toBe(0);
    expect(reports(await pods('--json'))).toEqual([]);
  });

  it('starts a pod of the person for the price that was shown', async () => {
    const pod = runpod.make({ name: 'mine', gpu: { id: 'NVIDIA A40', count: 2 } });
    const asked = await pods('start', pod.id, '--no-wait');
    expect(asked.code).toBe(2);
    expect(asked.errors).toContain('$0.80 an hour');
    expect(asked.errors).toContain('When Seedloom is away nothing stops it.');
    expect(pod.isUp).toBe(false);
    expect((await pods('start', pod.id, '--no-wait', '--yes')).code).toBe(0);
    expect(pod.isUp).toBe(true);
  });

  it('says of every refusal what to do', async () => {
    const pod = runpod.make({ name: 'mine' });
    runpod.zeroGpus = 'refused';
    const zero = await pods('start', pod.id, '--no-wait', '--yes');
    expect([zero.code, zero.errors]).toEqual([2, expect.stringMatching(/no GPU free.*Terminate it/s)]);
    const other = await pods('stop', 'somebody-elses');
    expect([other.code, other.errors]).toEqual([2, expect.stringContaining("somebody else's")]);
    runpod.balance = 0;
    const poor = await pods(...create, '--yes');
    expect([poor.code, poor.errors]).toEqual([2, expect.stringContaining('Top up')]);
    runpod.soldOut.add('NVIDIA GeForce RTX 4090');
    const none = await pods(...create, '--yes');
    expect([none.code, none.errors]).toEqual([2, expect.stringContaining('seedloom pods gpus')]);
    const key = await line.start(['pods', '--json'], environment({ SEEDLOOM_RUNPOD_KEY: 'rpa_wrong-key' }));
    expect(JSON.parse(key.out)).toMatchObject({
      type: 'failed',
      failure: { code: 'bad-key' },
      steps: ['set-key'],
    });
    const keyless = await line.start(['pods'], environment({ SEEDLOOM_RUNPOD_KEY: '' }));
    expect([keyless.code, keyless.errors]).toEqual([2, expect.stringContaining('SEEDLOOM_RUNPOD_KEY')]);
    for (const { out, errors } of [zero, other, poor, none, key, keyless])
      expect(out + errors).not.toMatch(/rpa_|\bat .*\.ts:/);
    expect(runpod.pods.filter(({ isUp }) => isUp)).toEqual([]);
  });

  it('changes when a pod is stopped, for this pod', async () => {
    await pods(...create, '--yes', '--max-age', 'never');
    const { out } = await pods('rules', 'pod1x', '--idle', 'never', '--lease', '30');
    expect(out).toContain('only when you say so');
    expect(out).toContain('away for 30 minutes');
    const [pod] = reports(await pods('--json'));
    expect(pod!.rules).toMatchObject({ idle: null, maxAge: null, lease: 30 });
  });

  it('takes the key of the public endpoints: it is one account', async () => {
    const shared = { SEEDLOOM_RUNPOD_KEY: '', SEEDLOOM_RUNPOD_PUBLIC_KEY: runpodKey };
    expect(await line.start(['pods'], environment(shared))).toMatchObject({ code: 0, out: 'No pods.\n' });
  });

  it('lists GPUs with price and stock, cheapest first', async () => {
    const { out } = await pods('gpus');
    expect(
      out
        .split('\n')
        .slice(1, 4)
        .map((row) => /\$[\d.]+\/h/.exec(row)?.[0]),
    ).toEqual(['$0.40/h', '$0.60/h', '$2.40/h']);
    expect((await pods('gpus', '--cloud', 'community')).out).not.toContain('A40');
  });

  it('says at the next start what a killed Seedloom left running', async () => {
    await pods(...create, '--yes');
    await runpod.clock.pass(5);
    const watching = line.start(['pods', 'watch'], environment(), (text, kill) => {
      if (text.includes('ready')) kill('SIGKILL');
    });
    expect((await watching).code).toBeNull();
    expect(runpod.pods[0]!.isUp).toBe(true);
    const run = await line.start(['resume'], environment());
    expect(run.errors).toMatch(/was left running: \$0\.60 an hour/);
  });

  it('watch stops on Ctrl+C what it was told to stop', async () => {
    await pods(...create, '--yes');
    await runpod.clock.pass(5);
    const watched = await line.start(['pods', 'watch', '--stop'], environment(), (text, kill) => {
      if (text.includes('ready')) kill('SIGINT');
    });
    expect(watched).toMatchObject({ code: 130 });
    expect(watched.errors).toContain('Stopped');
    expect(runpod.pods[0]!.isUp).toBe(false);
  });

  describe('install', () => {
    const url = 'https://huggingface.co/Comfy-Org/z_image_turbo/resolve/main/split_files/vae/ae.safetensors';
    const onVolume = [...create, '--yes', '--volume', 'vol1'];
    const install = (...given: string[]) => pods('install', 'pod1x', ...given);
    /** The image is deaf: no installer runs, the test says what one would. */
    const says = (...lines: string[]) => {
      const { files, body } = runpod.pods[0]!;
      const { env } = body;
      const order = files.get(`temp/seedloom/${env['SEEDLOOM_ORDER']}`)!.split('\n');
      files.set(`temp/seedloom/${env['SEEDLOOM_PROGRESS']}`, [`1 ${order[0]} 90000000`, ...lines].join('\n'));
      return order.slice(1);
    };
    beforeEach(() => {
      runpod.hub.set('Comfy-Org/z_image_turbo', { gated: false, cardData: { license: 'apache-2.0' } });
      runpod.hub.set('Comfy-Org/z_image_turbo/tree/main/split_files/vae', [
        { path: 'split_files/vae/ae.safetensors', size: 335_304_388, lfs: { oid: 'c'.repeat(64) } },
      ]);
    });

    it('shows sizes and licences, and orders nothing without a yes', async () => {
      await pods(...onVolume);
      await runpod.clock.pass(5);
      const asked = await install('z-image-turbo');
      expect(asked.code).toBe(2);
      expect(asked.errors).toContain('models/vae/ae.safetensors: 335.3 MB; Apache 2.0; hash checked');
      expect(asked.errors).toContain(url);
      expect(asked.errors).toMatch(/models\/diffusion_models\/z_image_turbo_bf16.safetensors: about 12.3 GB/);
      expect(asked.errors).toContain('3 files, 20.7 GB in all');
      expect(asked.errors).toContain('Add --yes to agree to sizes and licences.');
      expect([...runpod.pods[0]!.files.keys()].filter((name) => name.includes('order-'))).toEqual([]);
    });

    it('orders with a yes, and tells how far it is', async () => {
      await pods(...onVolume);
      await runpod.clock.pass(5);
      const ordered = await install(
        'ae.safetensors',
        'loras/mine.safetensors=https://example.org/m',
        '--yes',
        '--no-wait',
      );
      expect(ordered).toMatchObject({ code: 0 });
      expect(ordered.out).toContain('"seedloom pods" shows how far');
      expect(says('1 loads 167652194', '2 gated 0')).toEqual([
        `vae ae.safetensors ${'c'.repeat(64)} 335304388 ${url}`,
        'loras mine.safetensors - - https://example.org/m',
      ]);
      const listed = await pods();
      expect(listed.out).toContain('ae.safetensors: loading, 50 %');
      expect(listed.out).toContain('mine.safetensors: not installed: its site does not give it out');
      const [report] = reports(await pods('--json'));
      expect(report).toMatchObject({ installs: true, phase: 'busy', install: { free: 90_000_000 * 1024 } });
    });

    it('takes what a workflow needs and the pod lacks', async () => {
      await pods(...onVolume);
      await runpod.clock.pass(5);
      const vae = join(runpod.pods[0]!.volume!, 'ComfyUI/models/vae');
      mkdirSync(vae, { recursive: true });
      writeFileSync(join(vae, 'ae.safetensors'), '');
      await pods();
      const asked = await install(
        '--missing',
        line.write('cat.seedloom', pictureBy('comfyui/z-image-turbo')),
      );
      expect(asked.errors).toContain('models/vae/ae.safetensors: ae.safetensors is there already.');
      expect(asked.errors).toContain('2 files, 20.3 GB in all');
      const none = await install('--missing', line.write('other.seedloom', pictureBy('sandbox/picture')));
      expect([none.code, none.errors]).toEqual([2, expect.stringContaining('--missing FILE of a workflow')]);
    });

    it('says what cannot be installed, and where', async () => {
      await pods(...create, '--yes');
      const volumeless = await install('ae.safetensors', '--yes');
      expect([volumeless.code, volumeless.errors]).toEqual([2, expect.stringContaining('network volume')]);
      const unknown = await install('no-such-model');
      expect([unknown.code, unknown.errors]).toEqual([2, expect.stringContaining('flux-dev')]);
    });
  });
});

/** A workflow whose one picture comes from `route`. */
function pictureBy(route: string) {
  return workflow([['make', 'generate', { prompt: 'a cat' }]], [], { routes: { generate: route } });
}
