import { setImmediate } from 'node:timers/promises';
import type { MadePicture } from '#core/gallery';
import type { NodeCatalogue } from '#core/node';
import type { CacheKeyParts } from '#core/plan/cache-key';
import { isRehearsal } from '#core/plan/rehearsal';
import { journalEntrySchema, type JournalEntry } from '#core/journal';
import { isImageRef, type ImageRef } from '#core/values';
import type { KeyRows } from '../store/key-rows';
import type { PictureRows } from '../store/picture-rows';
import type { Store } from '../store/store';

type Finished = Extract<JournalEntry, { type: 'step-finished' }>;

/** What a picture's row says of the run it is of. */
interface RunWords {
  documentId: string;
  title: string;
  nodes: Record<string, { type: string; title?: string | undefined }>;
}

/** Runs whose words are kept at hand: reading one means reading the graph it ran. */
const mostRuns = 16;
/** Characters of a prompt. */
const longestPrompt = 2000;
/** Journal entries that are gone through in one transaction. */
const stride = 400;

/** Keeps the index of pictures up with the journal. */
export class MadePictures {
  readonly #runs = new Map<string, RunWords | undefined>();
  #building: Promise<void> | undefined;

  constructor(
    private readonly store: Store,
    private readonly keyRows: KeyRows,
    private readonly rows: PictureRows,
    private readonly nodes: NodeCatalogue,
  ) {}

  /** Takes in what a step made. Inside the transaction that keeps its result, after its key's row. */
  note(entry: JournalEntry): void {
    if (entry.type !== 'step-finished' || entry.reused || entry.key === '') return;
    for (const picture of this.#picturesOf(entry)) this.rows.keep(picture);
  }

  /** Goes through the journal of before, where that was not done. A cut one is gone on with. */
  async built(): Promise<void> {
    if (this.rows.isBuilt) return;
    this.#building ??= this.#build().finally(() => {
      this.#building = undefined;
    });
    await this.#building;
  }

  async rebuild(): Promise<void> {
    await this.store.together(() => this.rows.startAnew());
    await this.built();
  }

  async #build(): Promise<void> {
    const step = () => {
      const from = this.rows.unread;
      if (from === undefined) return true;
      const some = this.store.entriesAfter(from, stride);
      for (const { entry } of some) {
        if ((entry as { type?: unknown } | undefined)?.type !== 'step-finished') continue;
        const read = journalEntrySchema.safeParse(entry);
        if (read.success) this.note(read.data);
      }
      const isEnd = some.length < stride;
      this.rows.readTo(isEnd ? 'end' : some.at(-1)!.place);
      return isEnd;
    };
    while (!(await this.store.together(step))) await setImmediate();
  }

  #picturesOf(entry: Finished): MadePicture[] {
    const parts = this.keyRows.parts(entry.key);
    // What is passed on as it came was not made here.
    const given = new Set(Object.values(parts?.inputs ?? {}).flat());
    const images = Object.values(entry.outputs)
      .flat()
      .filter((item): item is ImageRef => isImageRef(item) && !given.has(`sha256:${item.hash}`));
    if (images.length === 0) return [];
    const run = this.#wordsOf(entry.run);
    // What a rehearsal draws is no picture anybody made.
    if (run !== undefined && isRehearsal(run.documentId)) return [];
    const node = run?.nodes[entry.node];
    const type = node?.type ?? parts?.node ?? '';
    const facts = {
      at: entry.at,
      run: entry.run,
      step: entry.step,
      node: entry.node,
      key: entry.key,
      documentId: run?.documentId ?? '',
      workflow: run?.title ?? '',
      title: node?.title ?? this.nodes.get(type)?.title ?? type,
      type,
      ...(parts?.provider === undefined ? {} : { provider: parts.provider.id, model: parts.provider.model }),
      price: Math.round((entry.price / images.length) * 1e6) / 1e6,
      ...seedOf(parts),
      take: parts?.take ?? 0,
      prompt: promptOf(parts).slice(0, longestPrompt),
    };
    return images.map(({ hash, format, width, height, bytes }) => ({
      hash,
      format,
      width,
      height,
      bytes,
      ...facts,
    }));
  }

  #wordsOf(id: string): RunWords | undefined {
    if (this.#runs.has(id)) return this.#runs.get(id);
    const row = this.store.run(id);
    const words =
      row === undefined
        ? undefined
        : { documentId: row.documentId, title: row.title, nodes: row.request.document.nodes };
    const [oldest] = this.#runs.keys();
    if (this.#runs.size >= mostRuns && oldest !== undefined) this.#runs.delete(oldest);
    this.#runs.set(id, words);
    return words;
  }
}

/** The copies of one prompt have seeds that follow each other. */
function seedOf(parts: CacheKeyParts | undefined): { seed?: number } {
  const seed = parts?.params['seed'];
  return typeof seed === 'number' ? { seed: seed + parts!.copy } : {};
}

function promptOf(parts: CacheKeyParts | undefined): string {
  const prompt = parts?.params['prompt'];
  return typeof prompt === 'string' ? prompt : '';
}
