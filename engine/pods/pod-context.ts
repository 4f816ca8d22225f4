import { FailureError, userFailure, type Failure } from '#core/failure';
import type { PodHost, PodReport, PodTools } from '#core/pod';
import type { Clock, EngineOptions } from '../contract';
import type { Redactor } from '../network/redact';
import type { Owner } from '../store/owner';
import type { PodRow, PodRows } from '../store/pod-rows';
import type { Store } from '../store/store';
import { reportOf } from './pod-report';
import { podTools } from './pod-tools';
import { addressIn, isSameAddress } from './pod-work';

/** What looking after pods needs of the engine. */
export interface PodParts {
  options: Pick<EngineOptions, 'secret' | 'setting' | 'providers' | 'podHosts'>;
  clock: Clock;
  redactor: Redactor;
  store: Store;
  podRows: PodRows;
  owner: Owner;
}

/** Pods of the one host there is, as all that is done with them sees them. */
export class PodContext {
  constructor(
    readonly parts: PodParts,
    /** Aborted when the engine leaves. */
    readonly leaving: AbortSignal,
  ) {}

  /** Throws a `FailureError` where there is none. */
  host(): PodHost {
    const [host] = (this.parts.options.podHosts ?? new Map<string, PodHost>()).values();
    if (host !== undefined) return host;
    throw new FailureError(userFailure('no-pod-host', 'This Seedloom knows no place that rents pods.'));
  }

  tools(host: PodHost): PodTools {
    return podTools(host, this.parts, this.leaving);
  }

  reported(row: PodRow): PodReport {
    const { options, clock } = this.parts;
    const host = options.podHosts?.get(row.host);
    const address =
      host === undefined || row.id === undefined
        ? undefined
        : host.address(row.id, row.port, this.tools(host));
    return this.told(reportOf(row, clock.now(), address));
  }

  /** With the providers that have its address. */
  told(report: PodReport): PodReport {
    const { providers, setting } = this.parts.options;
    const { address } = report;
    if (address === undefined) return report;
    const usedBy = [...providers.values()]
      .filter((one) => isSameAddress(address, addressIn(one, setting)))
      .map(({ id }) => id);
    return usedBy.length === 0 ? report : { ...report, usedBy };
  }

  known(): PodReport[] {
    return this.parts.podRows
      .all()
      .filter(({ life, trouble }) => life.phase !== 'gone' || trouble !== undefined)
      .map((row) => this.reported(row));
  }

  /** Changes a row and waits until that is on disk. */
  async change(row: PodRow, how: (row: PodRow) => PodRow): Promise<PodRow> {
    const changed = (await this.parts.podRows.change(row.mark, how)) ?? how(row);
    await this.parts.store.flushed();
    return changed;
  }
}

export function notSeen({ name }: PodRow, next = 'Look again in a minute.'): Failure {
  return userFailure('not-now', `${name} was ordered and has not been seen yet. ${next}`);
}
