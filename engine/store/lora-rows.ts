import { z } from 'zod';
import { loraFactsSchema, loraFileSchema, loraKey, type LoraFacts, type LoraFile } from '#core/lora/lora';
import { parsed, type Store } from './store';

const fileSchema = loraFileSchema.extend({
  /** `null`: it was asked for, and its header cannot be had. */
  facts: loraFactsSchema.nullable(),
});
const rowSchema = z.object({ files: z.array(fileSchema) });
type Row = z.infer<typeof fileSchema>;

/** What LoRA files said of themselves, by the place they are at (a provider with its settings) and their own name. */
export class LoraRows {
  readonly #rows;

  constructor(private readonly store: Store) {
    this.#rows = store.table<unknown, [string, string]>('loras');
  }

  /** What is known of the file that a name means there; of several with that name, only if that very one is among them. */
  facts(place: string, name: string): LoraFacts | undefined {
    const files = this.#files(place, name);
    const found = files.find((file) => file.name === name) ?? (files.length === 1 ? files[0] : undefined);
    return found?.facts ?? undefined;
  }

  /** What is known of a file as it is listed now; `undefined` when it was never asked for, or is another one since. */
  current(place: string, file: LoraFile): { facts: LoraFacts | undefined } | undefined {
    const row = this.#files(place, file.name).find(({ name }) => name === file.name);
    // Without size and date nobody can tell whether it is the same.
    if (row === undefined || file.bytes === undefined || file.modified === undefined) return undefined;
    if (row.bytes !== file.bytes || row.modified !== file.modified) return undefined;
    return { facts: row.facts ?? undefined };
  }

  async keep(place: string, file: LoraFile, facts: LoraFacts | undefined): Promise<void> {
    await this.#change(place, file.name, (files) => [
      ...files.filter(({ name }) => name !== file.name),
      { ...file, facts: facts ?? null },
    ]);
  }

  /** Forgets those of a name's files that are not `there` any more. */
  async sweep(place: string, name: string, there: readonly LoraFile[]): Promise<void> {
    const isThere = (row: Row) => there.some((file) => file.name === row.name);
    if (this.#files(place, name).every(isThere)) return;
    await this.#change(place, name, (files) => files.filter(isThere));
  }

  async #change(place: string, name: string, change: (files: Row[]) => Row[]): Promise<void> {
    await this.store.together(() => {
      const files = change(this.#files(place, name));
      if (files.length > 0) void this.#rows.put(keyOf(place, name), { files });
      else void this.#rows.remove(keyOf(place, name));
    });
  }

  #files(place: string, name: string): Row[] {
    return parsed(rowSchema, this.#rows.get(keyOf(place, name)))?.files ?? [];
  }
}

/** The database takes keys of a limited length; two names that are alike for so long share a row, and are told apart in it. */
function keyOf(place: string, name: string): [string, string] {
  return [place, loraKey(name).slice(0, 200)];
}
