import { z } from 'zod';
import { FailureError, type Failure } from '#core/failure';
import type { HttpAnswer, RemotePicture, RemoteResult, ServerSentEvent } from '#core/provider';
import { errorSchema, pictureFailure, refusalOf, saidSchema, type ArkVendor } from './ark-errors';
import { fromBase64 } from './base64';
import { readAnswer, unreadable, words } from './vendor-answer';

const usageSchema = z
  .object({ generated_images: z.number().int().nonnegative().nullish().catch(null) })
  .nullish()
  .catch(null);
const pictureSchema = z.object({ url: words, b64_json: words, error: saidSchema.nullish().catch(null) });
type Said = z.infer<typeof pictureSchema>;
const resultSchema = z.object({ data: z.array(pictureSchema), usage: usageSchema });
const eventSchema = pictureSchema.extend({
  type: words,
  image_index: z.number().int().nonnegative().nullish().catch(null),
  usage: usageSchema,
});

/** What an event says besides its data; only a failure's detail shows it. */
const streamed: HttpAnswer = {
  status: 200,
  headers: {},
  bytes: new Uint8Array(),
  text: 'A stream of events.',
  json: undefined,
};

/**
 * What one request to Ark has come to, from an answer in one piece or from a stream of events: `partial_succeeded` and
 * `partial_failed` for each picture, in any order, then `completed` with the usage, then `[DONE]`.
 *
 * A set may have fewer pictures than were asked for; it is whole when Ark says so. What a stream that ended before has not
 * told of may have been made and charged: there is no way to ask.
 */
export class ArkPictures {
  readonly #pictures = new Map<number, RemotePicture>();
  #isWhole = false;
  /** Pictures made, as the usage says at the end. */
  #generated: number | undefined;
  /** Pieces of the answer that could not be read; each may have been a picture. */
  #unread = 0;
  #refusal: Failure | undefined;

  constructor(
    private readonly asked: number,
    private readonly vendor: ArkVendor,
  ) {}

  /** Pictures that are there. */
  get made(): number {
    return [...this.#pictures.values()].filter(({ from }) => from !== 'nowhere').length;
  }

  /** `last` when nothing more is to come. */
  readEvent({ event, data }: ServerSentEvent): 'more' | 'last' {
    if (data.trim() === '[DONE]') {
      this.#isWhole = true;
      return 'last';
    }
    const said = eventSchema.safeParse(parsed(data));
    if (!said.success) {
      this.#unread += 1;
      return 'more';
    }
    const { type, image_index: index, usage } = said.data;
    const kind = type ?? event;
    if (kind.endsWith('.completed')) {
      this.#isWhole = true;
      this.#generated = usage?.generated_images ?? undefined;
      // A picture that is still missing may come after it.
      return this.made >= (this.#generated ?? this.asked) ? 'last' : 'more';
    }
    if (kind.endsWith('.partial_succeeded') || kind.endsWith('.partial_failed') || said.data.url)
      this.#take(said.data, index ?? undefined);
    else if (said.data.error) this.#refusal = refusalOf(said.data.error, streamed, this.vendor);
    return 'more';
  }

  /** An answer in one piece: the pictures by their place in its list. */
  readAnswer(answer: HttpAnswer): void {
    const refusal = errorSchema.safeParse(answer.json).data?.error;
    if (refusal) {
      this.#refusal = refusalOf(refusal, answer, this.vendor);
      return;
    }
    const { data, usage } = readAnswer(resultSchema, answer, this.vendor, 'the order');
    for (const picture of data) this.#take(picture);
    this.#isWhole = true;
    this.#generated = usage?.generated_images ?? undefined;
  }

  /** Whether anything was understood of an answer so far. */
  get hasBegun(): boolean {
    return this.#pictures.size > 0 || this.#isWhole || this.#refusal !== undefined;
  }

  /**
   * The pictures in their order, with a failure for each that was refused and one for all that are missing. Throws where
   * there is none, and nobody can tell whether any was charged.
   */
  result(answer: HttpAnswer = streamed): RemoteResult {
    const { made, asked } = this;
    const vendorId = answer.headers['x-request-id'];
    const about = vendorId === undefined ? {} : { vendorId };
    const pictures = [...this.#pictures].sort(([left], [right]) => left - right).map(([, each]) => each);
    if (made === 0) {
      if (this.#refusal?.charge === 'none')
        return { pictures: [{ from: 'nowhere', failure: this.#refusal }], ...about };
      if (this.#refusal !== undefined) throw new FailureError(this.#refusal);
      const isRefused = this.#isWhole || pictures.length >= asked;
      if (!isRefused || pictures.length === 0 || (this.#generated ?? 0) > 0)
        throw new FailureError(unreadable(answer, this.vendor, 'the order'));
      return { pictures, ...about };
    }
    const { certain, possible, failure } = this.#missing(made, Math.max(0, asked - pictures.length));
    const charged = { certain: made + certain, possible, of: asked };
    return {
      pictures: failure === undefined ? pictures : [...pictures, { from: 'nowhere', failure }],
      ...about,
      ...(charged.certain === asked ? {} : { charged }),
    };
  }

  /** Pictures that were asked for and not told of: how many were charged all the same, or may have been. */
  #missing(made: number, untold: number): { certain: number; possible: number; failure?: Failure } {
    if (!this.#isWhole) {
      if (this.#refusal?.charge === 'none') return { certain: 0, possible: 0, failure: this.#refusal };
      if (untold === 0) return { certain: 0, possible: 0 };
      return { certain: 0, possible: untold, failure: this.#cutShort(made, untold, 'possible') };
    }
    const certain = Math.min(untold, Math.max(0, (this.#generated ?? 0) - made));
    if (certain > 0) return { certain, possible: 0, failure: this.#cutShort(made, certain, 'certain') };
    const possible = this.#generated === undefined ? Math.min(untold, this.#unread) : 0;
    if (possible === 0) return { certain: 0, possible: 0 };
    return { certain: 0, possible, failure: this.#cutShort(made, possible, 'possible') };
  }

  #cutShort(made: number, missing: number, charge: 'possible' | 'certain'): Failure {
    const { name, console } = this.vendor;
    const came = `${name} gave ${made} of ${this.asked} pictures`;
    const message =
      charge === 'certain'
        ? `${came} and says that it made ${missing} more, which did not arrive. Ask its support; your usage is at ${console}.`
        : `${came}, then its answer broke off. It may have made ${missing} more, which are not asked for again by themselves. Your usage is at ${console}.`;
    const detail = this.#refusal?.detail;
    return {
      code: 'cut-short',
      act: 'vendor',
      charge,
      message,
      ...(detail === undefined ? {} : { detail }),
    };
  }

  #take({ url, b64_json: text, error }: Said, index?: number): void {
    const bytes = url ? undefined : fromBase64(text ?? '');
    const picture: RemotePicture | undefined = url
      ? { from: 'url', request: { method: 'GET', url } }
      : bytes !== undefined
        ? { from: 'bytes', bytes }
        : error
          ? { from: 'nowhere', failure: pictureFailure(error, this.vendor) }
          : undefined;
    if (picture === undefined) {
      this.#unread += 1;
      return;
    }
    // Told twice, or under a number that is taken: a picture is never dropped for its number.
    const isKnown = [...this.#pictures.values()].some(
      (known) => known.from === 'url' && picture.from === 'url' && known.request.url === picture.request.url,
    );
    if (isKnown) return;
    let place = index ?? this.#pictures.size;
    while (this.#pictures.has(place)) place += 1;
    this.#pictures.set(place, picture);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
