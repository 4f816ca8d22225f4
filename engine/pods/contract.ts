import type { Failure } from '#core/failure';
import type { PodThere } from '#core/pod-machine';
import type { InstallFile, InstallPlan, PlannedFile } from '#core/pod-install';
import type { GpuOffer, PodOrder, PodReport, PodRules, PodVolume } from '#core/pod';

/** What a person asks for when a pod is made; mark and watchdog are the engine's part. */
export type PodWish = Omit<PodOrder, 'mark' | 'watchdog' | 'name'> & {
  /** One is made up when left out. */
  name?: string;
  rules: PodRules;
  /** ComfyUI's port. */
  port: number;
  /** What the image begins with, for the watchdog to go on with; `undefined` for no watchdog. */
  start: string | undefined;
};

export interface PodKeeping {
  /** Whenever a pod that is looked after was looked at. */
  changed?(reports: PodReport[]): void;
  /** Whenever a look went wrong as none should (a full disk, a mistake of ours); the next one is made all the same. */
  failed?(failure: Failure): void;
}

/**
 * Pods: what Seedloom rents for the person, and what it does so that none is left running by accident. Everything that may
 * cost is written down before it is asked for. Throws `FailureError`, without keys.
 */
export interface Pods {
  /** All pods of the account, asked for now; those that are looked after here with what is known of them. */
  list(): Promise<PodReport[]>;
  /** Those that are looked after here, as they were last seen; asks nobody. */
  known(): PodReport[];
  /**
   * Those that were last seen running (or were ordered) and that no living Seedloom looks after: left by a crash, or by a
   * quit. Asks nobody.
   */
  left(): PodReport[];
  /** The pod, running or not, whose ComfyUI is reached at this address; asks nobody. */
  at(address: string): PodThere | undefined;
  offers(cloud: PodOrder['cloud']): Promise<GpuOffer[]>;
  volumes(): Promise<PodVolume[]>;
  /** What a pod costs an hour while it runs, US dollars, as far as its host tells. */
  price(id: string): Promise<number | undefined>;
  /** Costs from now on. Sent once; `pod-in-doubt` when nobody can tell whether it was taken, and the pod is looked for then. */
  create(wish: PodWish): Promise<PodReport>;
  /** Costs from now on. A pod that was made elsewhere is looked after from now on, by `rules`. */
  start(id: string, rules?: Partial<PodRules>): Promise<PodReport>;
  stop(id: string): Promise<PodReport>;
  /** What is on its own disk is lost. */
  terminate(id: string): Promise<void>;
  /** Also takes a running pod on that was made elsewhere. */
  setRules(id: string, rules: Partial<PodRules>): Promise<PodReport>;
  /** One pod, also of those that nobody looks after here: as it was last seen here, else as its host says now. */
  find(id: string): Promise<PodReport>;
  /** The pod whose address a provider has, as far as it is known; asks nobody. */
  usedBy(provider: string): PodReport | undefined;
  /** Sees how the pods of these providers are, where that is not known from just now. Throws nothing. */
  lookAtUsed(providers: readonly string[]): Promise<void>;
  /**
   * What installing `files` on a pod's volume comes to: exact sizes, hashes and licences as the sites of their addresses tell,
   * and which of them cannot be installed. Loads nothing. Throws where this pod takes no files at all.
   */
  planInstall(id: string, files: readonly PlannedFile[]): Promise<InstallPlan>;
  /** Has the pod load them; it goes on without Seedloom. The person has agreed to size and licences. */
  install(id: string, files: readonly InstallFile[]): Promise<PodReport>;
  /** Looks at all that are looked after once: renews leases, stops what is to be stopped. Throws nothing. */
  look(): Promise<PodReport[]>;
  /**
   * Does so again and again until `signal` aborts. Several processes may; it costs nothing while no pod is looked after.
   */
  keep(keeping: PodKeeping, signal: AbortSignal): Promise<void>;
}
