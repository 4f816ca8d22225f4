import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PodRules } from '#core/pod';
import type { InstallFile, InstallState } from '#core/pod-install';
import type { PodWish } from '#engine/pods/contract';
import { temporaryFolder } from '../kit/temporary-folder';
import { startFakeModelSite, type FakeModel, type FakeModelSite } from '../kit/fake-model-site';
import type { FakePod } from '../kit/fake-pod';
import type { FakeRunpod } from '../kit/fake-runpod';
import { computer, runpodIn, wish, type Computer } from '../kit/pod-bench';

/** Models on a pod's volume: the real installer and the real watchdog in a real shell, by a simulated clock. */

let folder: ReturnType<typeof temporaryFolder>;
let runpod: FakeRunpod;
let site: FakeModelSite;
let here: Computer;
const others: Computer[] = [];

beforeEach(async () => {
  folder = temporaryFolder();
  runpod = await runpodIn(folder.path, { boot: 1 });
  site = await startFakeModelSite(runpod.clock);
  here = await computer(folder.path, runpod);
});
afterEach(async () => {
  for (const one of [here, ...others.splice(0)]) await one.close();
  await runpod.close();
  await site.close();
  folder.remove();
});

const onVolume: Partial<PodWish> = { networkVolume: { id: 'vol1', path: '/workspace' } };

/** A pod whose ComfyUI answers and whose installer is there. */
async function ready(
  rules: Partial<PodRules> = {},
  changes: Partial<PodWish> = onVolume,
  before: (pod: FakePod) => void = () => undefined,
): Promise<FakePod> {
  const { id } = await here.engine.pods.create(wish(rules, changes));
  const pod = runpod.pod(id);
  before(pod);
  here.keep();
  await runpod.clock.pass(4);
  return pod;
}

const megabyte = Uint8Array.from({ length: 1_000_000 }, (_, index) => (index * 7919) >> 3);
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

function offered(name: string, model: Partial<FakeModel> = {}, file: Partial<InstallFile> = {}): InstallFile {
  const bytes = model.bytes ?? megabyte;
  site.models.set(name, { bytes, ...model });
  return {
    folder: 'vae',
    name,
    url: `${site.url}/${name}`,
    bytes: bytes.length,
    sha256: hashOf(bytes),
    ...file,
  };
}

const modelsOf = (pod: FakePod, kind = 'vae') => join(pod.volume!, 'ComfyUI/models', kind);
const listed = (pod: FakePod, kind = 'vae') =>
  existsSync(modelsOf(pod, kind)) ? readdirSync(modelsOf(pod, kind)).sort() : [];
const installOf = (pod: FakePod, by = here) =>
  by.engine.pods.known().find(({ id }) => id === pod.id)?.install?.files ?? [];
const statesOf = (pod: FakePod, by = here) => installOf(pod, by).map(({ state }) => state);
const isOver = (pod: FakePod) => () =>
  !statesOf(pod).some((state) => ['waits', 'loads', 'checks'].includes(state));

async function installed(pod: FakePod, ...files: InstallFile[]): Promise<InstallState[]> {
  await here.engine.pods.install(pod.id, files);
  await runpod.clock.pass(60, isOver(pod));
  return statesOf(pod);
}

describe('models that are installed on a pod', () => {
  it('come whole, one after the other, and ComfyUI lists them', async () => {
    const pod = await ready();
    const first = offered('ae.safetensors');
    const second = offered('style.safetensors', { bytes: megabyte.subarray(0, 4000) }, { folder: 'loras' });
    expect(await installed(pod, first, second)).toEqual(['done', 'done']);
    expect(listed(pod)).toEqual(['ae.safetensors']);
    expect(listed(pod, 'loras')).toEqual(['style.safetensors']);
    expect(hashOf(readFileSync(join(modelsOf(pod), 'ae.safetensors')))).toBe(first.sha256);
    expect(installOf(pod)).toMatchObject([
      { received: 1_000_000, listed: true },
      { received: 4000, listed: true },
    ]);
    expect(site.asked).toEqual(['ae.safetensors 0', 'style.safetensors 0']);
  });

  it('go on where the line was cut', async () => {
    const pod = await ready();
    const file = offered('ae.safetensors', { cuts: [300_000, 0, 500_000] });
    expect(await installed(pod, file)).toEqual(['done']);
    expect(site.asked.map((line) => Number(line.split(' ')[1]))).toEqual([0, 300_000, 300_000, 800_000]);
    expect(hashOf(readFileSync(join(modelsOf(pod), 'ae.safetensors')))).toBe(file.sha256);
  });

  it('are given up where nothing comes again and again, and begun where they stood the next time', async () => {
    const pod = await ready();
    const file = offered('ae.safetensors', { cuts: [300_000, 0, 0, 0, 0, 0, 0, 0] });
    expect(await installed(pod, file)).toEqual(['failed']);
    expect(listed(pod)).toEqual(['ae.safetensors.part']);
    site.models.get('ae.safetensors')!.cuts = [];
    site.asked.length = 0;
    expect(await installed(pod, file)).toEqual(['done']);
    expect(site.asked).toEqual(['ae.safetensors 300000']);
  });

  it('come anew from a site that gives no parts', async () => {
    const pod = await ready();
    expect(await installed(pod, offered('ae.safetensors', { cuts: [300_000], isDeaf: true }))).toEqual([
      'done',
    ]);
    expect(listed(pod)).toEqual(['ae.safetensors']);
  });

  it.each<[InstallState, Partial<InstallFile>]>([
    ['wrong-hash', { sha256: 'a'.repeat(64) }],
    ['wrong-size', { bytes: 1_000_001 }],
  ])('that are not what was asked for are kept apart: %s', async (state, wrong) => {
    const pod = await ready();
    expect(await installed(pod, offered('ae.safetensors', {}, wrong))).toEqual([state]);
    expect(listed(pod)).toEqual(['ae.safetensors.wrong']);
    // And the way is free for the right one.
    expect(await installed(pod, offered('ae.safetensors'))).toEqual(['done']);
  });

  it('never take the place of a file', async () => {
    const pod = await ready();
    mkdirSync(modelsOf(pod), { recursive: true });
    writeFileSync(join(modelsOf(pod), 'ae.safetensors'), 'mine');
    const other = offered('other.safetensors', { bytes: megabyte.subarray(0, 4) });
    writeFileSync(join(modelsOf(pod), 'other.safetensors'), 'size');
    expect(await installed(pod, offered('ae.safetensors'), other)).toEqual(['differs', 'there']);
    expect(readFileSync(join(modelsOf(pod), 'ae.safetensors'), 'utf8')).toBe('mine');
    expect(readFileSync(join(modelsOf(pod), 'other.safetensors'), 'utf8')).toBe('size');
    expect(site.asked).toEqual([]);
  });

  it.each<[InstallState, number]>([
    ['gated', 401],
    ['gated', 403],
    ['not-found', 404],
  ])('that are not given out are %s (%i), and the next one comes all the same', async (state, status) => {
    const pod = await ready();
    const files = [offered('gated.safetensors', { status }), offered('ae.safetensors')];
    expect(await installed(pod, ...files)).toEqual([state, 'done']);
    expect(site.asked).toHaveLength(2);
  });

  it('are not begun where the volume has no room', async () => {
    const full =
      'echo "Filesystem 1024-blocks Used Available Capacity Mounted on"; echo "mfs 100 50 50 50% /workspace"';
    const pod = await ready({}, onVolume, ({ programs }) => programs.set('df', full));
    expect(await installed(pod, offered('ae.safetensors'))).toEqual(['no-space']);
    expect(site.asked).toEqual([]);
    expect(here.engine.pods.known()[0]!.install!.free).toBe(50 * 1024);
  });

  it('stop where the volume is full in the middle, and keep what came', async () => {
    const quota =
      'case "$*" in *" -o "*) ulimit -f 400; trap "" XFSZ ;; esac\nPATH=${PATH#*:}\nexec curl "$@"';
    const pod = await ready({}, onVolume, ({ programs }) => programs.set('curl', quota));
    expect(await installed(pod, offered('ae.safetensors', {}, { sha256: undefined }))).toEqual(['no-space']);
    expect(listed(pod)).toEqual(['ae.safetensors.part']);
  });

  it('come by wget where there is no curl', async () => {
    const pod = await ready({}, onVolume, (made) => (made.hasCurl = false));
    const files = [
      offered('ae.safetensors', { cuts: [300_000] }),
      offered('gated.safetensors', { status: 403 }),
    ];
    expect(await installed(pod, ...files)).toEqual(['done', 'gated']);
    expect(site.asked).toEqual(['ae.safetensors 0', 'ae.safetensors 300000', 'gated.safetensors 0']);
    expect(hashOf(readFileSync(join(modelsOf(pod), 'ae.safetensors')))).toBe(files[0]!.sha256);
  });

  it('are asked for with the person’s token at Hugging Face alone, where no other program can read it', async () => {
    const log = join(folder.path, 'asked');
    const noted = `case "$*" in *" -o "*) { echo "$*"; case "$*" in *"-K -"*) cat ;; esac; } >> ${log}; printf 403; exit 22 ;; esac`;
    const env = { HF_TOKEN: 'hf_secretsecretsecret' };
    const pod = await ready({}, { ...onVolume, env }, ({ programs }) =>
      programs.set('curl', `${noted}\nPATH=\${PATH#*:}\nexec curl "$@"`),
    );
    const url = 'https://huggingface.co/owner/model/resolve/main/gated.safetensors';
    const elsewhere = {
      ...offered('ae.safetensors'),
      url: 'https://huggingface.co.example.org/ae.safetensors',
    };
    const files = [offered('gated.safetensors', {}, { url }), elsewhere];
    expect(await installed(pod, ...files)).toEqual(['gated', 'gated']);
    const [first, second, third, ...more] = readFileSync(log, 'utf8').trim().split('\n');
    expect(first).toMatch(/--proto =https .*huggingface\.co\/owner/);
    expect(second).toBe('header = "Authorization: Bearer hf_secretsecretsecret"');
    expect(third).toContain('example.org');
    expect(more).toEqual([]);
    expect(first).not.toContain('hf_');
    for (const text of pod.files.values()) expect(text).not.toContain('hf_');
  });

  it('are refused with bad names before anything is written down', async () => {
    const pod = await ready();
    const good = offered('ae.safetensors');
    const wrong: Partial<InstallFile>[] = [
      { name: '../ae.safetensors' },
      { name: '.hidden.safetensors' },
      { name: 'run.sh' },
      { name: 'a b.safetensors' },
      { folder: '../custom_nodes' },
      { folder: 'a/b' },
      { url: 'file:///etc/passwd' },
      { url: 'http://x/ y' },
      { sha256: 'abc' },
    ];
    for (const change of wrong)
      await expect(here.engine.pods.install(pod.id, [{ ...good, ...change }])).rejects.toMatchObject({
        failure: { code: 'wrong-file' },
      });
    expect(installOf(pod)).toEqual([]);
  });

  it('are refused with bad names on the pod, too, whoever has written the order', async () => {
    const pod = await ready();
    const token = /^order-(.*)\.txt$/.exec(pod.body.env['SEEDLOOM_ORDER']!)![1]!;
    const { url } = offered('ae.safetensors');
    const lines = [
      `vae ../ae.safetensors - - ${url}`,
      `vae $(touch\${IFS}x).pt - - ${url}`,
      `vae ae.sh - - ${url}`,
      `../vae ae.safetensors - - ${url}`,
      `custom_nodes ae.safetensors - - ${url}`,
      `vae ae.safetensors - - file:///etc/passwd`,
      `vae ae.safetensors - - ${url} and more`,
      `vae ae.safetensors xyz - ${url}`,
      `vae ae.safetensors - -1 ${url}`,
    ];
    pod.files.set(`temp/seedloom/order-${token}.txt`, ['someone', ...lines].join('\n'));
    await runpod.clock.pass(3);
    const said = pod.files.get(`temp/seedloom/installer-${token}.txt`)!.split('\n');
    expect(said[0]).toMatch(/^\d+ someone \d+$/);
    const states = said.slice(1).map((line) => line.split(' ')[1]);
    expect(states).toEqual(
      lines.map((line) => (line.startsWith('custom_nodes') ? 'no-folder' : 'bad-order')),
    );
    expect(site.asked).toEqual([]);
    expect(listed(pod)).toEqual([]);
  });

  it('go to no folder beside the volume', async () => {
    const pod = await ready();
    const outside = join(folder.path, 'outside');
    mkdirSync(outside);
    mkdirSync(join(pod.volume!, 'ComfyUI/models'), { recursive: true });
    symlinkSync(outside, modelsOf(pod));
    expect(await installed(pod, offered('ae.safetensors'))).toEqual(['no-folder']);
    expect(readdirSync(outside)).toEqual([]);
  });

  it.each([
    ['without a volume', {}],
    ['without a watchdog', { ...onVolume, start: undefined }],
  ])('are refused for a pod %s', async (_what, changes) => {
    const { id } = await here.engine.pods.create(wish({}, changes));
    await expect(here.engine.pods.planInstall(id, [])).rejects.toMatchObject({
      failure: { code: 'no-volume' },
    });
    await expect(here.engine.pods.install(id, [offered('ae.safetensors')])).rejects.toMatchObject({
      failure: { code: 'no-volume' },
    });
  });

  it('are refused for a pod of somebody else, and for one that does not run', async () => {
    const pod = await ready();
    await here.engine.pods.stop(pod.id);
    const files = [offered('ae.safetensors')];
    await expect(here.engine.pods.install(pod.id, files)).rejects.toMatchObject({
      failure: { code: 'not-running' },
    });
    await expect(here.engine.pods.install('other', files)).rejects.toMatchObject({
      failure: { code: 'no-installer' },
    });
  });
});

describe('a pod that loads models', () => {
  const slow = { perMinute: 100_000 };

  it('is not idle', async () => {
    const pod = await ready({ idle: 3 });
    await here.engine.pods.install(pod.id, [offered('ae.safetensors', slow)]);
    await runpod.clock.pass(8);
    expect(pod.isUp).toBe(true);
    expect(here.engine.pods.known()).toMatchObject([{ phase: 'busy', remaining: 1 }]);
    const [file] = installOf(pod);
    expect(file).toMatchObject({ state: 'loads' });
    expect(file!.received).toBeGreaterThan(400_000);
    await runpod.clock.pass(60, () => !pod.isUp);
    expect(statesOf(pod)).toEqual(['done']);
    expect(pod.stops).toMatchObject([{ by: 'seedloom' }]);
  });

  it('goes on when Seedloom is killed, and stops itself when it is done', async () => {
    const pod = await ready({ lease: 4 });
    const file = offered('ae.safetensors', slow);
    await here.engine.pods.install(pod.id, [file]);
    await runpod.clock.pass(3);
    here.kill();
    // The lease has run out two minutes ago.
    await runpod.clock.pass(6);
    expect(pod.isUp).toBe(true);
    await runpod.clock.pass(60, () => listed(pod).includes('ae.safetensors'));
    const done = pod.minutes;
    await runpod.clock.pass(60, () => !pod.isUp);
    expect(pod.stops).toMatchObject([{ by: 'watchdog' }]);
    expect(pod.minutes - done).toBeLessThanOrEqual(2);
    expect(listed(pod)).toEqual(['ae.safetensors']);
    expect(hashOf(readFileSync(join(modelsOf(pod), 'ae.safetensors')))).toBe(file.sha256);
  });

  it('is stopped in the middle by the person, and goes on after the next start', async () => {
    const pod = await ready();
    await here.engine.pods.install(pod.id, [offered('ae.safetensors', slow), offered('late.safetensors')]);
    await runpod.clock.pass(4);
    await here.engine.pods.stop(pod.id);
    expect(statesOf(pod)).toEqual(['loads', 'waits']);
    site.asked.length = 0;
    site.models.get('ae.safetensors')!.perMinute = 1_000_000;
    await here.engine.pods.start(pod.id);
    await runpod.clock.pass(30, isOver(pod));
    expect(statesOf(pod)).toEqual(['done', 'done']);
    expect(Number(site.asked[0]!.split(' ')[1])).toBeGreaterThan(100_000);
  });

  it('is another Seedloom’s to tell of after a crash', async () => {
    const pod = await ready();
    await here.engine.pods.install(pod.id, [offered('ae.safetensors', { perMinute: 200_000 })]);
    await runpod.clock.pass(1);
    await here.crash();
    const next = await computer(folder.path, runpod);
    others.push(next);
    next.keep();
    await runpod.clock.pass(10);
    expect(statesOf(pod, next)).toEqual(['done']);
  });

  it('takes more while it loads', async () => {
    const pod = await ready();
    await here.engine.pods.install(pod.id, [offered('ae.safetensors', { perMinute: 300_000 })]);
    await runpod.clock.pass(2);
    await here.engine.pods.install(pod.id, [offered('late.safetensors')]);
    await runpod.clock.pass(30, isOver(pod));
    expect(statesOf(pod)).toEqual(['there', 'done']);
    expect(site.asked).toEqual(['ae.safetensors 0', 'late.safetensors 0']);
  });

  it('whose installer has died is said to stand still, and is idle', async () => {
    const pod = await ready({ idle: 10 });
    await here.engine.pods.install(pod.id, [offered('ae.safetensors', slow)]);
    await runpod.clock.pass(3);
    pod.killScript('installer');
    await runpod.clock.pass(7);
    expect(here.engine.pods.known()[0]!.trouble).toMatchObject({ code: 'no-installer' });
    await runpod.clock.pass(30, () => !pod.isUp);
    expect(pod.stops).toMatchObject([{ by: 'seedloom' }]);
  });
});

describe('what is agreed to', () => {
  const url = 'https://huggingface.co/black-forest-labs/FLUX.1-dev/resolve/main/flux1-dev.safetensors';
  const asked = { folder: 'diffusion_models', name: 'flux1-dev.safetensors', url, about: 23_800_000_000 };
  const tree = [
    {
      type: 'file',
      path: 'flux1-dev.safetensors',
      size: 23_802_932_552,
      lfs: { oid: 'b'.repeat(64), size: 1 },
    },
  ];
  beforeEach(() => {
    runpod.hub.set('black-forest-labs/FLUX.1-dev', { gated: 'auto', cardData: { license: 'other' } });
    runpod.hub.set('black-forest-labs/FLUX.1-dev/tree/main', tree);
  });

  it('has exact size and hash, and the page of a licence that is not accepted', async () => {
    const { id } = await here.engine.pods.create(wish({}, onVolume));
    const { files, bytes } = await here.engine.pods.planInstall(id, [
      { ...asked, licence: 'Non-Commercial' },
    ]);
    expect(files).toMatchObject([
      {
        bytes: 23_802_932_552,
        sha256: 'b'.repeat(64),
        licence: 'Non-Commercial',
        problem: { code: 'gated' },
      },
    ]);
    expect(files[0]!.problem!.message).toContain('huggingface.co/black-forest-labs/FLUX.1-dev.');
    expect(bytes).toBe(0);
    // The person's key is RunPod's alone.
    const toHub = runpod.requests.filter(({ path }) => path.startsWith('/api/'));
    expect(toHub).toHaveLength(2);
    for (const { headers } of toHub) expect(JSON.stringify(headers)).not.toMatch(/rpa_|authorization/i);
  });

  it('is open to a pod with a token of the person, which is written down nowhere', async () => {
    const env = { HF_TOKEN: 'hf_secretsecretsecret' };
    const { id } = await here.engine.pods.create(wish({}, { ...onVolume, env }));
    const plan = await here.engine.pods.planInstall(id, [asked]);
    expect(plan).toMatchObject({ bytes: 23_802_932_552, files: [{ licence: 'other' }] });
    expect(plan.files[0]!.problem).toBeUndefined();
    expect(JSON.stringify(here.engine.pods.known())).not.toContain('hf_secret');
  });

  it('is about as large as the recipe says where nobody says more, and names what cannot be', async () => {
    const { id } = await here.engine.pods.create(wish({}, onVolume));
    const elsewhere = { ...asked, url: 'https://example.org/flux1-dev.safetensors' };
    const gone = { ...asked, url: url.replace('flux1-dev', 'flux0-dev') };
    const plan = await here.engine.pods.planInstall(id, [
      elsewhere,
      { ...asked, url: '' },
      gone,
      { ...asked, name: 'a b' },
    ]);
    expect(plan.bytes).toBe(23_800_000_000);
    expect(plan.files.map(({ problem }) => problem?.code)).toEqual([
      undefined,
      'no-address',
      'not-found',
      'wrong-file',
    ]);
  });
});
