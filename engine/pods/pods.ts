import { FailureError, failureOf, userFailure } from '#core/failure';
import type { Pods } from './contract';
import { endPod, startPod } from './pod-acts';
import { PodContext, type PodParts } from './pod-context';
import { askedInstall, installPlan } from './pod-install';
import { lookAt } from './pod-keeper';
import { forgetGone, lookAtAll, lookOnce, watched } from './pod-looks';
import { orderPod } from './pod-order';
import { taken } from './pod-rules';
import { podTools } from './pod-tools';
import { isSameAddress } from './pod-work';
import { UsedPods } from './used-pods';

/** Milliseconds between two looks. */
const lookEvery = 30_000;

/** Pods of the one host there is. `ended` resolves when nothing is written any more after `leaving`. */
export function createPods(parts: PodParts, leaving: AbortSignal): Pods & { ended(): Promise<void> } {
  const { clock, podRows, owner, redactor } = parts;
  const context = new PodContext(parts, leaving);
  const used = new UsedPods(context);

  const underWay = new Set<Promise<unknown>>();

  /** Nothing begins any more when the engine leaves, and it waits for what has begun. */
  async function counted<T>(work: () => Promise<T>): Promise<T> {
    if (leaving.aborted) throw new FailureError(userFailure('closing', 'Seedloom is closing.'));
    const working = work();
    underWay.add(working);
    try {
      return await working;
    } finally {
      underWay.delete(working);
    }
  }

  /** Runs what may fail at the host; no failure leaves with a key in it. */
  async function safely<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await counted(work);
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      throw new FailureError(redactor.failure(error.failure));
    }
  }

  return {
    known: () => context.known(),

    list: () =>
      safely(async () => {
        const host = context.host();
        const pods = await host.list(context.tools(host));
        const sight = { pods };
        const rows = podRows.all().filter(({ host: id }) => id === host.id);
        await Promise.all(rows.map((row) => lookAt(row, sight, host, parts, leaving)));
        await forgetGone(context);
        return [...context.known(), ...used.seen(pods, host)];
      }),

    left: () =>
      watched(context)
        .filter(({ keeper }) => keeper !== owner.id && !owner.isAlive(keeper))
        .map((row) => context.reported(row)),

    at(address) {
      for (const row of podRows.all()) {
        const host = parts.options.podHosts?.get(row.host);
        if (host === undefined || row.id === undefined || row.life.phase === 'gone') continue;
        if (isSameAddress(host.address(row.id, row.port, context.tools(host)), address))
          return { pod: context.reported(row), startUp: host.startUp };
      }
      return undefined;
    },

    offers: (cloud) => safely(() => context.host().offers(cloud, context.tools(context.host()))),
    volumes: () => safely(() => context.host().volumes(context.tools(context.host()))),
    price: (id) =>
      safely(async () => {
        const host = context.host();
        const row = podRows.find(id);
        const { perHour, gpu, cloud = 'secure' } = await host.get(row?.id ?? id, context.tools(host));
        if (perHour > 0 || gpu === undefined) return perHour > 0 ? perHour : row?.perHour;
        const offer = (await host.offers(cloud, context.tools(host))).find((one) => one.id === gpu.id)?.[
          cloud
        ];
        return offer === undefined ? row?.perHour : offer * Math.max(1, gpu.count);
      }),
    create: (wish) => safely(() => orderPod(wish, context)),
    start: (id, rules) => safely(() => startPod(id, rules, context)),

    stop: (id) =>
      safely(async () => {
        const row = await endPod(id, 'stopped', context);
        return context.reported((await lookOnce(row, context)) ?? row);
      }),

    terminate: (id) =>
      safely(async () => {
        const row = await endPod(id, 'gone', context);
        await podRows.remove(row.mark);
        used.gone(row.id ?? id, context.host());
      }),

    setRules: (id, rules) =>
      safely(async () => context.reported(await taken(id, context.host(), context, rules))),

    find: (id) => safely(() => used.find(id)),
    usedBy: (provider) => used.of(provider),
    lookAtUsed: async (providers) =>
      leaving.aborted
        ? undefined
        : counted(async () => void (await Promise.all(providers.map((provider) => used.look(provider))))),

    planInstall: (id, files) =>
      safely(async () => {
        const host = context.host();
        return installPlan(podRows.find(id), files, host, podTools(host, parts, leaving, 'once'));
      }),
    install: (id, files) =>
      safely(async () => {
        const row = podRows.find(id);
        const install = askedInstall(row, files);
        // Written down before it is sent: where that does not get through, the next look sends it.
        const asked = await context.change(row!, (now) => ({ ...now, install: install(now, clock.now()) }));
        return context.reported((await lookOnce(asked, context)) ?? asked);
      }),

    look: () => counted(() => lookAtAll(context, leaving)),

    async keep({ changed, failed }, signal) {
      const either = eitherOf(signal, leaving);
      // The first look is at those thought to be stopped as well: somebody may have started them meanwhile.
      let rows = podRows.all().filter(({ life }) => life.phase !== 'gone');
      while (!signal.aborted && !leaving.aborted) {
        try {
          if (rows.length > 0) changed?.(await counted(() => lookAtAll(context, signal, rows)));
        } catch (error) {
          // Nothing that goes wrong in one look may be the last one: the next is made all the same.
          if (!leaving.aborted) failed?.(redactor.failure(failureOf(error)));
        }
        await clock.sleep(lookEvery, either);
        rows = watched(context);
      }
    },

    ended: async () => void (await Promise.allSettled(underWay)),
  };
}

/** Not by `AbortSignal.any`: Node 18.15, in Electron 25, has none. */
function eitherOf(...signals: readonly AbortSignal[]): AbortSignal {
  const either = new AbortController();
  for (const signal of signals) {
    if (signal.aborted) either.abort();
    signal.addEventListener('abort', () => either.abort(), { once: true });
  }
  return either.signal;
}
