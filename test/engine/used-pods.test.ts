import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Engine } from '#engine/contract';
import { createEngine } from '#engine/engine';
import { podHosts, providers } from '#providers/catalogue';
import { temporaryFolder } from '../kit/temporary-folder';
import type { FakeRunpod } from '../kit/fake-runpod';
import { runpodIn, runpodKey } from '../kit/pod-bench';
import { SimulatedClock } from '../kit/simulated-clock';
import { smallNodes } from '../kit/small-catalogue';

let folder: ReturnType<typeof temporaryFolder>;
let runpod: FakeRunpod;
let engine: Engine;
/** ComfyUI's, as the person has set it. */
let address: string;
let key: string;
beforeEach(async () => {
  folder = temporaryFolder();
  const clock = new SimulatedClock();
  runpod = await runpodIn(folder.path, { clock, deafImages: ['runpod/comfyui:latest'] });
  address = 'http://127.0.0.1:8188';
  key = runpodKey;
  const set = (name: string) =>
    ({ 'runpod.baseUrl': runpod.url, 'comfyui.baseUrl': address })[name] ?? undefined;
  engine = await createEngine({
    dataFolder: join(folder.path, 'data'),
    nodes: smallNodes,
    providers,
    podHosts,
    secret: (host, name) => (host === 'runpod' && name === 'key' ? key : undefined),
    setting: (id, name) => set(`${id}.${name}`),
    price: () => undefined,
    clock: clock.actor(),
  });
});
afterEach(async () => {
  await engine.close();
  await runpod.close();
  folder.remove();
});

const use = async (id: string) => {
  address = `${(await engine.pods.find(id)).address}/`;
};
const phase = () => engine.pods.usedBy('comfyui')?.phase;

describe('the pod whose address ComfyUI has', () => {
  it('is none where the address is another; nobody is asked then', async () => {
    await engine.pods.lookAtUsed(['comfyui', 'sandbox', 'nobody']);
    expect(engine.pods.usedBy('comfyui')).toBeUndefined();
    expect(runpod.requests).toEqual([]);
  });

  it('is known by what its host says where nobody looks after it, and left alone', async () => {
    const pod = runpod.make({ name: 'mine' });
    await use(pod.id);
    expect(phase()).toBeUndefined();
    await engine.pods.lookAtUsed(['comfyui']);
    expect(engine.pods.usedBy('comfyui')).toMatchObject({ name: 'mine', phase: 'stopped', kept: false });
    pod.start();
    await engine.pods.lookAtUsed(['comfyui']);
    expect(phase()).toBe('starting');
    expect(engine.pods.known()).toEqual([]);
    expect(await engine.pods.list()).toMatchObject([{ id: pod.id, usedBy: ['comfyui'] }]);
    pod.stop('somebody', 'TERMINATED');
    await engine.pods.lookAtUsed(['comfyui']);
    expect(phase()).toBe('gone');
  });

  it('is told with its report, looked at again when that is not from just now, and gone once terminated', async () => {
    const pod = runpod.make({ name: 'mine' });
    await engine.pods.setRules(pod.id, {});
    await use(pod.id);
    expect(engine.pods.known()).toMatchObject([{ id: pod.id, phase: 'stopped', usedBy: ['comfyui'] }]);
    await engine.pods.start(pod.id);
    expect(phase()).toBe('starting');
    pod.stop('console');
    pod.status = 'ERROR';
    await engine.pods.lookAtUsed(['comfyui']);
    expect(phase()).toBe('broken');
    await engine.pods.terminate(pod.id);
    expect(phase()).toBe('gone');
  });

  it('stays as it is known while its host cannot be asked', async () => {
    const pod = runpod.make({ name: 'mine' });
    await use(pod.id);
    await engine.pods.lookAtUsed(['comfyui']);
    key = '';
    await engine.pods.lookAtUsed(['comfyui']);
    expect(phase()).toBe('stopped');
  });
});
