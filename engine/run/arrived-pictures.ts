import type { RemotePicture, RemoteResult } from '#core/provider';
import type { ImageRef } from '#core/values';

interface Work {
  /** Downloads, checks and stores one. */
  fetch(picture: RemotePicture): Promise<ImageRef>;
  /** Writes down what the job has come to. */
  keep(soFar: RemoteResult): Promise<void>;
  /** `number`: how many are here now. */
  tell(image: ImageRef, number: number, of: number): void;
}

/**
 * The pictures of a job that come before its end: written down as links first, then fetched while the others are made, told,
 * and written down as what they are. A crash at any moment leaves the result as far as it had come.
 */
export class ArrivedPictures {
  #soFar: RemoteResult | undefined;
  /** By its link, or by the bytes that came. */
  readonly #home = new Map<string | Uint8Array, ImageRef>();
  readonly #fetching = new Map<string | Uint8Array, Promise<void>>();

  constructor(private readonly work: Work) {}

  /** The result as it was told last; `undefined` when nothing came before the end. */
  get soFar(): RemoteResult | undefined {
    return this.#soFar;
  }

  async take(soFar: RemoteResult): Promise<void> {
    this.#soFar = soFar;
    await this.#keep();
    for (const picture of soFar.pictures) {
      const name = nameOf(picture);
      if (name !== undefined && !this.#fetching.has(name))
        this.#fetching.set(name, this.#fetch(picture, name));
    }
  }

  /** A result with what is here already in the place of where it was to be had. */
  async atHome(result: RemoteResult): Promise<RemoteResult> {
    await Promise.all(this.#fetching.values());
    return this.#withHome(result);
  }

  /** What cannot be fetched now is tried again at the end, which tells why. */
  async #fetch(picture: RemotePicture, name: string | Uint8Array): Promise<void> {
    let image: ImageRef;
    try {
      image = await this.work.fetch(picture);
    } catch {
      return;
    }
    this.#home.set(name, image);
    const { pictures, charged } = this.#soFar ?? { pictures: [picture] };
    // At once, so that they are told in the order of their numbers; its link is on record already.
    this.work.tell(image, this.#home.size, charged?.of ?? pictures.length);
    await this.#keep();
  }

  /** A write that fails is met again at the end, where it counts. */
  async #keep(): Promise<void> {
    if (this.#soFar === undefined) return;
    const soFar = this.#withHome(this.#soFar);
    // Bytes are no row: they are on record once they are a picture.
    const pictures = soFar.pictures.filter(({ from }) => from !== 'bytes');
    await this.work.keep({ ...soFar, pictures }).catch(() => undefined);
  }

  #withHome(result: RemoteResult): RemoteResult {
    const pictures = result.pictures.map((picture): RemotePicture => {
      const name = nameOf(picture);
      const image = name === undefined ? undefined : this.#home.get(name);
      return image === undefined ? picture : { from: 'store', image };
    });
    return { ...result, pictures };
  }
}

function nameOf(picture: RemotePicture): string | Uint8Array | undefined {
  if (picture.from === 'url') return picture.request.url;
  return picture.from === 'bytes' ? picture.bytes : undefined;
}
