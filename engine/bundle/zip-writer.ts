import { createReadStream, createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';

/** Without Zip64 an archive ends here. */
export const mostZipBytes = 4 * 1024 ** 3 - 64 * 1024 ** 2;

/** The same content makes the same archive. */
const noTime = new Date(1980, 0, 1, 12).getTime();

/** Writes a zip archive piece by piece: never more than a piece of a picture is in memory. */
export class ZipWriter {
  readonly #stream: WriteStream;
  readonly #zip: Zip;
  #failure: Error | undefined;

  constructor(path: string) {
    this.#stream = createWriteStream(path, { flags: 'wx' });
    this.#stream.on('error', (error) => {
      this.#failure ??= error;
    });
    this.#zip = new Zip((error, chunk) => {
      if (error !== null) this.#failure ??= error;
      else this.#stream.write(chunk);
    });
  }

  async addText(name: string, text: string): Promise<void> {
    const entry = new ZipDeflate(name, { level: 6 });
    entry.mtime = noTime;
    this.#zip.add(entry);
    entry.push(Buffer.from(text, 'utf8'), true);
    await this.#drained();
  }

  /** Pictures are packed already: they go in as they are. */
  async addFile(name: string, source: string): Promise<void> {
    const entry = new ZipPassThrough(name);
    entry.mtime = noTime;
    this.#zip.add(entry);
    for await (const chunk of createReadStream(source, { highWaterMark: 256 * 1024 })) {
      entry.push(chunk as Buffer<ArrayBuffer>);
      await this.#drained();
    }
    entry.push(new Uint8Array(), true);
    await this.#drained();
  }

  async end(): Promise<void> {
    this.#zip.end();
    await this.#drained();
    await new Promise<void>((resolve) => this.#stream.end(() => resolve()));
    this.#throwFailure();
  }

  /** Lets go of the file, after a failure. */
  async abandon(): Promise<void> {
    this.#zip.terminate();
    if (this.#stream.closed) return;
    this.#stream.destroy();
    await once(this.#stream, 'close').catch(() => undefined);
  }

  async #drained(): Promise<void> {
    this.#throwFailure();
    if (this.#stream.writableNeedDrain) await once(this.#stream, 'drain');
    this.#throwFailure();
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }
}
