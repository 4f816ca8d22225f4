import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDocument } from '#core/document/create';
import { addNode, newNode, setParam, setRoute } from '#core/document/edit';
import { serializeDocument } from '#core/document/serialize';
import { nodes } from '#nodes/catalogue';
import { createFakeComfyui, type FakeComfyui } from '../kit/fake-comfyui';
import type { FakePod } from '../kit/fake-pod';
import type { FakeRunpod } from '../kit/fake-runpod';
import { runpodIn, runpodKey } from '../kit/pod-bench';
import { SimulatedClock } from '../kit/simulated-clock';
import { commandLine, type CommandLine } from './command-line';

let line: CommandLine;
let runpod: FakeRunpod;
let comfyui: FakeComfyui;
let pod: FakePod;
let file: string;
beforeEach(async () => {
  line = commandLine();
  comfyui = await createFakeComfyui({ stepsPerJob: 1 });
  const clock = new SimulatedClock(Date.now());
  runpod = await runpodIn(line.folder, { clock, comfyui: comfyui.url });
  pod = runpod.make({ name: 'portraits' });
  const size = { width: 512, height: 512 };
  let fog = addNode(createDocument('fog', 'Fog'), 'generate', newNode(nodes.get('generate')!), [0, 0]);
  fog = setParam(fog, 'generate', 'prompt', 'A lighthouse in the fog');
  fog = setParam(fog, 'generate', 'size', size);
  file = line.write('fog', serializeDocument(setRoute(fog, 'generate', 'comfyui/sdxl')));
});
afterEach(async () => {
  await runpod.close();
  await comfyui.close();
  line.remove();
});

const start = (...given: string[]) =>
  line.start(given, { SEEDLOOM_RUNPOD_KEY: runpodKey, SEEDLOOM_RUNPOD_URL: runpod.url });

describe('a run on a pod', () => {
  it('is not begun, and no pod is started, while its pod is stopped: exit 4 and the next step', async () => {
    for (const command of ['plan', 'run']) {
      const ended = await start(command, file, '--pod', pod.id);
      expect(ended.code).toBe(4);
      expect(ended.errors).toMatch(/runs on the pod portraits, which is stopped/);
      expect(ended.errors).toContain(`seedloom pods start ${pod.id}`);
    }
    expect(pod.isUp).toBe(false);
    expect(comfyui.requests).toEqual([]);
  });

  it('starts it when it is told to, shows its price, waits, and runs', async () => {
    let isTold = false;
    const ended = await line.start(
      ['run', file, '--pod', pod.id, '--start-pod'],
      { SEEDLOOM_RUNPOD_KEY: runpodKey, SEEDLOOM_RUNPOD_URL: runpod.url },
      (text) => {
        if (isTold || !text.includes('starting')) return;
        isTold = true;
        void runpod.clock.pass(5);
      },
    );
    expect(ended).toMatchObject({ code: 0 });
    expect(ended.errors).toContain('$0.60 an hour');
    expect(comfyui.charges).toHaveLength(1);
    expect((await start('plan', file, '--pod', pod.id)).code).toBe(0);
  });

  it('says of a pod that is not there what is wrong', async () => {
    const ended = await start('run', file, '--pod', 'nobody');
    expect([ended.code, ended.errors]).toEqual([2, expect.stringContaining('no such pod')]);
    pod.stop('somebody', 'TERMINATED');
    const gone = await start('run', file, '--setting', `comfyui.baseUrl=${runpod.url}/proxy/${pod.id}/8188`);
    expect([gone.code, gone.errors]).toEqual([2, expect.stringContaining('is not there any more')]);
    expect(comfyui.requests).toEqual([]);
  });
});
