import { failureOf } from '#core/failure';
import type { PodHost, PodReport, PodSeen } from '#core/pod';
import type { PodRow } from '../store/pod-rows';
import type { PodContext } from './pod-context';
import { lookOnce } from './pod-looks';
import { reportOfSeen } from './pod-report';
import { usualPort } from './pod-rules';
import { addressIn } from './pod-work';

/** What a look has told holds for so long, milliseconds: two looks of whoever looks after pods. */
const fresh = 60_000;

/** Which pods providers have the address of, and what is known of those: also of pods that nobody looks after here. */
export class UsedPods {
  /** Pods that have no row here, as they were last seen. */
  readonly #others = new Map<string, PodReport>();

  constructor(private readonly context: PodContext) {}

  /** Pods of the account that nobody looks after here; one that was there before and is not any more is gone. */
  seen(pods: readonly PodSeen[], host: PodHost): PodReport[] {
    const here = new Set(this.context.parts.podRows.all().map(({ id }) => id));
    const reports = pods
      .filter(({ id, status }) => !here.has(id) && status !== 'gone')
      .map((pod) => this.#reported(pod, host));
    for (const [id] of this.#others) if (!pods.some((pod) => pod.id === id)) this.gone(id, host);
    for (const report of reports) this.#others.set(report.id, report);
    return reports;
  }

  gone(id: string, host: PodHost): void {
    const { name, address } = this.#others.get(id) ?? { name: id, address: this.#address(id, host) };
    this.#others.set(id, {
      id,
      name,
      host: host.id,
      phase: 'gone',
      perHour: 0,
      sinceStart: 0,
      watchdog: 'none',
      kept: false,
      ...(address === undefined ? {} : { address }),
    });
  }

  /** What a pod is: as it was last seen for one that is looked after here, else as its host says now. Throws as `get`. */
  async find(id: string): Promise<PodReport> {
    const row = this.context.parts.podRows.find(id);
    if (row !== undefined) return this.context.reported(row);
    const host = this.context.host();
    return this.#reported(await host.get(id, this.context.tools(host)), host);
  }

  /** The pod whose address the provider has, as far as it is known; asks nobody. */
  of(provider: string): PodReport | undefined {
    const used = this.#used(provider);
    if (used === undefined) return undefined;
    return used.row === undefined ? this.#others.get(used.id) : this.context.reported(used.row);
  }

  /** Sees how the provider's pod is now, where that is not known; what cannot be asked stays as it is known. */
  async look(provider: string): Promise<void> {
    const used = this.#used(provider);
    if (used === undefined) return;
    try {
      if (used.row !== undefined) {
        if (!this.#isFresh(used.row)) await lookOnce(used.row, this.context);
        return;
      }
      const { host, id } = used;
      try {
        this.#others.set(id, this.#reported(await host.get(id, this.context.tools(host)), host));
      } catch (error) {
        if (failureOf(error).code === 'not-your-pod') this.gone(id, host);
      }
    } catch {
      // What nobody answers stands in no run's way.
    }
  }

  #isFresh({ life }: PodRow): boolean {
    const isReady = life.phase === 'idle' || life.phase === 'busy';
    return isReady && this.context.parts.clock.now() - (life.lastAnswer ?? 0) < fresh;
  }

  #used(id: string): { host: PodHost; id: string; row: PodRow | undefined } | undefined {
    const { options, podRows } = this.context.parts;
    const provider = options.providers.get(id);
    const [host] = (options.podHosts ?? new Map<string, PodHost>()).values();
    if (provider === undefined || host === undefined) return undefined;
    const pod = host.podAt(addressIn(provider, options.setting), this.context.tools(host));
    return pod === undefined ? undefined : { host, id: pod, row: podRows.find(pod) };
  }

  #address(id: string, host: PodHost): string {
    return host.address(id, usualPort, this.context.tools(host));
  }

  #reported(pod: PodSeen, host: PodHost): PodReport {
    const address = this.#address(pod.id, host);
    return this.context.told(reportOfSeen(pod, host.id, this.context.parts.clock.now(), address));
  }
}
