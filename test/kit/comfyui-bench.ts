import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach } from 'vitest';
import type { WorkflowDocument } from '#core/document/schema';
import type { RunEvent } from '#core/run';
import type { EngineOptions, Run } from '#engine/contract';
import comfyui from '#providers/comfyui.provider';
import { engineBench, type EngineBench } from './engine-bench';
import { temporaryFolder } from './temporary-folder';
import { ofType } from './engine-fixture';
import { createFakeComfyui, type FakeComfyui, type FakeComfyuiOptions } from './fake-comfyui';
import { small } from './small-catalogue';

/** The real engine and fake ComfyUIs, as many as a test opens; all are closed after it. */

let cleanUp: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
  cleanUp = [];
});

export async function comfyuiPod(options: FakeComfyuiOptions = {}): Promise<FakeComfyui> {
  const pod = await createFakeComfyui({ stepsPerJob: 1, ...options });
  cleanUp.push(() => pod.close());
  return pod;
}

/** Done after the test, the last first. */
export function afterwards(step: () => Promise<unknown>): void {
  cleanUp.push(step);
}

export function dataFolder(): string {
  const folder = temporaryFolder();
  cleanUp.push(async () => folder.remove());
  return folder.path;
}

export async function engineOn(
  address: string,
  { folder = dataFolder(), key, ...changes }: { folder?: string; key?: string } & Partial<EngineOptions> = {},
): Promise<EngineBench> {
  const bench = await engineBench(folder, [comfyui], {
    secret: () => key,
    setting: (_provider, name) => (name === 'baseUrl' ? address : undefined),
    ...changes,
  });
  cleanUp.push(() => bench.engine.close());
  return bench;
}

const onComfyui = (document: WorkflowDocument): WorkflowDocument => ({
  ...document,
  routes: { generate: 'comfyui/sdxl', edit: 'comfyui/sdxl' },
});
export const size = { width: 512, height: 512 };
export const oneMade = (prompt = 'a cat') => onComfyui(small([['make', 'make', { size, seed: 7, prompt }]]));
/** A picture, and another one made from it. */
export const madeAndChanged = (prompt = 'make it blue') =>
  onComfyui(
    small(
      [
        ['make', 'make', { size, seed: 7 }],
        ['change', 'change', { prompt }],
      ],
      ['make.image > change.images'],
    ),
  );

export async function started(bench: EngineBench, document: WorkflowDocument) {
  const begun = await bench.engine.start(bench.request(document));
  if (!begun.ok) throw new Error(begun.issues.map(({ message }) => message).join('\n'));
  const events: RunEvent[] = [];
  begun.run.listen((event) => events.push(event));
  return { run: begun.run as Run, events };
}

/** Turns of the event loop until something has come about. */
export async function until(isSo: () => boolean) {
  while (!isSo()) await nextTurn();
}

export const failureOf = (events: readonly RunEvent[]) => ofType(events, 'step-failed')[0]?.failure;
export const at = (pod: FakeComfyui, point: 'submit' | 'upload') =>
  pod.requests.filter(({ points }) => points.includes(point));
export const joined = (pod: FakeComfyui) => pod.requests.filter(({ path }) => path === '/ws').length;
