import { join } from 'node:path';
import type { Failure } from '#core/failure';
import { initialRules, type PodHost, type PodReport, type PodRules } from '#core/pod';
import type { Engine } from '#engine/contract';
import { createEngine } from '#engine/engine';
import type { PodWish } from '#engine/pods/contract';
import { podHosts } from '#providers/catalogue';
import { startFakeRunpod, type FakeRunpod, type FakeRunpodOptions } from './fake-runpod';
import type { Actor } from './simulated-clock';
import { smallNodes } from './small-catalogue';

export const runpodKey = 'rpa_THE-KEY-OF-THE-PERSON';

/** A person's computer with Seedloom on it. */
export interface Computer {
  engine: Engine;
  actor: Actor;
  /** Seedloom looks after its pods. */
  keep(): void;
  reports: PodReport[];
  /** The cable is pulled, or put back. */
  network: 'up' | 'cut';
  /** Of RunPod; `''` when it was taken out of the settings. */
  key: string;
  /** The next question for a pod's address ends as by a mistake of ours. */
  isFaulty: boolean;
  failures: Failure[];
  /** As by kill -9: nothing more happens, nothing more is written. */
  kill(): void;
  /** Killed, and its store with it: an answer that comes now is lost. Nothing is left to close. */
  crash(): Promise<void>;
  close(): Promise<void>;
}

/** A computer on a data folder; another one on the same is the next start. */
export async function computer(folder: string, runpod: FakeRunpod, key = runpodKey): Promise<Computer> {
  const actor = runpod.clock.actor();
  const stopped = new AbortController();
  let hasCrashed = false;
  const self: Computer = {
    engine: await createEngine({
      dataFolder: join(folder, 'data'),
      nodes: smallNodes,
      providers: new Map(),
      podHosts: new Map([...podHosts].map(([id, host]) => [id, faulty(host, () => self)])),
      secret: (host, name) => (host === 'runpod' && name === 'key' ? self.key : undefined),
      setting: (host, name) => settingsOf(self.network === 'cut' ? nowhere : runpod.url)[`${host}.${name}`],
      price: () => undefined,
      clock: actor,
    }),
    actor,
    reports: [],
    network: 'up',
    key,
    isFaulty: false,
    failures: [],
    keep: () =>
      void self.engine.pods.keep(
        {
          changed: (reports) => (self.reports = reports),
          failed: (failure) => self.failures.push(failure),
        },
        stopped.signal,
      ),
    kill: () => actor.leave(),
    crash: () => {
      actor.leave();
      hasCrashed = true;
      return self.engine.leaveAtOnce();
    },
    close: async () => {
      actor.leave();
      stopped.abort();
      // What waits for a sealed store waits for ever.
      if (!hasCrashed) await self.engine.close();
    },
  };
  return self;
}

function faulty(host: PodHost, computer: () => Computer): PodHost {
  return {
    ...host,
    address(...given) {
      const self = computer();
      if (!self.isFaulty) return host.address(...given);
      self.isFaulty = false;
      throw new Error('a mistake of ours');
    },
  };
}

/** Nobody listens there: every connection is refused. */
const nowhere = 'http://127.0.0.1:1';

function settingsOf(url: string): Record<string, string> {
  return { 'runpod.baseUrl': url };
}

export function runpodIn(folder: string, options: Partial<FakeRunpodOptions> = {}): Promise<FakeRunpod> {
  return startFakeRunpod({ key: runpodKey, folder: join(folder, 'containers'), ...options });
}

export function wish(rules: Partial<PodRules> = {}, changes: Partial<PodWish> = {}): PodWish {
  return {
    gpu: { id: 'NVIDIA GeForce RTX 4090', count: 1 },
    cloud: 'secure',
    image: 'runpod/comfyui:latest',
    disk: 50,
    ports: ['8188/http'],
    port: 8188,
    env: {},
    rules: { ...initialRules, ...rules },
    start: 'begin',
    ...changes,
  };
}
