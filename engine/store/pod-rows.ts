import { z } from 'zod';
import { failureSchema } from '#core/failure';
import { podReportSchema, podRulesSchema } from '#core/pod';
import { podInstallSchema } from '#core/pod-install';
import { podLifeSchema } from '#core/pod-life';
import { parsed, type Store } from './store';

const podRowSchema = z.object({
  /** Our own name for it, chosen before anybody was asked: it stands in the pod's environment. The id of one made elsewhere. */
  mark: z.string(),
  host: z.string(),
  /** The host's id; left out while it is ordered and the answer has not come. */
  id: z.string().optional(),
  name: z.string(),
  /** When it was ordered or taken on; milliseconds since 1970. */
  at: z.number(),
  life: podLifeSchema,
  rules: podRulesSchema,
  /** US dollars an hour when it last ran. */
  perHour: z.number(),
  gpu: z.string().optional(),
  keptDisk: z.number().optional(),
  /** ComfyUI's port. */
  port: z.number(),
  /** What its watchdog and Seedloom know each other by; none for one without a watchdog. */
  lease: z.object({ token: z.string(), port: z.number(), volume: z.string().optional() }).optional(),
  /** Names in its environment, without what they stand for. */
  variables: z.array(z.string()).optional(),
  install: podInstallSchema.optional(),
  watchdog: podReportSchema.shape.watchdog,
  /** Since when ComfyUI answers and its watchdog has not been heard of. */
  quietSince: z.number().optional(),
  stopsAt: z.number().optional(),
  /** When it was last looked at while it was paid for and ComfyUI had not answered since the start. */
  silentAt: z.number().optional(),
  /** How long ComfyUI took to answer, in seconds, of the newest starts that were watched: between two looks, so a range. */
  starts: z.array(z.object({ low: z.number(), high: z.number() })).optional(),
  /** The engine that looks after it; `''` when nobody does. */
  keeper: z.string(),
  trouble: failureSchema.optional(),
});
export type PodRow = z.infer<typeof podRowSchema>;

/** The pods that were made, started or taken on here. No keys, and nothing of a pod's environment. */
export class PodRows {
  readonly #rows;

  constructor(private readonly store: Store) {
    this.#rows = store.table<unknown, string>('pods');
  }

  all(): PodRow[] {
    return Array.from(this.#rows.getRange({})).flatMap(({ value }) => parsed(podRowSchema, value) ?? []);
  }

  /** By the host's id or by our mark. */
  find(id: string): PodRow | undefined {
    return this.all().find((row) => row.id === id || row.mark === id);
  }

  /** Resolves when it survives a killed process and a power cut. */
  async put(row: PodRow): Promise<void> {
    await this.store.together(() => void this.#rows.put(row.mark, row));
    await this.store.flushed();
  }

  /** Changes a row as it stands now, whoever wrote it last; nothing when it is gone. */
  async change(mark: string, how: (row: PodRow) => PodRow): Promise<PodRow | undefined> {
    return this.store.together(() => {
      const row = parsed(podRowSchema, this.#rows.get(mark));
      if (row === undefined) return undefined;
      const changed = how(row);
      void this.#rows.put(mark, changed);
      return changed;
    });
  }

  async remove(mark: string): Promise<void> {
    await this.store.together(() => void this.#rows.remove(mark));
  }
}
