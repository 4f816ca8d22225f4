import { randomBytes } from 'node:crypto';
import { FailureError, failureOf, userFailure, type Failure } from '#core/failure';
import {
  initialRules,
  isPaidFor,
  podRulesSchema,
  type PodHost,
  type PodReport,
  type PodRules,
  type PodSeen,
} from '#core/pod';
import { newLife } from '#core/pod-life';
import type { Clock, EngineOptions } from '../contract';
import type { Redactor } from '../network/redact';
import type { Owner } from '../store/owner';
import type { PodRow, PodRows } from '../store/pod-rows';
import type { Store } from '../store/store';
import type { Pods, PodWish } from './contract';
import { isWatched, lookAt, sightOf, stopNow, type Sight } from './pod-keeper';
import { gpuWords, reportOf, reportOfSeen } from './pod-report';
import { podTools } from './pod-tools';

/** What looking after pods needs of the engine. */
export interface PodParts {
  options: Pick<EngineOptions, 'secret' | 'setting' | 'providers' | 'podHosts'>;
  clock: Clock;
  redactor: Redactor;
  store: Store;
  podRows: PodRows;
  owner: Owner;
}

/** Milliseconds between two looks. */
const lookEvery = 30_000;
const usualPort = 8188;
/** Milliseconds. */
const memory = 30 * 86_400_000;

/** Pods of the one host there is. `ended` resolves when nothing is written any more after `leaving`. */
export function createPods(parts: PodParts, leaving: AbortSignal): Pods & { ended(): Promise<void> } {
  const { options, clock, podRows, owner, redactor } = parts;

  function hostOf(): PodHost {
    const [host] = (options.podHosts ?? new Map<string, PodHost>()).values();
    if (host !== undefined) return host;
    throw new FailureError(userFailure('no-pod-host', 'This Seedloom knows no place that rents pods.'));
  }

  const toolsOf = (host: PodHost) => podTools(host, parts, leaving);

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

  function reported(row: PodRow): PodReport {
    const host = options.podHosts?.get(row.host);
    const address =
      host === undefined || row.id === undefined ? undefined : host.address(row.id, row.port, toolsOf(host));
    return reportOf(row, clock.now(), address);
  }

  const known = () =>
    podRows
      .all()
      .filter(({ life, trouble }) => life.phase !== 'gone' || trouble !== undefined)
      .map(reported);

  /** The row of a pod; one that was made elsewhere gets its row here, after its host has shown it. */
  async function taken(id: string, host: PodHost, rules: Partial<PodRules> = {}): Promise<PodRow> {
    const row = podRows.find(id);
    if (row !== undefined) {
      const changed = await podRows.change(row.mark, (now) => ({ ...now, rules: rulesOf(now.rules, rules) }));
      return changed ?? row;
    }
    const pod = await host.get(id, toolsOf(host));
    // It may have run for days before it came here: its age is no reason to stop it unless that is said.
    const made = rowOf(pod, host.id, {
      at: clock.now(),
      rules: rulesOf({ ...initialRules, maxAge: null }, rules),
    });
    await podRows.put(made);
    return made;
  }

  async function change(row: PodRow, how: (row: PodRow) => PodRow): Promise<PodRow> {
    const changed = (await podRows.change(row.mark, how)) ?? how(row);
    await parts.store.flushed();
    return changed;
  }

  async function lookAtAll(
    signal: AbortSignal,
    rows = podRows.all().filter(isWatched),
  ): Promise<PodReport[]> {
    const sights = new Map<string, Sight>();
    for (const { host: id } of rows) {
      const host = options.podHosts?.get(id);
      if (host !== undefined && !sights.has(id)) sights.set(id, await sightOf(host, parts, signal));
    }
    await Promise.all(
      rows.map(async (row) => {
        const host = options.podHosts?.get(row.host);
        const sight = sights.get(row.host);
        if (host === undefined || sight === undefined || signal.aborted) return;
        await lookAt(row, sight, host, parts, signal);
      }),
    );
    await forgetGone();
    return known();
  }

  /** One that is gone without our doing is remembered for a while: with another key it may be there again. */
  async function forgetGone(): Promise<void> {
    for (const { life, mark, at } of podRows.all())
      if (life.phase === 'gone' && (life.wanted === 'gone' || clock.now() - at > memory))
        await podRows.remove(mark);
  }

  /** An order that may or may not have been taken: the pod is looked for by its mark. */
  async function searched(row: PodRow, host: PodHost, failure: Failure): Promise<PodSeen> {
    try {
      const found = (await host.list(toolsOf(host))).find(
        ({ mark, name }) => mark === row.mark || name === row.mark,
      );
      if (found !== undefined) return found;
    } catch {
      // Then it is looked for with every look.
    }
    const message = `Nobody can tell whether the order was taken: ${failure.message} Seedloom looks for the pod and looks after it if there is one. Nothing is ordered again.`;
    throw new FailureError({ ...failure, code: 'pod-in-doubt', charge: 'possible', message });
  }

  async function create(wish: PodWish): Promise<PodReport> {
    const host = hostOf();
    const tools = toolsOf(host);
    // A key that is missing is missed before anything is written.
    tools.secret('key');
    const mark = `seedloom-${randomBytes(5).toString('hex')}`;
    const { rules, port, start, name = mark, ...order } = wish;
    for (const value of Object.values(wish.env)) if (value.length >= 8) redactor.learn(value);
    const lease = { token: randomBytes(9).toString('hex'), port };
    const row: PodRow = {
      mark,
      host: host.id,
      name,
      at: clock.now(),
      life: { ...newLife('running'), since: clock.now() },
      rules: rulesOf(rules, {}),
      perHour: 0,
      gpu: gpuWords(wish.gpu),
      port,
      ...(start === undefined ? {} : { lease }),
      watchdog: start === undefined ? 'none' : 'expected',
      keeper: owner.id,
    };
    await podRows.put(row);
    const watchdog = start === undefined ? {} : { watchdog: { lease, rules: row.rules, start } };
    let pod: PodSeen;
    try {
      pod = await host.create({ ...order, name, mark, ...watchdog }, tools);
    } catch (error) {
      const failure = failureOf(error);
      if (failure.charge === 'none') {
        await podRows.remove(mark);
        throw error;
      }
      pod = await searched(row, host, failure);
    }
    const taken = (now: PodRow): PodRow => ({
      ...now,
      id: pod.id,
      perHour: pod.perHour,
      ...(pod.keptDisk === undefined ? {} : { keptDisk: pod.keptDisk }),
      life: now.life.phase === 'ordered' ? { ...now.life, phase: 'starting' } : now.life,
    });
    const made = await podRows.change(mark, taken);
    // An answer that came after the order was given up as never taken.
    if (made === undefined) await podRows.put(taken({ ...row, at: clock.now() }));
    await parts.store.flushed();
    return reported(podRows.find(mark) ?? taken(row));
  }

  async function start(id: string, rules?: Partial<PodRules>): Promise<PodReport> {
    const host = hostOf();
    const row = await taken(id, host, rules);
    if (row.id === undefined) throw new FailureError(notSeen(row));
    const before = row.life;
    // Written down before it is asked for: whatever happens now, the next look knows of it.
    const asked = await change(row, (now) => {
      const { trouble: _trouble, quietSince: _quietSince, ...rest } = now;
      const goesOn = isPaidFor(now.life.phase) && now.life.wanted === 'running';
      const life = goesOn
        ? now.life
        : { ...newLife('running'), phase: 'starting' as const, since: clock.now() };
      const watchdog = row.lease === undefined ? 'none' : 'expected';
      return { ...rest, life, watchdog, keeper: owner.id };
    });
    try {
      await host.act(row.id, 'start', toolsOf(host));
    } catch (error) {
      const failure = failureOf(error);
      // It may have come up without its GPU, and costs then, until it is seen stopped.
      if (failure.code === 'no-gpu') {
        const given = await change(asked, (now) => ({
          ...now,
          life: { ...now.life, phase: 'stopping', wanted: 'stopped' },
        }));
        await stopNow(given, host, parts, leaving);
        await lookOnce(given);
      } else if (failure.charge === 'none') await change(asked, (now) => ({ ...now, life: before }));
      throw error;
    }
    return reported((await lookOnce(asked)) ?? asked);
  }

  /** A look at one pod, as far as its host answers. */
  async function lookOnce(row: PodRow): Promise<PodRow | undefined> {
    const host = hostOf();
    await lookAt(row, await sightOf(host, parts, leaving), host, parts, leaving);
    return podRows.find(row.mark);
  }

  async function end(id: string, wanted: 'stopped' | 'gone'): Promise<PodRow> {
    const host = hostOf();
    const row = await taken(id, host);
    // Written down first: an answer that does not come leaves it to be stopped by the next look, also where it was
    // thought to be stopped.
    const asked = await change(row, (now) => {
      const phase = now.life.phase === 'stopped' ? 'stopping' : now.life.phase;
      return { ...now, life: { ...now.life, wanted, phase } };
    });
    if (row.id === undefined) throw new FailureError(notSeen(row, 'It is stopped as soon as it is seen.'));
    try {
      await host.act(row.id, wanted === 'gone' ? 'terminate' : 'stop', toolsOf(host));
    } catch (error) {
      if (failureOf(error).code === 'not-your-pod')
        await change(asked, (now) => ({ ...now, life: { ...now.life, phase: 'gone' } }));
      throw error;
    }
    return change(asked, (now) => {
      const { trouble: _trouble, stopsAt: _stopsAt, ...rest } = now;
      const phase = wanted === 'gone' ? 'gone' : isPaidFor(now.life.phase) ? 'stopping' : 'stopped';
      return { ...rest, life: { ...now.life, phase } };
    });
  }

  return {
    known,

    list: () =>
      safely(async () => {
        const host = hostOf();
        const pods = await host.list(toolsOf(host));
        const sight = { pods };
        const rows = podRows.all().filter(({ host: id }) => id === host.id);
        await Promise.all(rows.map((row) => lookAt(row, sight, host, parts, leaving)));
        await forgetGone();
        const here = new Set(podRows.all().map(({ id }) => id));
        const others = pods
          .filter(({ id, status }) => !here.has(id) && status !== 'gone')
          .map((pod) =>
            reportOfSeen(pod, host.id, clock.now(), host.address(pod.id, usualPort, toolsOf(host))),
          );
        return [...known(), ...others];
      }),

    left: () =>
      podRows
        .all()
        .filter(isWatched)
        .filter(({ keeper }) => keeper !== owner.id && !owner.isAlive(keeper))
        .map(reported),

    offers: (cloud) => safely(() => hostOf().offers(cloud, toolsOf(hostOf()))),
    volumes: () => safely(() => hostOf().volumes(toolsOf(hostOf()))),
    price: (id) =>
      safely(async () => {
        const host = hostOf();
        const row = podRows.find(id);
        const { perHour, gpu, cloud = 'secure' } = await host.get(row?.id ?? id, toolsOf(host));
        if (perHour > 0 || gpu === undefined) return perHour > 0 ? perHour : row?.perHour;
        const offer = (await host.offers(cloud, toolsOf(host))).find((one) => one.id === gpu.id)?.[cloud];
        return offer === undefined ? row?.perHour : offer * Math.max(1, gpu.count);
      }),
    create: (wish) => safely(() => create(wish)),
    start: (id, rules) => safely(() => start(id, rules)),

    stop: (id) =>
      safely(async () => {
        const row = await end(id, 'stopped');
        return reported((await lookOnce(row)) ?? row);
      }),

    terminate: (id) =>
      safely(async () => {
        const row = await end(id, 'gone');
        await podRows.remove(row.mark);
      }),

    setRules: (id, rules) => safely(async () => reported(await taken(id, hostOf(), rules))),

    look: () => counted(() => lookAtAll(leaving)),

    async keep({ changed, failed }, signal) {
      const either = eitherOf(signal, leaving);
      // The first look is at those thought to be stopped as well: somebody may have started them meanwhile.
      let rows = podRows.all().filter(({ life }) => life.phase !== 'gone');
      while (!signal.aborted && !leaving.aborted) {
        try {
          if (rows.length > 0) changed?.(await counted(() => lookAtAll(signal, rows)));
        } catch (error) {
          // Nothing that goes wrong in one look may be the last one: the next is made all the same.
          if (!leaving.aborted) failed?.(redactor.failure(failureOf(error)));
        }
        await clock.sleep(lookEvery, either);
        rows = podRows.all().filter(isWatched);
      }
    },

    ended: async () => void (await Promise.allSettled(underWay)),
  };
}

function rulesOf(before: PodRules, changes: Partial<PodRules>): PodRules {
  const parsed = podRulesSchema.safeParse({ ...before, ...changes });
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new FailureError(
    userFailure('wrong-rule', `The rule "${where}" is a whole number of minutes from 1 (a lease from 2).`),
  );
}

function rowOf(pod: PodSeen, host: string, { at, rules }: { at: number; rules: PodRules }): PodRow {
  const isRunning = pod.status === 'running' || pod.status === 'starting';
  return {
    mark: pod.id,
    host,
    id: pod.id,
    name: pod.name,
    at,
    life: {
      ...newLife(isRunning ? 'running' : 'stopped'),
      phase: isRunning ? 'starting' : 'stopped',
      ...(isRunning ? { since: pod.startedAt ?? at, lastWork: at } : {}),
    },
    rules,
    perHour: pod.perHour,
    ...(pod.gpu === undefined ? {} : { gpu: gpuWords(pod.gpu) }),
    ...(pod.keptDisk === undefined ? {} : { keptDisk: pod.keptDisk }),
    port: usualPort,
    watchdog: 'none',
    keeper: '',
  };
}

function notSeen({ name }: PodRow, next = 'Look again in a minute.'): Failure {
  return userFailure('not-now', `${name} was ordered and has not been seen yet. ${next}`);
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
