import type { PodAsk } from '#core/pod';
import type { Pods, PodWish } from '#engine/pods/contract';
import type { EngineCalls, FromEngine } from '../engine-calls';

type PodCall =
  | 'pods'
  | 'lookAtPods'
  | 'podMarket'
  | 'podPrice'
  | 'createPod'
  | 'startPod'
  | 'stopPod'
  | 'terminatePod'
  | 'setPodRules'
  | 'planInstall'
  | 'installOnPod';
type PodHandlers = {
  [C in PodCall]: (
    input: EngineCalls[C]['input'],
  ) => EngineCalls[C]['output'] | Promise<EngineCalls[C]['output']>;
};

/** What the window asks of pods; whatever it changes, or fails to change, is told to all who show them. */
export function podHandlers(pods: Pods, tell: (message: FromEngine) => void): PodHandlers {
  async function told<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } finally {
      tell({ kind: 'pods', pods: pods.known() });
    }
  }

  return {
    pods: () => pods.known(),
    lookAtPods: () => told(pods.list()),
    podMarket: async ({ cloud }) => {
      const [offers, volumes] = await Promise.all([pods.offers(cloud), pods.volumes()]);
      return { offers, volumes };
    },
    podPrice: async ({ id }) => (await pods.price(id)) ?? null,
    createPod: (ask) => told(pods.create(wishOf(ask))),
    startPod: ({ id }) => told(pods.start(id)),
    stopPod: ({ id }) => told(pods.stop(id)),
    terminatePod: async ({ id }) => {
      await told(pods.terminate(id));
      return null;
    },
    setPodRules: ({ id, rules }) => told(pods.setRules(id, rules)),
    planInstall: ({ id, files }) => pods.planInstall(id, files),
    installOnPod: ({ id, files }) => told(pods.install(id, files)),
  };
}

function wishOf({ name, image, template, volume, port, ports, start, ...ask }: PodAsk): PodWish {
  return {
    ...ask,
    port,
    ports: [...new Set([`${port}/http`, ...ports])],
    start: start ?? undefined,
    ...(name.trim() === '' ? {} : { name: name.trim() }),
    ...(image.trim() === '' ? {} : { image: image.trim() }),
    ...(template.trim() === '' ? {} : { template: template.trim() }),
    // A network volume is where its data center is, and nowhere else.
    ...(volume === null
      ? {}
      : { networkVolume: { id: volume.id, path: '/workspace' }, dataCenters: [volume.dataCenter] }),
  };
}
