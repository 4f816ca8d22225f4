import PQueue from 'p-queue';
import { FailureError, userFailure } from '#core/failure';
import { canonicalJson } from '#core/json';
import {
  loraKey,
  loraNamed,
  type ListedLora,
  type LoraDetails,
  type LoraFacts,
  type LoraFile,
} from '#core/lora/lora';
import type { LoraShelf } from '#core/lora/lora-shelf';
import type { FreeTools, Provider } from '#core/provider';
import { sha256 } from '../knowledge';
import { freeTools, settingsOf, type Calls } from '../network/free-tools';
import { openPicture } from '../pictures/open-picture';
import type { BlobStore } from '../pictures/blob-store';
import type { LoraRows } from '../store/lora-rows';

/** Milliseconds for a list, or for one LoRA of it. */
const longest = 30_000;
/** Milliseconds a run waits for headers; a server that is away must not hold up what needs it not. */
const longestBeforeRun = 5_000;
/** Questions to one server at once. */
const atOnce = 6;
/** Pixels of a preview's longer side. */
const previewSize = 512;

/** A LoRA of a plan, by its provider and the name in the node. */
export interface WantedLora {
  provider: string;
  name: string;
}

/** The LoRAs where providers' models run. Nothing here costs anything. */
export class Loras {
  /** Previews by place, file and date; they live as long as this process, as the folder they are in. */
  readonly #previews = new Map<string, Promise<string | undefined>>();

  constructor(
    private readonly parts: Calls & { passing: BlobStore },
    private readonly providers: ReadonlyMap<string, Provider>,
    private readonly rows: LoraRows,
  ) {}

  /** All there are, with what is known of each already. Throws a `FailureError`. */
  async list(id: string): Promise<ListedLora[]> {
    const { shelf, tools, place } = this.#at(id, longest);
    const files = await shelf.list(tools);
    return files.map((file) => {
      const facts = this.rows.current(place, file)?.facts;
      return { ...file, ...(facts === undefined ? {} : { facts }) };
    });
  }

  /** What each of the listed files says of itself, with a preview. One that cannot be asked has neither. */
  async read(id: string, files: readonly LoraFile[]): Promise<LoraDetails[]> {
    const { shelf, tools, place } = this.#at(id, longest);
    return each(files, async (file) => {
      const [facts, preview] = await Promise.all([
        orNothing(this.#facts(shelf, tools, place, file)),
        orNothing(this.#preview(shelf, tools, place, file)),
      ]);
      return {
        name: file.name,
        ...(facts === undefined ? {} : { facts }),
        ...(preview === undefined ? {} : { preview }),
      };
    });
  }

  /** Asks for the headers of these, as far as their servers answer soon; whether anything else is known now. */
  async learn(wanted: readonly WantedLora[]): Promise<boolean> {
    const ids = new Set(wanted.map(({ provider }) => provider));
    const learnt = await each([...ids], (id) => {
      const names = wanted.filter(({ provider }) => provider === id).map(({ name }) => name);
      return orNothing(this.#learnAt(id, names));
    });
    return learnt.includes(true);
  }

  /** What is known of a LoRA without asking anybody. */
  known(id: string, name: string): LoraFacts | undefined {
    const provider = this.providers.get(id);
    return provider?.loras === undefined ? undefined : this.rows.facts(this.#place(provider), name);
  }

  async #learnAt(id: string, names: readonly string[]): Promise<boolean> {
    if (this.providers.get(id)?.loras === undefined) return false;
    const { shelf, tools, place } = this.#at(id, longestBeforeRun, true);
    const files = await shelf.list(tools);
    const before = names.map((name) => this.rows.facts(place, name));
    await each(names, async (name) => {
      const key = loraKey(name);
      await this.rows.sweep(
        place,
        name,
        files.filter((file) => loraKey(file.name) === key),
      );
      const file = loraNamed(name, files);
      if (file !== undefined) await orNothing(this.#facts(shelf, tools, place, file));
    });
    return names.some(
      (name, index) => canonicalJson(this.rows.facts(place, name)) !== canonicalJson(before[index]),
    );
  }

  async #facts(
    shelf: LoraShelf,
    tools: FreeTools,
    place: string,
    file: LoraFile,
  ): Promise<LoraFacts | undefined> {
    const kept = this.rows.current(place, file);
    if (kept !== undefined) return kept.facts;
    const facts = await shelf.facts(file, tools);
    await this.rows.keep(place, file, facts);
    return facts;
  }

  async #preview(
    shelf: LoraShelf,
    tools: FreeTools,
    place: string,
    file: LoraFile,
  ): Promise<string | undefined> {
    if (shelf.preview === undefined) return undefined;
    const key = `${place} ${file.name} ${file.modified ?? ''}`;
    const asked = this.#previews.get(key) ?? this.#takePreview(shelf.preview(file, tools));
    this.#previews.set(key, asked);
    // A server that is away now may have one later.
    asked.catch(() => this.#previews.delete(key));
    return asked;
  }

  async #takePreview(asked: Promise<Uint8Array | undefined>): Promise<string | undefined> {
    const bytes = await asked;
    if (bytes === undefined) return undefined;
    const small = openPicture(bytes)
      .resize(previewSize, previewSize, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 80 });
    // What is no picture is no preview.
    const picture = await small.toBuffer().catch(() => undefined);
    return picture === undefined ? undefined : this.parts.passing.put(picture);
  }

  /** `soon`: one try for each question. */
  #at(id: string, patience: number, soon = false): { shelf: LoraShelf; tools: FreeTools; place: string } {
    const provider = this.providers.get(id);
    if (provider === undefined) {
      const message = `There is no provider "${id}"; there are ${[...this.providers.keys()].join(', ')}.`;
      throw new FailureError(userFailure('unknown-provider', message));
    }
    const { loras: shelf } = provider;
    if (shelf === undefined) {
      const message = `${provider.label} cannot list its LoRAs. Write the name of the file.`;
      throw new FailureError(userFailure('no-lora-list', message));
    }
    const signal = AbortSignal.timeout(patience);
    const tools = freeTools(provider, this.parts, {
      signal,
      ...(soon ? { impatient: AbortSignal.abort() } : {}),
    });
    return { shelf, tools, place: this.#place(provider) };
  }

  /** Another address is another computer, with other files by the same names. */
  #place(provider: Provider): string {
    const settings = settingsOf(provider, this.parts.options.setting);
    return `${provider.id} ${sha256(canonicalJson(settings)).slice(0, 16)}`;
  }
}

async function each<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const queue = new PQueue({ concurrency: atOnce });
  return Promise.all(all.map((one) => queue.add(() => work(one), { throwOnTimeout: true })));
}

/** What nobody could tell just now is not known; a bug goes on up. */
async function orNothing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof FailureError) return undefined;
    throw error;
  }
}
